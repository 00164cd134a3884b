package io.stockhub.connectors.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Secret;
import io.stockhub.connectors.auth.AccessTokens;
import io.stockhub.connectors.auth.Credentials;
import io.stockhub.connectors.auth.TokenAnswers;
import io.stockhub.connectors.failure.Answer;
import io.stockhub.connectors.failure.FailureClassifier;
import io.stockhub.connectors.failure.Redactor;
import io.stockhub.connectors.guard.AccountGuard;
import io.stockhub.connectors.guard.LearntLimits;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** All that the calls of one account share. */
final class AccountCalls {

    final Account account;
    final Manifest manifest;
    final AccountGuard guard;
    private final LearntLimits limits;
    final FailureClassifier classifier;
    final Credentials credentials;
    final Redactor redactor;
    final @Nullable AccessTokens tokens;
    final TokenAnswers tokenAnswers;

    AccountCalls(Account account, Manifest manifest, Clock clock, ProducerTemplate producer) {
        this.account = account;
        this.manifest = manifest;
        this.guard = new AccountGuard(
                account.id(), account.timing(), manifest.limits().maxInFlight(), System::nanoTime);
        this.limits = new LearntLimits(manifest, clock);
        this.redactor = new Redactor(this::secrets);
        this.classifier = new FailureClassifier(manifest, redactor, clock);
        this.credentials = new Credentials(account, manifest.authentication());
        this.tokenAnswers = new TokenAnswers(classifier);
        this.tokens = manifest.authentication().fetchesTokens()
                ? new AccessTokens(
                        new TokenCall(this, producer), manifest.authentication().renewBefore(), System::nanoTime)
                : null;
    }

    /** Whatever the answer means, it may say how much more the system takes. */
    void learn(String action, Answer answer, JsonNode body) {
        guard.learn(action, limits.from(action, answer.headers(), body, guard.rateOf(action), guard.othersInFlight()));
    }

    private Collection<Secret> secrets() {
        List<Secret> all = new ArrayList<>(account.secrets().values());
        if (tokens != null) {
            tokens.known().ifPresent(all::add);
        }
        return all;
    }

    @Override
    public String toString() {
        return account.id();
    }
}
