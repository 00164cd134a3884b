package io.stockhub.routes.outbound;

import io.stockhub.connectors.Secret;
import io.stockhub.connectors.outbound.GuardedHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A URL that takes signed messages. Any status from 200 to 299 means that it has one; 410 that it wants no more. */
public final class WebhookReceiver implements Receiver {
    private static final int GONE = 410;
    private static final int RETRY_AFTER_SECONDS_MAX = 86_400;

    private final GuardedHttp http;
    private final URI url;
    private final List<Secret> secrets;
    private final String contentType;
    private final InstantSource clock;

    /** @param secrets at least one; each signs */
    public WebhookReceiver(GuardedHttp http, URI url, List<Secret> secrets, String contentType, InstantSource clock) {
        this.http = http;
        this.url = url;
        this.secrets = List.copyOf(secrets);
        this.contentType = contentType;
        this.clock = clock;
    }

    @Override
    public Outcome send(Message message) {
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Signature.headers(secrets, message.id(), clock.instant(), body);
        headers.put("Content-Type", contentType);
        try {
            GuardedHttp.Answer answer = http.post(url, headers, body);
            if (answer.status() >= 200 && answer.status() < 300) {
                return new Outcome.Arrived();
            }
            String why = "it answered " + answer.status();
            return answer.status() == GONE
                    ? new Outcome.Gone(why)
                    : new Outcome.Failed(why, seconds(answer.retryAfter()));
        } catch (IOException failed) {
            return new Outcome.Failed(words(failed), null);
        }
    }

    private static String words(IOException failed) {
        String said = failed.getMessage();
        return said == null || said.isBlank() ? failed.getClass().getSimpleName() : said;
    }

    private static @Nullable Duration seconds(@Nullable String header) {
        return header != null && header.strip().matches("[0-9]{1,9}")
                ? Duration.ofSeconds(Math.min(Integer.parseInt(header.strip()), RETRY_AFTER_SECONDS_MAX))
                : null;
    }
}
