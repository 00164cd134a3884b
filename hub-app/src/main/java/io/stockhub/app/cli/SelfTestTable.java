package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Self-tests for people, newest first. */
final class SelfTestTable {
    private SelfTestTable() {}

    static void print(Session session, JsonNode tests) {
        if (tests.isEmpty()) {
            session.line("It was never tested.");
            return;
        }
        Table table = new Table("BEGUN", "SKU", "NUMBER", "STAGE", "LOWERED", "READ", "RESTORED", "READ AGAIN", "WHY");
        tests.forEach(test -> table.row(
                test.path("begunAt"),
                test.path("sku"),
                test.path("before").asText() + " -> " + test.path("told").asText(),
                test.path("stage"),
                seconds(test.path("loweredMillis")),
                seconds(test.path("readMillis")),
                seconds(test.path("restoredMillis")),
                seconds(test.path("readAgainMillis")),
                test.path("failure")));
        table.print(session.out());
    }

    private static String seconds(JsonNode millis) {
        return millis.isNumber() ? "%.1f s".formatted(millis.asLong() / 1000.0) : "-";
    }
}
