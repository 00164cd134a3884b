package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Catalogue.Conflict;
import io.stockhub.stock.Tracking;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterDataTest extends WebTest {
    @Test
    void aTitleAloneMakesASku() {
        assertThat(put("planner", "/api/v1/skus/TEE-M", "{\"title\":\"Tee, M\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(put("planner", "/api/v1/skus/TEE-M", "{\"title\":\"Tee\"}").statusCode())
                .isEqualTo(200);
        assertThat(hub.skus).containsEntry("TEE-M", Catalogue.Sku.of("TEE-M", "Tee"));
    }

    @Test
    void aSkuKeepsAllThatWasSaidAndIsReadBackSo() {
        String body = "\"title\":\"T\",\"gtin\":\"4006381333931\",\"baseUnit\":\"PR\",\"units\":{\"CA\":12},"
                + "\"components\":[{\"sku\":\"MUG\",\"quantity\":6}],\"assembled\":true,\"tracking\":\"lot\","
                + "\"cost\":12.50,\"weightGrams\":2400,\"abc\":\"A\",\"aliases\":{\"shopify\":[\"RED\",\"ROT\"]}}";
        HttpResponse<String> response = put("admin", "/api/v1/skus/TEE%20M", "{" + body);
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"sku\":\"TEE M\"," + body);
        HttpResponse<String> read = get("viewer", "/api/v1/skus/TEE%20M");
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(response.body());
        assertThat(hub.skus.get("TEE M").tracking()).isEqualTo(Tracking.LOT);
        assertProblem(get("viewer", "/api/v1/skus/GHOST"), 404, "not-found", null);
    }

    @Test
    void oneNameNeedsNoListAndACostMayBeAString() {
        put("planner", "/api/v1/skus/A", "{\"title\":\"T\",\"aliases\":{\"shopify\":\"RED\"},\"cost\":\"1.00\"}");
        assertThat(hub.skus.get("A").aliases()).isEqualTo(Map.of("shopify", List.of("RED")));
        assertThat(hub.skus.get("A").cost()).isEqualTo("1.00");
    }

    @Test
    void whatIsLeftOutHasItsDefaultAfterwards() {
        put(
                "planner",
                "/api/v1/skus/A",
                "{\"title\":\"T\",\"units\":{\"CA\":12},\"abc\":\"A\",\"aliases\":{\"x\":\"Y\"}}");
        put("planner", "/api/v1/skus/A", "{\"title\":\"T\",\"units\":null}");
        assertThat(hub.skus).containsEntry("A", Catalogue.Sku.of("A", "T"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|title",
                "{\"title\":\" \"}|title",
                "{\"title\":5}|title",
                "{\"title\":\"a\\nb\"}|title",
                "{\"title\":\"T\",\"gtin\":\"4006381333930\"}|gtin",
                "{\"title\":\"T\",\"gtin\":\"123\"}|gtin",
                "{\"title\":\"T\",\"gtin\":4006381333931}|gtin",
                "{\"title\":\"T\",\"aliases\":[]}|aliases",
                "{\"title\":\"T\",\"aliases\":{\"x\":1}}|aliases.x",
                "{\"title\":\"T\",\"aliases\":{\"x\":\" \"}}|aliases.x",
                "{\"title\":\"T\",\"aliases\":{\"x\":[\"a\",1]}}|aliases.x",
                "{\"title\":\"T\",\"aliases\":{\"x\":[\"a\",\"a\"]}}|aliases.x",
                "{\"title\":\"T\",\"aliases\":{\"ean\":[\"4006381333930\"]}}|aliases.ean",
                "{\"title\":\"T\",\"tracking\":\"maybe\"}|tracking",
                "{\"title\":\"T\",\"baseUnit\":\" \"}|baseUnit",
                "{\"title\":\"T\",\"units\":{\"CA\":0}}|units.CA",
                "{\"title\":\"T\",\"units\":{\"CA\":1.5}}|units.CA",
                "{\"title\":\"T\",\"units\":{\"EA\":12}}|units.EA",
                "{\"title\":\"T\",\"units\":{\"\":12}}|units.",
                "{\"title\":\"T\",\"components\":[{\"sku\":\"B\",\"quantity\":1},{\"sku\":\"C\"}]}|components[1].quantity",
                "{\"title\":\"T\",\"components\":[{\"sku\":\"B\",\"quantity\":0}]}|components[0].quantity",
                "{\"title\":\"T\",\"components\":[{\"sku\":\"B\",\"quantity\":1,\"unit\":\"CA\"}]}|components[0].unit",
                "{\"title\":\"T\",\"assembled\":true}|assembled",
                "{\"title\":\"T\",\"assembled\":\"yes\"}|assembled",
                "{\"title\":\"T\",\"cost\":-1}|cost",
                "{\"title\":\"T\",\"cost\":\"1e3\"}|cost",
                "{\"title\":\"T\",\"weightGrams\":1.5}|weightGrams",
                "{\"title\":\"T\",\"abc\":\"D\"}|abc",
                "{\"title\":\"T\",\"colour\":\"red\"}|colour"
            })
    void aWrongFieldOfASkuIsNamed(String body, String field) {
        assertProblem(put("planner", "/api/v1/skus/A", body), 422, "invalid-field", field);
        assertThat(hub.skus).isEmpty();
    }

    @Test
    void anAliasOfAnotherSkuIsNamed() {
        hub.aliasTaken = new Catalogue.AliasTakenException("shopify", "RED", "OTHER");
        assertProblem(
                put("planner", "/api/v1/skus/A", "{\"title\":\"T\",\"aliases\":{\"shopify\":\"RED\"}}"),
                422,
                "invalid-field",
                "aliases.shopify");
    }

    @Test
    void aLocationIsCreatedAndReplaced() {
        String body =
                "{\"title\":\"Jakarta\",\"kind\":\"3pl\",\"country\":\"ID\",\"region\":\"JK\",\"postalCode\":\"10110\"}";
        assertThat(put("planner", "/api/v1/locations/JKT", body).statusCode()).isEqualTo(201);
        HttpResponse<String> again = put("planner", "/api/v1/locations/JKT", body);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body())
                .isEqualTo(
                        "{\"id\":\"JKT\",\"title\":\"Jakarta\",\"kind\":\"3pl\",\"country\":\"ID\",\"region\":\"JK\","
                                + "\"postalCode\":\"10110\",\"priority\":100,\"managedBy\":null,\"latitude\":null,"
                                + "\"longitude\":null,\"timeZone\":null}");
    }

    @Test
    void aLocationIsReadWithItsBins() {
        put(
                "planner",
                "/api/v1/locations/FBA",
                "{\"title\":\"Theirs\",\"kind\":\"marketplace\",\"managedBy\":\"amazon\",\"latitude\":-6.2,"
                        + "\"longitude\":106.8,\"timeZone\":\"Asia/Jakarta\"}");
        HttpResponse<String> bins = put(
                "planner",
                "/api/v1/locations/FBA/bins",
                "{\"bins\":[{\"bin\":\"A-01-03\",\"zone\":\"A\",\"pickOrder\":10},{\"bin\":\"B\"}]}");
        assertThat(bins.statusCode()).isEqualTo(200);
        HttpResponse<String> read = get("viewer", "/api/v1/locations/FBA");
        assertThat(read.body())
                .isEqualTo(
                        "{\"id\":\"FBA\",\"title\":\"Theirs\",\"kind\":\"marketplace\",\"country\":null,\"region\":null,"
                                + "\"postalCode\":null,\"priority\":100,\"managedBy\":\"amazon\",\"latitude\":-6.2,"
                                + "\"longitude\":106.8,\"timeZone\":\"Asia/Jakarta\","
                                + "\"bins\":[{\"bin\":\"A-01-03\",\"zone\":\"A\",\"pickOrder\":10},"
                                + "{\"bin\":\"B\",\"zone\":null,\"pickOrder\":100}]}");
        assertThat(json(get("viewer", "/api/v1/locations"))
                        .at("/locations/0/id")
                        .asText())
                .isEqualTo("FBA");
        assertProblem(get("viewer", "/api/v1/locations/GHOST"), 404, "not-found", null);
        assertProblem(put("planner", "/api/v1/locations/GHOST/bins", "{\"bins\":[]}"), 404, "not-found", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|bins",
                "{\"bins\":[{}]}|bins[0].bin",
                "{\"bins\":[{\"bin\":\"A\"},{\"bin\":\"A\"}]}|bins[1].bin",
                "{\"bins\":[{\"bin\":\"A\",\"zone\":\" \"}]}|bins[0].zone",
                "{\"bins\":[{\"bin\":\"A\",\"pickOrder\":-1}]}|bins[0].pickOrder",
                "{\"bins\":[{\"bin\":\"A\",\"aisle\":1}]}|bins[0].aisle"
            })
    void aWrongFieldOfABinIsNamed(String body, String field) {
        put("planner", "/api/v1/locations/JKT", "{\"title\":\"Jakarta\"}");
        assertProblem(put("planner", "/api/v1/locations/JKT/bins", body), 422, "invalid-field", field);
        assertThat(hub.bins).isEmpty();
    }

    @Test
    void conflictsOfNamesAreReadAndSettled() {
        Instant at = Instant.parse("2026-09-04T12:00:00Z");
        hub.conflicts.add(new Conflict(7, "shopify", "RED", "B", "A", at, at, 3, true, null, null));
        hub.conflicts.add(new Conflict(8, "ebay", "RED", "B", "A", at, at, 1, true, null, null));
        HttpResponse<String> page = get("viewer", "/api/v1/aliases/conflicts?limit=1");
        assertThat(page.body())
                .isEqualTo(
                        "{\"conflicts\":[{\"id\":\"7\",\"system\":\"shopify\",\"alias\":\"RED\",\"wantedBy\":\"B\","
                                + "\"owner\":\"A\",\"state\":\"open\",\"times\":3,\"firstSeenAt\":\"2026-09-04T12:00:00Z\","
                                + "\"lastSeenAt\":\"2026-09-04T12:00:00Z\",\"settledBy\":null,\"settledAt\":null}],\"next\":\"7\"}");
        assertThat(json(get("viewer", "/api/v1/aliases/conflicts?after=7")).get("conflicts"))
                .hasSize(1);
        assertThat(json(get("viewer", "/api/v1/aliases/conflicts?state=settled"))
                        .get("conflicts"))
                .isEmpty();
        assertProblem(get("viewer", "/api/v1/aliases/conflicts?state=x"), 422, "invalid-field", "state");
        assertThat(post("planner", "/api/v1/aliases/conflicts/7/settle", "").statusCode())
                .isEqualTo(200);
        assertThat(hub.settled).containsExactly("7 by paul");
        assertProblem(post("planner", "/api/v1/aliases/conflicts/9/settle", ""), 404, "not-found", null);
        assertProblem(post("planner", "/api/v1/aliases/conflicts/x/settle", ""), 404, "not-found", null);
    }

    @Test
    void whoSaysNothingAboutThePriorityDoesNotChangeIt() {
        put("planner", "/api/v1/locations/JKT", "{\"title\":\"Jakarta\",\"priority\":3}");
        put("planner", "/api/v1/locations/JKT", "{\"title\":\"Jakarta 2\"}");
        assertThat(hub.locations.get("JKT").priority()).isEqualTo(3);
        assertThat(hub.locations.get("JKT").kind()).isEqualTo("warehouse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|title",
                "{\"title\":\"T\",\"kind\":\"moon\"}|kind",
                "{\"title\":\"T\",\"kind\":\"marketplace\"}|managedBy",
                "{\"title\":\"T\",\"managedBy\":\"amazon\"}|managedBy",
                "{\"title\":\"T\",\"latitude\":91,\"longitude\":0}|latitude",
                "{\"title\":\"T\",\"latitude\":9}|longitude",
                "{\"title\":\"T\",\"timeZone\":\"Jakarta\"}|timeZone",
                "{\"title\":\"T\",\"priority\":-1}|priority",
                "{\"title\":\"T\",\"priority\":\"1\"}|priority",
                "{\"title\":\"T\",\"city\":\"x\"}|city"
            })
    void aWrongFieldOfALocationIsNamed(String body, String field) {
        assertProblem(put("planner", "/api/v1/locations/JKT", body), 422, "invalid-field", field);
    }

    @Test
    void namesAreBounded() {
        assertProblem(
                put("planner", "/api/v1/skus/" + "x".repeat(101), "{\"title\":\"T\"}"), 422, "invalid-field", "sku");
        assertProblem(put("planner", "/api/v1/locations/%20x", "{\"title\":\"T\"}"), 422, "invalid-field", "id");
        assertProblem(
                put("planner", "/api/v1/skus/A", "{\"title\":\"" + "x".repeat(251) + "\"}"),
                422,
                "invalid-field",
                "title");
    }
}
