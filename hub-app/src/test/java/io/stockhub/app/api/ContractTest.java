package io.stockhub.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stockhub.app.WebTest;
import io.stockhub.app.security.Permission;
import io.stockhub.app.security.Role;
import io.stockhub.stock.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The OpenAPI document, the controllers and the rules of access say the same. */
class ContractTest extends WebTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private record Call(String method, String path, String permission) {
        String sample() {
            return path.replaceAll("\\{[a-z]+}", "7");
        }
    }

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private static List<Call> documented() {
        JsonNode document;
        try {
            document = new YAMLMapper().readTree(ContractTest.class.getResourceAsStream("/stockhub/openapi.yaml"));
        } catch (IOException why) {
            throw new AssertionError(why);
        }
        List<Call> calls = new ArrayList<>();
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        calls.add(new Call(
                                operation.getKey().toUpperCase(),
                                path.getKey(),
                                operation.getValue().get("x-permission").asText()));
                    }
                }));
        return calls;
    }

    @Test
    void everyCallIsDocumentedAndEveryDocumentedCallExists() {
        Set<String> mapped = new TreeSet<>();
        mappings.getHandlerMethods().forEach((info, method) -> {
            if (method.getBeanType().getPackageName().equals("io.stockhub.app.api")
                    && method.getBeanType() != ErrorAnswers.class) {
                info.getMethodsCondition().getMethods().forEach(verb -> info.getPathPatternsCondition()
                        .getPatternValues()
                        .forEach(path -> mapped.add(verb + " " + path)));
            }
        });
        Set<String> documented = new TreeSet<>();
        documented().forEach(call -> documented.add(call.method() + " " + call.path()));
        assertThat(mapped).isEqualTo(documented);
    }

    @Test
    void theDocumentIsServedToAnyone() {
        HttpResponse<String> response = get(null, "/api/openapi.yaml");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(response.body()).startsWith("openapi: 3.1.0");
    }

    @TestFactory
    Stream<DynamicTest> everyRoleMayDoWhatTheDocumentSaysAndNothingElse() {
        return documented().stream().flatMap(call -> Stream.of(Role.values())
                .map(role -> DynamicTest.dynamicTest(
                        role.code() + " " + call.method() + " " + call.path(), () -> judge(call, role))));
    }

    private void judge(Call call, Role role) {
        hub.reset();
        hub.answers = command -> new Answer.UnknownReservation(7);
        int status = call(role.code(), call.method(), call.sample(), "application/json")
                .statusCode();
        boolean may =
                call.permission().equals("NONE") || role.permissions().contains(Permission.valueOf(call.permission()));
        if (may) {
            assertThat(status).isNotIn(401, 403, 405, 500);
        } else {
            assertThat(status).isEqualTo(403);
            assertThat(hub.commands).isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> withoutAKeyOnlyOpenCallsAnswer() {
        return documented().stream()
                .map(call -> DynamicTest.dynamicTest(call.method() + " " + call.path(), () -> {
                    HttpResponse<String> response = call(null, call.method(), call.sample(), "application/json");
                    if (call.permission().equals("NONE")) {
                        assertThat(response.statusCode()).isNotIn(401, 403);
                    } else {
                        Assertions.assertProblem(response, 401, "unauthorized", null);
                        assertThat(response.headers().firstValue("WWW-Authenticate"))
                                .isPresent();
                    }
                }));
    }

    /** The same calls in clothes that have fooled filters elsewhere: nothing may happen for who may not. */
    @TestFactory
    Stream<DynamicTest> noSpellingOfAPathGetsAroundTheRules() {
        return guarded().flatMap(call -> spellings(call.sample())
                .map(path -> DynamicTest.dynamicTest(
                        call.method() + " " + path, () -> nothingHappens(call, call.method(), path))));
    }

    @TestFactory
    Stream<DynamicTest> noOtherMethodGetsAroundTheRules() {
        Set<String> readable = documented().stream()
                .filter(call -> call.method().equals("GET"))
                .map(Call::path)
                .collect(Collectors.toSet());
        // A path that is also read answers HEAD to who may read it, and that is no way around anything.
        return guarded().flatMap(call -> Stream.of("HEAD", "OPTIONS", "PATCH", "DELETE", "FOO")
                .filter(method ->
                        !(method.equals("HEAD") && !call.method().equals("GET") && readable.contains(call.path())))
                .map(method -> DynamicTest.dynamicTest(
                        method + " " + call.sample(), () -> nothingHappens(call, method, call.sample()))));
    }

    private static Stream<Call> guarded() {
        return documented().stream().filter(call -> !call.permission().equals("NONE"));
    }

    private void nothingHappens(Call call, String method, String path) {
        hub.reset();
        assertThat(call(null, method, path, "application/json").statusCode()).isIn(400, 401, 404, 405);
        if (!call.permission().equals("READ")) {
            assertThat(call("viewer", method, path, "application/json").statusCode())
                    .isIn(400, 403, 404, 405);
        }
        assertThat(hub.commands).isEmpty();
        assertThat(hub.replayRequests).isEmpty();
        assertThat(hub.discards).isEmpty();
        assertThat(hub.acts).isEmpty();
        assertThat(hub.fixes).isEmpty();
        assertThat(hub.synced).isEmpty();
        assertThat(hub.readBack).isEmpty();
        assertThat(hub.ediCalls).isEmpty();
        assertThat(hub.skus).isEmpty();
        assertThat(hub.locations).isEmpty();
        assertThat(hub.bins).isEmpty();
        assertThat(hub.settled).isEmpty();
        assertThat(hub.rules).isEmpty();
    }

    private static Stream<String> spellings(String path) {
        String last = path.substring(path.lastIndexOf('/'));
        return Stream.of(
                path + "/",
                path + ";x=1",
                "/" + path,
                path.replaceFirst("/", "/%2e/"),
                path.replaceFirst("/", "/x/%2e%2e/"),
                path.replace(last, "/%2f" + last.substring(1)),
                path.replace(last, last.toUpperCase()),
                path + ".json",
                path + "%00",
                path + "?_method=GET");
    }

    private HttpResponse<String> call(String role, String method, String path, String contentType) {
        return send(as(role, path)
                .header("Content-Type", contentType)
                .header("X-HTTP-Method-Override", "GET")
                .method(method, BodyPublishers.ofString("{}")));
    }
}
