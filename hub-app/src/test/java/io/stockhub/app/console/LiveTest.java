package io.stockhub.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.WebTest;
import io.stockhub.routes.ChannelDesk.Listing;
import io.stockhub.routes.ChannelDesk.Proof;
import io.stockhub.stock.StockQueries.SkuTotals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.session.SessionDestroyedEvent;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

class LiveTest extends WebTest {
    @Autowired
    private LivePages pages;

    private final List<Stream<String>> open = new ArrayList<>();

    @AfterEach
    void closeStreams() {
        open.forEach(Stream::close);
    }

    /** Fragments as they come, in the background. */
    private List<JsonNode> listen(Browser browser, String path, AtomicBoolean ended) throws Exception {
        HttpRequest request =
                browser.request(path).setHeader("Accept", "text/event-stream").build();
        var response = browser.http.send(request, BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        open.add(response.body());
        List<JsonNode> fragments = new CopyOnWriteArrayList<>();
        Thread.ofVirtual().start(() -> {
            try {
                response.body().filter(line -> line.startsWith("data:")).forEach(line -> fragments.add(read(line)));
            } catch (UncheckedIOException closed) {
                // The test is over, or the hub ended the stream.
            } finally {
                ended.set(true);
            }
        });
        return fragments;
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line.substring(5));
        } catch (IOException why) {
            throw new AssertionError(line, why);
        }
    }

    private static List<String> ids(List<JsonNode> fragments) {
        return fragments.stream().map(fragment -> fragment.get("id").asText()).toList();
    }

    private static List<JsonNode> changes(List<JsonNode> fragments, int after) {
        return fragments.stream()
                .skip(after)
                .filter(fragment -> !fragment.get("id").asText().equals("summary"))
                .toList();
    }

    @Test
    void aPageIsSentEverythingOnceAndThenOnlyWhatChanged() throws Exception {
        hub.health.add(PagesTest.health("amazon", "ok", 0, "closed"));
        hub.totals.put("TEE-M", new SkuTotals("TEE-M", "<b>Tee</b>", 12, 0));
        Browser browser = new Browser(uri("/")).signedIn("key-of-viewer");
        List<JsonNode> fragments = listen(browser, "/events", new AtomicBoolean());
        await().untilAsserted(() -> assertThat(ids(fragments)).contains("summary", "channels", "stock"));
        assertThat(fragments.toString()).contains("&lt;b&gt;Tee").doesNotContain("<b>Tee");
        await().untilAsserted(() -> assertThat(fragments.toString()).contains("The ledger"));
        int before = fragments.size();

        hub.listings.put("TEE-M", List.of(new Listing("amazon", "TEE-M", 9, 9L, 9L, 12L, null, null, Proof.NONE)));

        // The time of the ledger's last check may pass on by itself meanwhile; nothing else may.
        await().untilAsserted(() -> assertThat(ids(changes(fragments, before))).contains("stock"));
        assertThat(ids(changes(fragments, before))).containsOnly("stock");
        JsonNode change = changes(fragments, before).getFirst();
        assertThat(change.get("html").asText()).startsWith("<div id=\"stock\"").contains("on its way to");
    }

    @Test
    void aPageSeesThePartThatItLooksAt() throws Exception {
        hub.totals.put("CAP", new SkuTotals("CAP", "Cap", 1, 0));
        hub.totals.put("TEE", new SkuTotals("TEE", "Tee", 1, 0));
        Browser browser = new Browser(uri("/")).signedIn("key-of-viewer");
        List<JsonNode> fragments = listen(browser, "/events?q=cap", new AtomicBoolean());
        await().untilAsserted(() -> assertThat(ids(fragments)).contains("stock"));
        assertThat(fragments.toString()).contains("CAP").doesNotContain("TEE");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whoSignsOutSeesNothingMore(CapturedOutput log) throws Exception {
        Browser browser = new Browser(uri("/")).signedIn("key-of-viewer");
        AtomicBoolean ended = new AtomicBoolean();
        List<JsonNode> fragments = listen(browser, "/events", ended);
        await().until(() -> !fragments.isEmpty());
        browser.submit("/", "/logout", Map.of());
        await().untilTrue(ended);
        assertThat(log).doesNotContain("threw exception");
    }

    @Test
    void aStreamNeedsAKey() {
        assertThat(get(null, "/events").statusCode()).isEqualTo(401);
    }

    @Test
    void openPagesAreBoundedAndTheirPlacesComeBack() {
        List<SseEmitter> emitters = new ArrayList<>();
        for (int i = 0; i < LivePages.CLIENTS_MAX; i++) {
            pages.open(StockTable.View.of("nothing", null), "bulk").ifPresent(emitters::add);
        }
        await().untilAsserted(() ->
                assertThat(pages.open(StockTable.View.of(null, null), "bulk")).isEmpty());
        assertThat(get("viewer", "/events").statusCode()).isEqualTo(503);
        pages.sessionEnded(new Ended("bulk"));
        await().untilAsserted(() -> {
            var again = pages.open(StockTable.View.of(null, null), "bulk");
            assertThat(again).isPresent();
        });
    }

    private static final class Ended extends SessionDestroyedEvent {
        private static final long serialVersionUID = 1L;

        Ended(String id) {
            super(id);
        }

        @Override
        public List<SecurityContext> getSecurityContexts() {
            return List.of();
        }

        @Override
        public String getId() {
            return (String) getSource();
        }
    }
}
