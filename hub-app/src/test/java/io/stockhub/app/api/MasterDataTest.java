package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.stock.Catalogue;
import java.net.http.HttpResponse;
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
        assertThat(hub.skus).containsEntry("TEE-M", new Catalogue.Sku("TEE-M", "Tee", null, Map.of()));
    }

    @Test
    void aSkuKeepsItsAliasesAndGtin() {
        HttpResponse<String> response = put(
                "admin",
                "/api/v1/skus/TEE%20M",
                "{\"title\":\"T\",\"aliases\":{\"shopify\":\"RED\"},\"gtin\":\"4006381333931\",\"tracking\":\"none\"}");
        assertThat(response.body())
                .isEqualTo("{\"sku\":\"TEE"
                        + " M\",\"title\":\"T\",\"gtin\":\"4006381333931\",\"aliases\":{\"shopify\":\"RED\"}}");
        assertThat(hub.skus.get("TEE M").aliases()).containsEntry("shopify", "RED");
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
                "{\"title\":\"T\",\"tracking\":\"maybe\"}|tracking",
                "{\"title\":\"T\",\"colour\":\"red\"}|colour"
            })
    void aWrongFieldOfASkuIsNamed(String body, String field) {
        assertProblem(put("planner", "/api/v1/skus/A", body), 422, "invalid-field", field);
        assertThat(hub.skus).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"units\":{\"CA\":12}|units",
                "\"components\":[]|components",
                "\"cost\":\"1.00\"|cost",
                "\"tracking\":\"lot\"|tracking",
                "\"tracking\":\"serial\"|tracking"
            })
    void whatComesLaterIsRefusedAndNeverDropped(String member, String field) {
        HttpResponse<String> response = put("planner", "/api/v1/skus/A", "{\"title\":\"T\"," + member + "}");
        assertProblem(response, 422, "unsupported-field", field);
        assertThat(json(response).get("detail").asText()).contains("not available yet");
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
                                + "\"postalCode\":\"10110\",\"priority\":100}");
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
