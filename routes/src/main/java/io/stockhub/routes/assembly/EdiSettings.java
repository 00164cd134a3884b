package io.stockhub.routes.assembly;

import io.stockhub.routes.edi.EdiPartners;
import java.nio.file.Path;
import java.util.Map;

/**
 * How EDI comes in.
 *
 * @param mappingBySet documents that have an effect: {@code 944 -> x12/receipt-944}
 * @param in the folder that is watched; acknowledgements go to {@code out}
 * @param watch whether the folder is watched at all
 */
public record EdiSettings(
        EdiPartners partners, Map<String, String> mappingBySet, Path in, Path out, boolean watch, long bytesMax) {}
