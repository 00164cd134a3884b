package io.stockhub.connectors.failure;

import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Failure.Stage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentTooLongException;

/** What a broken connection means: a table by type. The first row that holds counts. */
final class Breakage {

    /** Whether the request can have reached the other side. */
    private enum Sent {
        NO,
        MAYBE
    }

    private record Row(Class<? extends Throwable> type, Sent sent, String code) {}

    private static final List<Row> ROWS = List.of(
            new Row(ConnectTimeoutException.class, Sent.NO, Codes.UNREACHABLE),
            new Row(ConnectionRequestTimeoutException.class, Sent.NO, Codes.UNREACHABLE),
            new Row(ConnectException.class, Sent.NO, Codes.UNREACHABLE),
            new Row(UnknownHostException.class, Sent.NO, Codes.UNREACHABLE),
            new Row(NoRouteToHostException.class, Sent.NO, Codes.UNREACHABLE),
            new Row(SSLHandshakeException.class, Sent.NO, Codes.UNREACHABLE),
            new Row(SSLPeerUnverifiedException.class, Sent.NO, Codes.UNREACHABLE),
            new Row(ContentTooLongException.class, Sent.MAYBE, Codes.GARBAGE),
            new Row(SocketTimeoutException.class, Sent.MAYBE, Codes.TIMEOUT),
            // Reset, closed without an answer, cut in the middle.
            new Row(IOException.class, Sent.MAYBE, Codes.UNREACHABLE));

    private Breakage() {}

    static Failure failure(CallKind call, Throwable broken, UnaryOperator<String> shown) {
        String message = shown.apply(broken.getClass().getSimpleName() + ": " + broken.getMessage());
        for (Row row : ROWS) {
            if (row.type().isInstance(broken)) {
                return failure(row, call, message);
            }
        }
        return new Failure(Kind.POISON, Stage.SEND, Codes.BUG, message, null);
    }

    private static Failure failure(Row row, CallKind call, String message) {
        if (row.code().equals(Codes.GARBAGE) && call != CallKind.READ) {
            return new Failure(Kind.UNKNOWN_OUTCOME, Stage.DECODE, Codes.GARBAGE, message, null);
        }
        boolean unknown = row.sent() == Sent.MAYBE && call == CallKind.SINGLE_WRITE;
        return unknown
                ? new Failure(Kind.UNKNOWN_OUTCOME, Stage.SEND, Codes.OUTCOME_UNKNOWN, message, null)
                : new Failure(Kind.TRANSIENT, Stage.SEND, row.code(), message, null);
    }
}
