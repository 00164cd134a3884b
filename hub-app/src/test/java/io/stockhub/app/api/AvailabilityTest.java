package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.stock.availability.AvailabilityDesk.Offer;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvailabilityTest extends WebTest {
    private static final String PATH = "/api/v1/availability";

    @BeforeEach
    void twoSkusOnTwoChannels() {
        hub.channels.add("ebay");
        hub.channels.add("shopify");
        hub.offers.put("A", new Offer("A", 12, 3, new TreeMap<>(Map.of("ebay", 9L, "shopify", 10L))));
        hub.offers.put("B", new Offer("B", 0, 0, new TreeMap<>(Map.of("ebay", 0L, "shopify", 0L))));
    }

    @Test
    void manySkusAreAnsweredInTheOrderOfTheCall() {
        assertThat(get("viewer", PATH + "?sku=B&sku=A&sku=NOPE&sku=A").body())
                .isEqualTo("{\"skus\":["
                        + "{\"sku\":\"B\",\"available\":0,\"reserved\":0,\"ats\":{\"ebay\":0,\"shopify\":0}},"
                        + "{\"sku\":\"A\",\"available\":12,\"reserved\":3,\"ats\":{\"ebay\":9,\"shopify\":10}}],"
                        + "\"unknown\":[\"NOPE\"]}");
    }

    @Test
    void oneChannelMayBeAskedFor() {
        assertThat(get("viewer", PATH + "?channel=shopify&sku=A").body())
                .isEqualTo("{\"skus\":[{\"sku\":\"A\",\"available\":12,\"reserved\":3,\"ats\":{\"shopify\":10}}],"
                        + "\"unknown\":[]}");
        assertProblem(get("viewer", PATH + "?channel=etsy&sku=A"), 404, "not-found", null);
    }

    @Test
    void oneToAHundredSkusAreAskedFor() {
        String hundred = IntStream.range(0, 100).mapToObj(i -> "sku=S" + i).collect(Collectors.joining("&"));
        HttpResponse<String> most = get("viewer", PATH + "?" + hundred);
        assertThat(json(most).get("unknown")).hasSize(100);
        assertProblem(get("viewer", PATH + "?" + hundred + "&sku=A"), 422, "invalid-field", "sku");
        assertProblem(get("viewer", PATH), 422, "invalid-field", "sku");
        assertProblem(get("viewer", PATH + "?sku=A&channel=ebay&channel=shopify"), 422, "invalid-field", "channel");
        assertProblem(get("viewer", PATH + "?sku=A&at=now"), 422, "invalid-field", "at");
    }
}
