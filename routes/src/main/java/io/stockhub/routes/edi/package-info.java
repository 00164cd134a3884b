/**
 * EDI as values: bytes of X12 interchanges in, verdicts, sets as JSON and the bytes of acknowledgements out. Nothing
 * here reads a file, a database or the network, and nothing here decides what a document does to stock.
 */
@NullMarked
package io.stockhub.routes.edi;

import org.jspecify.annotations.NullMarked;
