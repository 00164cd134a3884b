/**
 * Reads connector folders from the class path, from jars and from directories, and says what is wrong with them by
 * file, line and field. It starts nothing.
 */
@NullMarked
package io.stockhub.connectors.folder;

import org.jspecify.annotations.NullMarked;
