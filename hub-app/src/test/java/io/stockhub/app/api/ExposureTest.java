package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.routes.ChannelDesk.Exposure;
import io.stockhub.routes.ChannelDesk.OpenSlice;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExposureTest extends WebTest {
    private static final String PATH = "/api/v1/exposure";

    @BeforeEach
    void oneSkuIsSharedByTwoChannels() {
        hub.exposures.put(
                "A",
                new Exposure(
                        "A",
                        false,
                        10,
                        20,
                        10,
                        List.of(new OpenSlice("ebay", "A", 10), new OpenSlice("shopify", "A-1", 10))));
    }

    @Test
    void theWorstCaseIsToldWithTheChannelsThatMakeIt() {
        assertThat(get("viewer", PATH + "?sku=A&sku=NOPE").body())
                .isEqualTo(
                        "{\"skus\":[{\"sku\":\"A\",\"divided\":false,\"units\":10,\"open\":20,\"worst\":10,\"slices\":["
                                + "{\"channel\":\"ebay\",\"channelSku\":\"A\",\"open\":10},"
                                + "{\"channel\":\"shopify\",\"channelSku\":\"A-1\",\"open\":10}]}],\"unknown\":[\"NOPE\"]}");
    }

    @Test
    void oneToAHundredSkusAreAskedFor() {
        String hundred = IntStream.range(0, 100).mapToObj(i -> "sku=S" + i).collect(Collectors.joining("&"));
        assertThat(json(get("viewer", PATH + "?" + hundred)).get("unknown")).hasSize(100);
        assertProblem(get("viewer", PATH + "?" + hundred + "&sku=A"), 422, "invalid-field", "sku");
        assertProblem(get("viewer", PATH), 422, "invalid-field", "sku");
        assertProblem(get("viewer", PATH + "?sku=A&channel=ebay"), 422, "invalid-field", "channel");
    }
}
