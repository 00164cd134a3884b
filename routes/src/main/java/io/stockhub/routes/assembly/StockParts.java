package io.stockhub.routes.assembly;

import io.stockhub.stock.Catalogue;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.availability.AvailabilityDesk;
import io.stockhub.stock.availability.ChangedSkus;

/** The stock master's doors, as the flows need them. */
public record StockParts(
        StockMaster master,
        StockQueries queries,
        Catalogue catalogue,
        ChangedSkus changedSkus,
        AvailabilityDesk availability) {}
