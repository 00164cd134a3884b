package io.stockhub.connectors.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Failure.Stage;
import io.stockhub.connectors.Secret;
import io.stockhub.connectors.failure.Answer;
import io.stockhub.connectors.failure.CallKind;
import io.stockhub.connectors.failure.Codes;
import io.stockhub.connectors.failure.FailureClassifier;
import io.stockhub.connectors.failure.JsonText;
import io.stockhub.connectors.failure.Verdict;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads what a token endpoint answers (RFC 6749, sections 5.1 and 5.2). */
public final class TokenAnswers {

    /** The name of the token call in the {@code when.action} of a manifest's errors. */
    public static final String ACTION = "token";

    // RFC 6750, section 2.1, and what vendors add to it: anything visible, so nothing that ends a header.
    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]{1,16384}");
    // A token endpoint may leave the lifetime out (RFC 6749, section 5.1).
    private static final Duration LIFETIME_UNSAID = Duration.ofMinutes(5);
    private static final long LIFETIME_SECONDS_MAX = Duration.ofDays(365).toSeconds();

    private final FailureClassifier classifier;

    public TokenAnswers(FailureClassifier classifier) {
        this.classifier = classifier;
    }

    /** @throws CallFailure when it is no token */
    public FetchedToken read(Answer answer) {
        return switch (classifier.judge(ACTION, CallKind.READ, answer)) {
            case Verdict.Readable() -> token(JsonText.tree(answer.json()));
            case Verdict.ExpiredToken(Failure ifAgain) -> throw new CallFailure(refusal(ifAgain));
            case Verdict.Failed(Failure failure) -> throw new CallFailure(refusal(failure));
        };
    }

    // Whatever a token endpoint refuses for good, it refuses our credentials or our address of it.
    private static Failure refusal(Failure failure) {
        if (failure.kind() != Kind.PERMANENT && failure.kind() != Kind.SETTINGS) {
            return failure;
        }
        String message = "the token call was refused: " + failure.message();
        return new Failure(Kind.SETTINGS, Stage.SEND, Codes.UNAUTHORIZED, message, null);
    }

    private static FetchedToken token(JsonNode body) {
        String value = body.path("access_token").asText("");
        if (!USABLE.matcher(value).matches()) {
            throw new CallFailure(new Failure(
                    Kind.TRANSIENT,
                    Stage.DECODE,
                    Codes.GARBAGE,
                    "the token call was answered without a usable access_token",
                    null));
        }
        // Some vendors send the number as text.
        long seconds = body.path("expires_in").asLong(0);
        Duration life = seconds <= 0 ? LIFETIME_UNSAID : Duration.ofSeconds(Math.min(seconds, LIFETIME_SECONDS_MAX));
        return new FetchedToken(Secret.of(value), life);
    }
}
