package io.stockhub.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignInTest extends WebTest {
    private Browser browser() {
        return new Browser(uri("/"));
    }

    @Test
    void aVisitorIsSentToTheSignInPage() {
        HttpResponse<String> response = browser().get("/");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/login");
        assertThat(browser().get("/login").body()).contains("<h1>Sign in to Stockhub</h1>", "type=\"password\"");
    }

    @Test
    void theRightKeyOpensASessionThatScriptsCannotRead() {
        Browser browser = browser();
        browser.get("/login");
        String before = browser.session().getValue();
        HttpResponse<String> response = browser.submit("/login", "/login", Map.of("key", " key-of-viewer "));
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Lax")
                .doesNotContain("key-of-viewer");
        assertThat(browser.session().getValue()).as("session fixation").isNotEqualTo(before);
        assertThat(browser.get("/").body()).contains("vera (viewer)");
    }

    @Test
    void aWrongKeyIsSaidToBeWrong() {
        Browser browser = browser();
        HttpResponse<String> response = browser.submit("/login", "/login", Map.of("key", "guess"));
        assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/login?wrong");
        assertThat(browser.get("/login?wrong").body()).contains("not one of the keys");
        assertThat(browser.get("/").statusCode()).isEqualTo(302);
    }

    @Test
    void nobodyIsSignedInByAFormFromElsewhere() {
        HttpResponse<String> response = browser().post("/login", Map.of("key", "key-of-admin"), null);
        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void aSessionReadsTheApiButChangesNothingWithoutAToken() {
        Browser browser = browser().signedIn("key-of-admin");
        assertThat(browser.get("/api/v1/channels").statusCode()).isEqualTo(200);
        HttpResponse<String> forged = browser.send(browser.request("/api/v1/skus/A")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"title\":\"T\"}")));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(hub.skus).isEmpty();
    }

    @Test
    void signingOutEndsTheSession() {
        Browser browser = browser().signedIn("key-of-admin");
        String session = browser.session().getValue();
        assertThat(browser.post("/logout", Map.of(), null).statusCode()).isEqualTo(403);
        assertThat(browser.submit("/", "/logout", Map.of())
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/login?out");
        HttpResponse<String> stolen = send(as(null, "/api/v1/channels")
                .header("Cookie", "STOCKHUB_SESSION=" + session)
                .GET());
        assertThat(stolen.statusCode()).isEqualTo(401);
    }

    @Test
    void scriptsAreToldInJsonAndNotSentToASignInPage() {
        assertThat(get(null, "/").statusCode()).isEqualTo(401);
        assertThat(get(null, "/api/v1/channels").statusCode()).isEqualTo(401);
    }
}
