/**
 * Turns one system's JSON into another's by mapping files, and checks the result against the schema of its action.
 * Pure: text in, text out; nothing here reads a clock, a network, or a file after the mappings are loaded.
 */
@NullMarked
package io.stockhub.mapping;

import org.jspecify.annotations.NullMarked;
