package io.stockhub.routes.failure;

import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Failure.Stage;
import io.stockhub.mapping.MappingException;
import io.stockhub.stock.InvalidCommandException;
import io.stockhub.stock.StockUnavailableException;
import java.sql.SQLException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What an exception of a flow means; the meaning is given here and nowhere else. */
public record FailureReading(Failure failure, @Nullable String sku, @Nullable String orderRef) {
    private static final Logger LOG = LoggerFactory.getLogger(FailureReading.class);
    private static final int CAUSES_MAX = 20;

    public FailureReading {
        failure = Words.keepable(failure);
        sku = sku == null ? null : Words.keepable(sku);
        orderRef = orderRef == null ? null : Words.keepable(orderRef);
    }

    /** Reads the first exception of the chain that says something; anything unknown is a fault of ours and is poison. */
    public static FailureReading of(Throwable thrown) {
        Throwable current = thrown;
        Throwable innermost = thrown;
        for (int depth = 0; current != null && depth < CAUSES_MAX; depth++) {
            FailureReading known = known(current);
            if (known != null) {
                return known;
            }
            innermost = current;
            current = current.getCause();
        }
        String what = innermost.getClass().getSimpleName();
        log(what, thrown);
        return plain(Kind.POISON, Stage.MAP, "hub.bug", what);
    }

    /** The log asks an exception for its words, and some fail even at that. */
    private static void log(String what, Throwable thrown) {
        try {
            LOG.error("A message met a fault of the hub; it goes to the dead letters.", thrown);
        } catch (Throwable e) {
            LOG.error(
                    "A message met a fault of the hub, {} that cannot be printed; it goes to the dead letters.", what);
        }
    }

    private static @Nullable FailureReading known(Throwable thrown) {
        return switch (thrown) {
            case FlowFailure flow -> new FailureReading(flow.failure(), flow.sku(), flow.orderRef());
            case CallFailure call -> new FailureReading(call.failure(), null, null);
            case MappingException mapping -> plain(Kind.POISON, Stage.MAP, "mapping.failed", message(mapping));
            case InvalidCommandException invalid ->
                plain(Kind.POISON, Stage.VALIDATE, "validate.field", message(invalid));
            case StockUnavailableException busy ->
                refusesValue(busy) ? value() : plain(Kind.TRANSIENT, Stage.LEDGER, "stock.busy", message(busy));
            case DataAccessException data -> refusesValue(data) ? value() : database();
            case TransactionException data -> database();
            case SQLException data -> refusesValue(data) ? value() : database();
            case RejectedExecutionException stopping -> stopping();
            case InterruptedException stopping -> stopping();
            default -> null;
        };
    }

    /** Class 22 of SQLSTATE, data exceptions: the same value is refused for ever. */
    private static boolean refusesValue(Throwable thrown) {
        Throwable current = thrown;
        for (int depth = 0; current != null && depth < CAUSES_MAX; depth++) {
            if (current instanceof SQLException sql
                    && String.valueOf(sql.getSQLState()).startsWith("22")) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }

    private static FailureReading value() {
        return plain(Kind.POISON, Stage.VALIDATE, "validate.value", "The database refuses a value of the message.");
    }

    private static FailureReading database() {
        return plain(Kind.TRANSIENT, Stage.LEDGER, "hub.database", "The database did not answer.");
    }

    private static FailureReading stopping() {
        return plain(Kind.TRANSIENT, Stage.RECEIVE, "hub.stopping", "The hub is stopping.");
    }

    private static String message(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static FailureReading plain(Kind kind, Stage stage, String code, String message) {
        return new FailureReading(new Failure(kind, stage, code, message, null), null, null);
    }

    /** Whether the same message may succeed later with nothing changed. */
    public boolean mayPass() {
        return switch (failure.kind()) {
            case TRANSIENT, THROTTLED, UNKNOWN_OUTCOME -> true;
            case PERMANENT, SETTINGS, POISON -> false;
        };
    }
}
