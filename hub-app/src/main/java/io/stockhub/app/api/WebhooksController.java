package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.routes.Webhooks;
import io.stockhub.routes.Webhooks.Reception;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Calls that channels make to us. Raw bytes go through untouched, since they are what was signed. */
@RestController
class WebhooksController {
    private static final Logger LOG = LoggerFactory.getLogger(WebhooksController.class);

    private final Webhooks webhooks;
    private final long maxBytes;

    WebhooksController(Webhooks webhooks, StockhubSettings settings) {
        this.webhooks = webhooks;
        this.maxBytes = settings.http().maxJsonBytes();
    }

    /** {@code duplicate}: the same message was stored before. */
    record Received(boolean duplicate) {}

    @PostMapping("/webhooks/{channel}")
    Received receive(@PathVariable String channel, HttpServletRequest request) {
        if (!StrictJson.isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send: Content-Type: application/json (UTF-8)")
                    .asException();
        }
        byte[] body = Bodies.read(request, maxBytes);
        return switch (webhooks.receive(channel, headers(request), body)) {
            case Reception.Stored(boolean duplicate) -> new Received(duplicate);
            case Reception.Refused(String reason) -> {
                LOG.atWarn()
                        .addKeyValue("channel", channel)
                        .addKeyValue("reason", reason)
                        .log("webhook refused");
                // A forger learns nothing about why.
                throw Problem.of(ProblemType.UNAUTHORIZED, "The signature is missing or wrong.")
                        .asException();
            }
            case Reception.Unreadable(String reason) ->
                throw Problem.of(ProblemType.MALFORMED_JSON, reason).asException();
            case Reception.UnknownChannel unknown ->
                throw Problem.of(ProblemType.NOT_FOUND, "No such channel, or it has no webhooks.")
                        .asException();
        };
    }

    /** Repeated headers are joined as HTTP says (RFC 9110 section 5.3), so that none can hide behind another. */
    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            String value = String.join(", ", Collections.list(request.getHeaders(name)));
            headers.put(name.toLowerCase(Locale.ROOT), value);
        }
        return headers;
    }
}
