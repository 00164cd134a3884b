@NullMarked
package io.stockhub.bench.ledger;

import org.jspecify.annotations.NullMarked;
