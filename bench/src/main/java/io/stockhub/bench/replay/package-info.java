/**
 * The benchmark of dead letters: how well causes are told apart, and how fast they are listed, mended and sent again, on
 * the product's own tables.
 */
@NullMarked
package io.stockhub.bench.replay;

import org.jspecify.annotations.NullMarked;
