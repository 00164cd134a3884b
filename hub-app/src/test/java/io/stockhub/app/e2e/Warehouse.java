package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A warehouse over HTTP: SKUs and documents of its own in every test, movements in one line, stock as a map. */
final class Warehouse {
    private static final AtomicInteger NAMES = new AtomicInteger();

    final HubUnderTest hub = HubUnderTest.shared();

    /** A name that no other test uses. */
    String name(String prefix) {
        return prefix + "-W" + NAMES.incrementAndGet();
    }

    /** A new SKU that every channel lists; {@code more} are further fields, each with a comma before it. */
    String sku(String prefix, String more) {
        String sku = name(prefix);
        HubUnderTest.CHANNELS.forEach(channel -> hub.listAt(channel, sku));
        Api.Reply reply = hub.api.put("/api/v1/skus/" + sku, json("{'title':'" + sku + "'" + more + "}"));
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
        return sku;
    }

    Api.Reply post(String path, String body) {
        return hub.api.post("/api/v1/" + path, json(body));
    }

    /** A movement that must happen; its id. */
    String move(String body) {
        Api.Reply reply = post("movements", body);
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
        return reply.body().path("movementId").asText();
    }

    String receive(String location, String sku, long quantity) {
        return move("{'kind':'receipt','location':'" + location + "','lines':[{'sku':'" + sku + "','quantity':"
                + quantity + "}]}");
    }

    /** A reservation that must be accepted. */
    JsonNode order(String orderRef, String sku, long quantity, String more) {
        Api.Reply reply = post(
                "reservations",
                "{'channel':'shop','orderRef':'" + orderRef + "','lines':[{'sku':'" + sku + "','quantity':" + quantity
                        + "}]" + more + "}");
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
        return reply.body();
    }

    JsonNode done(String reservationId, String verb, String body) {
        Api.Reply reply = post("reservations/" + reservationId + "/" + verb, body);
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return reply.body();
    }

    /** Stock of a SKU: {@code NORTH available=3}, states at zero left out. */
    Map<String, Long> stock(String sku) {
        Map<String, Long> stock = new TreeMap<>();
        for (JsonNode location : hub.stock(sku).path("locations")) {
            location.path("states").fields().forEachRemaining(state -> {
                if (state.getValue().asLong() != 0) {
                    stock.put(
                            location.path("location").asText() + " " + state.getKey(),
                            state.getValue().asLong());
                }
            });
        }
        return stock;
    }

    void refused(Api.Reply reply, int status, String type, String field) {
        assertThat(reply.body().path("type").asText()).as("%s", reply.body()).isEqualTo("/problems/" + type);
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
        assertThat(reply.body().path("field").asText()).as("%s", reply.body()).isEqualTo(field);
        assertThat(reply.headers().get("content-type")).isEqualTo(List.of("application/problem+json"));
    }

    static String json(String text) {
        return text.replace('\'', '"');
    }
}
