package io.stockhub.routes.edi;

import io.stockhub.routes.edi.EdiPartners.Mode;
import io.stockhub.routes.edi.EdiPartners.Partner;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Documents of two made-up partners, and what we make of them. */
final class X12 {
    static final Instant NOW = Instant.parse("2026-03-14T15:09:00Z");
    static final AckNumbers NUMBERS = new AckNumbers(77, 8);
    static final EdiPartners PARTNERS = new EdiPartners(
            new Party("ZZ", "STOCKHUB"),
            List.of(
                    new Partner("HARBOURDEPOT", "ZZ", "Harbour Depot", Set.of("944"), Mode.LIVE),
                    new Partner("NEWDEPOT", "ZZ", "New Depot", Set.of("944"), Mode.TEST)));

    static final EdiReader SHARED = new EdiReader(PARTNERS, Clock.systemUTC());

    private X12() {}

    static EdiReader reader() {
        return new EdiReader(PARTNERS, Clock.systemUTC());
    }

    static List<EdiInterchange> read(String text) {
        return SHARED.read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static EdiInterchange readOne(String text) {
        List<EdiInterchange> interchanges = read(text);
        if (interchanges.size() != 1) {
            throw new AssertionError("expected one interchange: " + interchanges);
        }
        return interchanges.getFirst();
    }

    static EdiSet onlySet(EdiInterchange interchange) {
        return interchange.groups().getFirst().sets().getFirst();
    }

    /** The acknowledgement one segment a line, without its ISA and GS; null when there is none. */
    static List<String> answer(EdiInterchange interchange) {
        byte[] bytes = Acknowledgements.forInterchange(interchange, NUMBERS, NOW);
        if (bytes == null) {
            return List.of();
        }
        return new String(bytes, StandardCharsets.US_ASCII)
                .lines()
                .flatMap(line -> List.of(line.split("~")).stream())
                .filter(segment -> segment.matches("(TA1|AK\\d).*"))
                .toList();
    }

    static String isa(String sender, String control, String usage) {
        return "ISA*00*          *00*          *ZZ*%-15s*ZZ*STOCKHUB       *260314*0815*U*00401*%s*0*%s*>~\n"
                .formatted(sender, control, usage);
    }

    static String interchange(String content) {
        return isa("HARBOURDEPOT", "000000451", "P") + content + "IEA*1*000000451~\n";
    }

    /** One group with the sets given. */
    static String group(String... sets) {
        return interchange("GS*RE*HARBOURDEPOT*STOCKHUB*20260314*0815*451*X*004010~\n" + String.join("", sets) + "GE*"
                + sets.length + "*451~\n");
    }

    /** ST and SE around segments separated by line breaks. */
    static String set(String control, String... segments) {
        return "ST*944*" + control + "~\n" + String.join("~\n", segments) + "~\nSE*" + (segments.length + 2) + "*"
                + control + "~\n";
    }

    static String goodSet(String control) {
        return set(
                control,
                "W17*F*20260313*GRN-8841*PO-2207",
                "N1*WH*Surabaya*92*SUB",
                "N9*BM*BL-55-A",
                "G62*09*20260313",
                "W07*24*EA**VN*MUG-BLUE***LOT-9",
                "N9*LT*LOT-9",
                "W20*12",
                "W13*2*EA*01**CC",
                "W07*6*EA*036000291452",
                "W14*30");
    }
}
