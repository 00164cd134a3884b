package io.stockhub.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.Limits;
import io.stockhub.stock.MoveRule;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the published contract promises is what the code does: bounds, names of kinds, states and problems. */
class LimitsTest {
    private final JsonNode schemas = document().at("/components/schemas");

    private static JsonNode document() {
        try (InputStream in = LimitsTest.class.getResourceAsStream("/stockhub/openapi.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException why) {
            throw new AssertionError(why);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Movement/properties/location",
                "Movement/properties/to",
                "Movement/properties/holder",
                "Movement/properties/reportedBy",
                "Movement/properties/order/properties/channel",
                "MovementLine/properties/sku",
                "MovementLine/properties/lot",
                "MovementLine/properties/serial",
                "MovementLine/properties/serials/items",
                "MovementLine/properties/bin",
                "MovementLine/properties/toBin",
                "MovementLine/properties/pool",
                "MovementLine/properties/toPool",
                "CommandLine/properties/sku",
                "Order/properties/channel",
                "Order/properties/customer",
                "Order/properties/shipTo/properties/country",
                "Order/properties/shipTo/properties/region",
                "Order/properties/shipTo/properties/postalCode"
            })
    void namesAreAsLongAsTheLimitsSay(String path) {
        assertThat(schemas.at("/" + path).path("maxLength").asInt()).isEqualTo(Limits.NAME_LENGTH_MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Movement/properties/reference",
                "Movement/properties/reason",
                "Movement/properties/order/properties/orderRef",
                "Reversal/properties/reason",
                "Order/properties/orderRef"
            })
    void referencesAreAsLongAsTheLimitsSay(String path) {
        assertThat(schemas.at("/" + path).path("maxLength").asInt()).isEqualTo(Limits.REFERENCE_LENGTH_MAX);
    }

    @Test
    void linesAreAsManyAsTheLimitsSay() {
        JsonNode part = document().at("/components/requestBodies/PartLines/content/application~1json/schema");
        for (JsonNode body : new JsonNode[] {schemas.get("Movement"), schemas.get("Order"), part}) {
            assertThat(body.at("/properties/lines/minItems").asInt()).isEqualTo(1);
            assertThat(body.at("/properties/lines/maxItems").asInt()).isEqualTo(Limits.LINES_MAX);
        }
        assertThat(schemas.at("/MovementLine/properties/serials/maxItems").asInt())
                .isEqualTo(Limits.SERIALS_MAX);
    }

    @Test
    void quantitiesAreAsLargeAsTheLimitsSay() {
        assertThat(schemas.at("/MovementLine/properties/quantity/maximum").asLong())
                .isEqualTo(Limits.QUANTITY_MAX);
        assertThat(schemas.at("/MovementLine/properties/quantity/minimum").asLong())
                .isEqualTo(-Limits.QUANTITY_MAX);
        assertThat(schemas.at("/MovementLine/properties/booked/maximum").asLong())
                .isEqualTo(Limits.QUANTITY_MAX);
        assertThat(schemas.at("/CommandLine/properties/quantity/maximum").asLong())
                .isEqualTo(Limits.QUANTITY_MAX);
    }

    @Test
    void holdsAndClocksAreStatedAsTheLimitsSay() {
        assertThat(schemas.at("/Order/properties/holdFor/description").asText())
                .contains("at most P" + Limits.HOLD_MAX.toDays() + "D");
        assertThat(schemas.at("/Movement/properties/occurredAt/description").asText())
                .contains("At most " + Limits.AHEAD_MAX.toHours() + " hours ahead");
    }

    @Test
    void theFieldsAreTheFieldsThatAreRead() {
        assertThat(names(schemas.at("/Movement/properties"))).isEqualTo(new TreeSet<>(MovementBody.HEAD));
        assertThat(names(schemas.at("/MovementLine/properties"))).isEqualTo(new TreeSet<>(MovementBody.LINE));
        assertThat(names(schemas.at("/Reversal/properties"))).isEqualTo(new TreeSet<>(MovementBody.REVERSAL));
    }

    @Test
    void theKindsAreTheKindsThatStandAlone() {
        Set<String> kinds = new TreeSet<>();
        Arrays.stream(MovementKind.values()).filter(kind -> !kind.derived()).forEach(kind -> kinds.add(kind.code()));
        assertThat(texts(schemas.at("/Movement/properties/kind/enum"))).isEqualTo(kinds);
    }

    @Test
    void theTableOfKindsNamesTheirStatesInOrder() {
        String table =
                document().at("/paths/~1api~1v1~1movements/post/description").asText();
        for (MovementKind kind : MovementKind.values()) {
            if (!kind.derived() && kind != MovementKind.PUTAWAY) {
                String[] row = table.lines()
                        .filter(line -> line.startsWith("| `" + kind.code() + "`"))
                        .findFirst()
                        .orElseThrow()
                        .split("\\|");
                MoveRule rule = MoveRule.of(kind);
                assertThat(row[3]).as(kind.code()).contains(codes(rule.to()));
                if (kind != MovementKind.ASSEMBLY) {
                    assertThat(row[2]).as(kind.code()).contains(codes(rule.from()));
                }
                rule.needs().forEach(field -> assertThat(row[4]).contains("`" + field.wire() + "`"));
            }
        }
    }

    @Test
    void theStatesOfLinesAreThoseThatAnyKindTakes() {
        Set<String> states = new TreeSet<>();
        for (MovementKind kind : MovementKind.values()) {
            if (!kind.derived()) {
                MoveRule rule = MoveRule.of(kind);
                if (rule.allows().contains(MoveRule.Field.FROM)) {
                    rule.from().forEach(state -> states.add(state.code()));
                }
                if (rule.allows().contains(MoveRule.Field.TO)) {
                    rule.to().forEach(state -> states.add(state.code()));
                }
            }
        }
        assertThat(texts(schemas.at("/StockState/enum"))).isEqualTo(states);
    }

    @Test
    void everyStatusOfAReservationIsDocumented() {
        Set<String> statuses = new TreeSet<>();
        Arrays.stream(Reservation.Status.values()).forEach(status -> statuses.add(status.code()));
        assertThat(texts(schemas.at("/ReservationStatus/enum"))).isEqualTo(statuses);
    }

    @ParameterizedTest
    @CsvSource({
        "ALREADY_REVERSED,409",
        "TRANSFER_EXISTS,409",
        "INBOUND_CLOSED,409",
        "HOLD_EXPIRED,409",
        "NOT_CONFIRMED,409",
        "SERIAL_KNOWN,409",
        "UNRECONCILED,409",
        "LOT_MISSING,422",
        "READ_ONLY_LOCATION,422",
        "SAME_LOCATION,422",
        "UNKNOWN_TRANSFER,422",
        "UNKNOWN_INBOUND,404"
    })
    void whatMayBeOtherwiseLaterIsAConflictAndAWrongFieldIsNot(RefusalCode code, int status) {
        assertThat(Rejections.type(code).status()).isEqualTo(status);
    }

    @Test
    void everyProblemIsInTheListOfErrors() throws IOException {
        String list = Files.readString(errors(), StandardCharsets.UTF_8);
        assertThat(Stream.of(ProblemType.values())
                        .map(ProblemType::code)
                        .filter(code -> !list.contains("`" + code + "`")))
                .isEmpty();
    }

    private static Path errors() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/errors.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/errors.md");
    }

    private static String codes(java.util.List<StockState> states) {
        return String.join(", ", states.stream().map(StockState::code).toList());
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
