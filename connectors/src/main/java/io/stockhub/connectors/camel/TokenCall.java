package io.stockhub.connectors.camel;

import io.stockhub.connectors.auth.FetchedToken;
import io.stockhub.connectors.failure.CallKind;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/** The token call of one account, through its own route. The exchange holds no secret: the HTTP client adds them. */
final class TokenCall implements Supplier<FetchedToken> {

    private final AccountCalls of;
    private final ProducerTemplate producer;

    TokenCall(AccountCalls of, ProducerTemplate producer) {
        this.of = of;
        this.producer = producer;
    }

    @Override
    public FetchedToken get() {
        Exchange done = producer.send("direct:token@" + of.account.id(), ExchangePattern.InOut, exchange -> {
            Message message = exchange.getMessage();
            CallSteps.addHeaders(message, of);
            message.setHeader(Exchange.HTTP_METHOD, "POST");
            message.setHeader(Exchange.HTTP_URI, String.valueOf(of.account.tokenUrl()));
        });
        try {
            if (done.getException() != null) {
                throw Failures.of(of, CallKind.READ, done.getException());
            }
            return of.tokenAnswers.read(Answers.of(done.getMessage()));
        } finally {
            // The answer holds the token; nobody may find it in what is left of the exchange.
            done.getMessage().setBody(null);
            done.getMessage().removeHeaders("*");
        }
    }
}
