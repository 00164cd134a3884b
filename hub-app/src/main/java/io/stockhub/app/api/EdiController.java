package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.routes.EdiDesk;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * EDI interchanges. The answer is the acknowledgement itself, with the outcome in a header; a caller that accepts JSON
 * alone gets both in a document.
 */
@RestController
class EdiController {
    static final String OUTCOME = "Stockhub-Edi-Outcome";

    private final EdiDesk desk;
    private final long maxBytes;

    EdiController(EdiDesk desk, StockhubSettings settings) {
        this.desk = desk;
        this.maxBytes = settings.http().maxEdiBytes();
    }

    record Received(String outcome, String message, String acknowledgement) {}

    @PostMapping("/edi")
    ResponseEntity<Object> receive(HttpServletRequest request, Caller caller) {
        refuseOtherFormats(request.getHeader(HttpHeaders.CONTENT_TYPE));
        EdiDesk.Reception reception = desk.receive(Bodies.read(request, maxBytes), "http:" + caller.name());
        if (reception.outcome() == EdiDesk.Outcome.UNREADABLE) {
            throw Problem.of(ProblemType.UNREADABLE_EDI, reception.message()).asException();
        }
        String outcome = reception.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
        ResponseEntity.BodyBuilder ok = ResponseEntity.ok().header(OUTCOME, outcome);
        byte[] acknowledgement = reception.acknowledgement();
        if (MediaType.APPLICATION_JSON_VALUE.equals(request.getHeader(HttpHeaders.ACCEPT))) {
            String text = new String(acknowledgement, StandardCharsets.ISO_8859_1);
            return ok.contentType(MediaType.APPLICATION_JSON).body(new Received(outcome, reception.message(), text));
        }
        return ok.contentType(MediaType.parseMediaType(
                        isEdifact(acknowledgement) ? "application/edifact" : "application/edi-x12"))
                .body(acknowledgement);
    }

    /** Senders of EDI announce many types, or none; only what is surely something else is refused. */
    private static void refuseOtherFormats(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        if (type.contains("json") || type.startsWith("multipart/")) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Send the interchange itself, for example with Content-Type: application/edi-x12")
                    .asException();
        }
    }

    private static boolean isEdifact(byte[] text) {
        return text.length > 2 && text[0] == 'U' && text[1] == 'N';
    }
}
