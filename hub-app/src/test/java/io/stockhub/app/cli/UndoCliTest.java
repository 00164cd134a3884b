package io.stockhub.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UndoCliTest extends StubbedCli {
    private static final String ITEM =
            """
            {"number":"40","kind":"receipt","what":"GRN-2","outcome":"%s","message":%s}""";
    private static final String IN_PART = ITEM.formatted("in-part", "\"4 of 12 MUG was sold or moved on since.\"");
    private static final String UNDONE = ITEM.formatted("undone", "null");
    private static final String PLAN = "{\"run\":\"edi:12\",\"total\":1,\"counts\":{%s},\"items\":[%s]}";
    private static final String DONE =
            "{\"undoId\":\"3\",\"state\":\"done\",\"total\":1,\"finished\":1,\"counts\":{%s},\"items\":[%s]}";

    UndoCliTest() {
        super("undo");
    }

    private void interchange(String counts, String item) {
        hub.on("POST /api/v1/undos/plan", 200, PLAN.formatted(counts, item))
                .on("POST /api/v1/undos", 202, "{\"undoId\":\"3\"}")
                .on("GET /api/v1/undos/3", 200, DONE.formatted(counts, item));
    }

    @Test
    void thePlanIsShownAndNothingIsUndoneInADryRun() {
        interchange("\"in-part\":1", IN_PART);
        assertThat(run("edi:12", "--dry-run")).isZero();
        assertThat(out.toString()).contains("4 of 12 MUG was sold", "Would be 1 in-part.");
        assertThat(hub.asked).singleElement().satisfies(one -> {
            assertThat(one.call()).isEqualTo("POST /api/v1/undos/plan");
            assertThat(one.body()).isEqualTo("{\"run\":\"edi:12\"}");
        });
    }

    @Test
    void withYesItIsUndoneAndFollowed() {
        interchange("\"undone\":1", UNDONE);
        assertThat(run("edi:12", "--reason", "sent twice", "--yes")).isZero();
        assertThat(hub.asked.get(1).body()).isEqualTo("{\"run\":\"edi:12\",\"reason\":\"sent twice\"}");
        assertThat(out.toString()).contains("Done: 1 undone.");
        assertThat(err.toString()).contains("1 of 1");
    }

    @Test
    void whatStaysIsAFailure() {
        interchange("\"in-part\":1", IN_PART);
        assertThat(run("edi:12", "--reason", "sent twice", "--yes")).isEqualTo(1);
    }

    @Test
    void nobodyIsAskedWhereNobodyIs() {
        interchange("\"undone\":1", UNDONE);
        assertThat(run("edi:12", "--reason", "sent twice")).isEqualTo(2);
        assertThat(err.toString()).contains("--yes");
        assertThat(hub.asked).extracting(StubHub.Asked::call).containsExactly("POST /api/v1/undos/plan");
    }

    @Test
    void withoutAReasonOrARunItSaysWhatIsMissing() {
        assertThat(run("edi:12", "--yes")).isEqualTo(2);
        assertThat(run("--reason", "r")).isEqualTo(2);
        assertThat(err.toString()).contains("--reason is missing", "Undo what?");
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void aSpanOfTimeIsPassedOn() {
        interchange("\"undone\":1", UNDONE);
        run("--source", "shop", "--since", "T1", "--until", "T2", "--dry-run");
        assertThat(hub.asked.getFirst().body()).isEqualTo("{\"source\":\"shop\",\"since\":\"T1\",\"until\":\"T2\"}");
    }

    @Test
    void withoutAnythingItListsWhatCouldBeUndone() {
        hub.on(
                "GET /api/v1/undos/runs",
                200,
                """
                {"runs":[{"run":"edi:12","at":"T0","source":"depot","what":"interchange 000000452","documents":2}]}""");
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("edi:12", "interchange 000000452");
    }
}
