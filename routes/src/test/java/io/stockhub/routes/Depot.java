package io.stockhub.routes;

import io.stockhub.routes.edi.EdiPartners;
import io.stockhub.routes.edi.EdiReader;
import io.stockhub.routes.edi.Party;
import io.stockhub.routes.interchange.EdiIntake;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A made-up warehouse that sends receipts (X12 944), known here as {@code depot}. */
final class Depot {
    static final EdiPartners PARTNERS = new EdiPartners(
            new Party("ZZ", "STOCKHUB"),
            List.of(new EdiPartners.Partner(
                    "HARBOURDEPOT", "ZZ", "Harbour Depot", Set.of("944"), EdiPartners.Mode.LIVE)));
    static final Map<Party, EdiIntake.Sender> SENDERS =
            Map.of(new Party("ZZ", "HARBOURDEPOT"), new EdiIntake.Sender("depot", "x12/receipt-944"));

    private Depot() {}

    static EdiIntake intake(RoutesFixture hub) {
        return new EdiIntake(
                new EdiReader(PARTNERS, Clock.systemUTC()),
                SENDERS,
                hub.jdbc,
                hub.inbox,
                hub.deadLetters,
                hub.transaction,
                hub.watermarks::now,
                () -> {});
    }

    /** A receipt of one line; the set's control number is also part of the receipt's number. */
    static String receipt(String control, String receiptRef, String sku, String quantity) {
        return """
                ST*944*%1$s~
                W17*F*20260313*%2$s*PO-2207~
                N1*WH*North*92*NORTH~
                W07*%4$s*EA**VN*%3$s~
                W14*%4$s~
                SE*6*%1$s~
                """
                .formatted(control, receiptRef, sku, quantity);
    }

    static byte[] interchange(String control, String usage, String... sets) {
        return """
                ISA*00*          *00*          *ZZ*HARBOURDEPOT   *ZZ*STOCKHUB       *260314*0815*U*00401*%1$s*0*%2$s*>~
                GS*RE*HARBOURDEPOT*STOCKHUB*20260314*0815*451*X*004010~
                %3$sGE*%4$d*451~
                IEA*1*%1$s~
                """
                .formatted(control, usage, String.join("", sets), sets.length)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
