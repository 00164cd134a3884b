/**
 * The stock master's front door: commands, answers and reads, all in the words of docs/glossary.md.
 *
 * <p>Plain Java and SQL; it must not know Camel, Spring, any channel or any message format.
 */
@NullMarked
package io.stockhub.stock;

import org.jspecify.annotations.NullMarked;
