package io.stockhub.stock;

import org.jspecify.annotations.Nullable;

/**
 * The stock master could not decide: the database cannot be reached, or the queue is full. Nothing is known about the
 * effect; asking again with the same key is safe and gives the one truth.
 */
public final class StockUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StockUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
