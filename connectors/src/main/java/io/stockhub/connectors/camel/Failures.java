package io.stockhub.connectors.camel;

import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Failure.Stage;
import io.stockhub.connectors.failure.CallKind;
import io.stockhub.connectors.failure.Codes;
import io.stockhub.mapping.MappingException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RuntimeCamelException;

/** What came out of a route as an exception, in the words of a {@link Failure}. */
final class Failures {

    private Failures() {}

    static CallFailure of(AccountCalls calls, CallKind kind, Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof MappingException mapping) {
            return new CallFailure(of(calls, mapping));
        }
        return new CallFailure(calls.classifier.judge(kind, cause));
    }

    private static Failure of(AccountCalls calls, MappingException mapping) {
        String place = mapping.place();
        boolean schema = place != null && place.startsWith("/");
        boolean request = mapping.mapping().endsWith("-request");
        Stage stage = schema ? Stage.VALIDATE : request ? Stage.ENCODE : Stage.DECODE;
        String message = calls.redactor.clean(String.valueOf(mapping.getMessage()));
        return new Failure(Kind.POISON, stage, schema ? Codes.SCHEMA : Codes.MAPPING_FAILED, message, null);
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable at = thrown;
        while ((at instanceof CamelExecutionException || at.getClass() == RuntimeCamelException.class)
                && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }
}
