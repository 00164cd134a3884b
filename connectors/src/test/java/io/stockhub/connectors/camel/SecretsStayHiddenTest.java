package io.stockhub.connectors.camel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import com.github.tomakehurst.wiremock.http.Fault;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Every secret of every connector is a canary; whatever happens, none of them may be seen in a log at DEBUG, an
 * exception, an endpoint, or an exchange. The HTTP client's own wire and header logs show requests as they are sent:
 * they are the one thing that must stay off, here and in the hub.
 */
class SecretsStayHiddenTest {

    private static final List<String> WIRE_LOGS =
            List.of("org.apache.hc.client5.http.wire", "org.apache.hc.client5.http.headers");

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (!event.getLoggerName().startsWith("wiremock")
                    && !event.getLoggerName().startsWith("org.eclipse")) {
                seen.add(event.getLoggerName() + ": " + event.getFormattedMessage() + " " + event.getKeyValuePairs());
                for (IThrowableProxy t = event.getThrowableProxy(); t != null; t = t.getCause()) {
                    seen.add(t.getMessage() + "");
                }
            }
        }
    };
    private Harness harness;

    static Stream<String> connectors() {
        return Contract.connectors();
    }

    @BeforeEach
    void start() {
        log.start();
        root.detachAndStopAllAppenders();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
        WIRE_LOGS.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF));
        harness = new Harness();
        harness.camel.getManagementStrategy().addEventNotifier(new Snoop());
    }

    @AfterEach
    void stop() {
        harness.close();
        root.setLevel(Level.WARN);
        root.detachAppender(log);
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void noSecretIsSeenWhateverHappens(String connector) {
        // Given
        harness.simpleMappings(connector);
        Account account = harness.account(connector);
        String sent = String.join(
                " ", account.secrets().values().stream().map(Secret::reveal).toList());
        boolean token = harness.connectors.manifest(connector).authentication().fetchesTokens();
        String words = sent + (token ? " " + Harness.TOKEN + "1" : "");
        String echo = "{\"message\":\"" + words + "\",\"error\":\"" + sent + "\",\"errors\":[{\"message\":\"" + words
                + "\"}],\"fault\":{\"text\":\"" + words + "\"}}";

        // When
        harness.server.stubFor(
                post("/token").willReturn(okJson(echoOfSecrets(sent)).withStatus(400)));
        call(account);
        harness.server.stubFor(post("/token").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        call(account);
        harness.server.stubFor(
                post("/token").willReturn(okJson("{\"access_token\":\"" + Harness.TOKEN + "1\",\"expires_in\":900}")));
        for (int status : new int[] {200, 400, 401, 403, 422, 500}) {
            harness.server.stubFor(
                    any(urlPathEqualTo("/base/stock")).willReturn(okJson(echo).withStatus(status)));
            call(account);
        }
        harness.server.stubFor(
                any(urlPathEqualTo("/base/stock")).willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
        call(account);
        harness.server.stop();
        call(account);

        // Then
        harness.camel.getEndpoints().forEach(endpoint -> seen.add(endpoint.getEndpointUri()));
        seen.add(account.toString());
        assertThat(seen).hasSizeGreaterThan(50);
        assertThat(seen).noneMatch(text -> text.contains(Harness.CANARY) || text.contains(Harness.TOKEN));
    }

    // The token is not known yet when the token call fails, so no answer to it can hold one.
    private static String echoOfSecrets(String sent) {
        return "{\"error\":\"" + sent + "\",\"fault\":{\"text\":\"" + sent + "\"}}";
    }

    private void call(Account account) {
        try {
            harness.connectors.setQuantities(account, List.of(Harness.update("A", 1)), "key");
        } catch (CallFailure e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            seen.add(text + " " + e.failure());
        }
    }

    /** Looks into every exchange when a step has been left and when it is done. */
    private final class Snoop extends EventNotifierSupport {

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeEvent of && !(event instanceof CamelEvent.ExchangeSentEvent)) {
                Exchange exchange = of.getExchange();
                seen.add(exchange.getMessage().getHeaders() + " " + exchange.getProperties() + " "
                        + exchange.getException());
            }
        }
    }
}
