package io.stockhub.routes.assembly;

import io.stockhub.routes.edi.EdiPartners;
import io.stockhub.routes.edi.Party;
import io.stockhub.routes.interchange.EdiIntake;
import java.nio.file.Path;
import java.util.Map;

/**
 * How EDI comes in.
 *
 * @param senders what the partners are called here, and what reads their documents
 * @param in the folder that is watched; acknowledgements go to {@code out}
 * @param watch whether the folder is watched at all
 */
public record EdiSettings(
        EdiPartners partners, Map<Party, EdiIntake.Sender> senders, Path in, Path out, boolean watch, long bytesMax) {}
