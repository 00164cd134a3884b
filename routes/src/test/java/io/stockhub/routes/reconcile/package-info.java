@NullMarked
package io.stockhub.routes.reconcile;

import org.jspecify.annotations.NullMarked;
