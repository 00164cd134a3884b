package io.stockhub.routes.flow;

import io.stockhub.routes.stockout.StockOut;
import java.util.function.BiConsumer;
import org.apache.camel.Processor;

/** The steps of the stock-out route; the body is the batch all the way. */
public final class StockOutSteps {
    private final StockOut stockOut;

    public StockOutSteps(StockOut stockOut) {
        this.stockOut = stockOut;
    }

    /** Reads what a channel shows where that has to be known before writing. */
    public Processor look() {
        return step(StockOut::look);
    }

    public Processor send() {
        return step(StockOut::send);
    }

    /** Writes down what the channel said, item by item. */
    public Processor record() {
        return step(StockOut::record);
    }

    private Processor step(BiConsumer<StockOut, StockOut.Batch> step) {
        return Contained.step(
                exchange -> step.accept(stockOut, exchange.getMessage().getMandatoryBody(StockOut.Batch.class)));
    }
}
