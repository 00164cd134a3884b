package io.stockhub.routes.assembly;

import io.stockhub.stock.Catalogue;
import io.stockhub.stock.ChangedSkus;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockQueries;

/** The stock master's doors, as the flows need them. */
public record StockParts(StockMaster master, StockQueries queries, Catalogue catalogue, ChangedSkus changedSkus) {}
