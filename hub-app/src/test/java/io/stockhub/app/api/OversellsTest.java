package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.FakeOversells;
import io.stockhub.app.WebTest;
import io.stockhub.routes.Oversells;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class OversellsTest extends WebTest {
    private static final Instant NOON = Instant.parse("2026-09-04T12:00:00Z");

    @Autowired
    private FakeOversells oversells;

    @BeforeEach
    void anOrderThatWasShort() {
        oversells.stories.clear();
        oversells.stories.add(new Oversells.Story(
                "shop",
                "1001",
                NOON,
                null,
                NOON,
                List.of(new Oversells.Line(
                        "MUG",
                        2,
                        1,
                        0,
                        List.of(new Oversells.Cause(Oversells.Fault.LATE_RECEIPT, "receipt-came-late", "Why.")),
                        List.of(new Oversells.Event(NOON, "It was taken."))))));
    }

    @Test
    void theAnswerNamesCausesAndWhatHappened() {
        assertThat(get("viewer", "/api/v1/why-oversold?order=1001").body())
                .isEqualTo(
                        "{\"orders\":[{\"channel\":\"shop\",\"orderRef\":\"1001\",\"placedAt\":\"2026-09-04T12:00:00Z\","
                                + "\"receivedAt\":null,\"takenAt\":\"2026-09-04T12:00:00Z\",\"lines\":[{\"sku\":\"MUG\","
                                + "\"quantity\":2,\"shortBy\":1,\"stillShort\":0,\"causes\":[{\"fault\":\"late-receipt\","
                                + "\"code\":\"receipt-came-late\",\"text\":\"Why.\"}],\"events\":[{\"at\":\"2026-09-04T12:00:00Z\","
                                + "\"text\":\"It was taken.\"}]}]}]}");
    }

    @Test
    void whatIsMissingOrUnknownIsSaid() {
        assertProblem(get("viewer", "/api/v1/why-oversold"), 422, "invalid-field", "order");
        assertProblem(get("viewer", "/api/v1/why-oversold?order=1001&sku=A"), 422, "invalid-field", "sku");
        assertThat(get("viewer", "/api/v1/why-oversold?order=1001&channel=bay").statusCode())
                .isEqualTo(404);
        assertThat(get("viewer", "/api/v1/why-oversold?order=9").body()).contains("No order \\\"9\\\"");
    }
}
