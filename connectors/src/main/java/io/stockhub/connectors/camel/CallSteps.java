package io.stockhub.connectors.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.failure.Answer;
import io.stockhub.connectors.failure.JsonText;
import io.stockhub.connectors.failure.Verdict;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;

/** The two steps around the HTTP call in the Kamelet {@code stockhub-call-action}. */
final class CallSteps {

    static final String PREPARE = "stockhub-prepare";
    static final String JUDGE = "stockhub-judge";

    private CallSteps() {}

    /** Turns the request document into the message that the HTTP component sends. Holds no secret. */
    static void prepare(Exchange exchange) {
        CallState call = CallState.of(exchange);
        if (call.request == null) {
            call.request = RequestDocument.parse(exchange.getMessage().getBody(String.class));
        }
        RequestDocument request = call.request;
        AccountCalls calls = call.calls;
        if (calls.tokens != null) {
            // Before the call, so that a token call that fails is not taken for a failure of the call.
            call.tokenGeneration = calls.tokens.ensure();
        }
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        addHeaders(message, calls);
        request.headers().forEach(message::setHeader);
        // As the component wants it: a text it converts anew for each call, asking every converter there is.
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(request.method()));
        message.setHeader(
                Exchange.HTTP_URI, request.uri(calls.account.baseUrl()).toString());
        if (request.contentType() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, request.contentType());
        }
        message.setBody(request.body());
    }

    /** Reads the answer: hands it on, asks for one more call with a new token, or throws what it means. */
    static void judge(Exchange exchange) {
        CallState call = CallState.of(exchange);
        Answer answer = Answers.of(exchange.getMessage());
        exchange.getMessage().removeHeaders("*");
        JsonNode body = JsonText.tree(answer.json());
        call.calls.learn(call.action, answer, body);
        switch (call.calls.classifier.judge(call.action, call.kind, answer, body)) {
            case Verdict.Readable() -> {
                exchange.getMessage().setBody(Answers.document(answer, call.input));
                exchange.setProperty(CallState.OPEN, false);
            }
            case Verdict.ExpiredToken expired -> renew(call, expired);
            case Verdict.Failed failed -> throw new CallFailure(failed.failure());
        }
    }

    private static void renew(CallState call, Verdict.ExpiredToken expired) {
        if (call.repeated || call.calls.tokens == null) {
            throw new CallFailure(expired.ifAgain());
        }
        call.repeated = true;
        call.calls.tokens.refused(call.tokenGeneration);
    }

    static void addHeaders(Message message, AccountCalls calls) {
        calls.manifest.headers().constant().forEach(message::setHeader);
        // uuid is the one generator that the manifest's schema allows.
        calls.manifest
                .headers()
                .generated()
                .keySet()
                .forEach(name -> message.setHeader(name, UUID.randomUUID().toString()));
    }
}
