package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemException;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.problem.Problems;
import io.stockhub.stock.InvalidCommandException;
import io.stockhub.stock.StockUnavailableException;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Turns what controllers throw into problem documents. What nobody foresaw is logged, and answered with its id. */
@RestControllerAdvice("io.stockhub.app.api")
class ProblemHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException known) {
        return Problems.answer(known.problem());
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidCommandException command) {
        return Problems.answer(invalidField(command));
    }

    @ExceptionHandler({
        StockUnavailableException.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class
    })
    ResponseEntity<Object> unavailable(RuntimeException why) {
        LOG.atWarn().setCause(why).log("cannot answer now");
        return Problems.answer(unknownOutcome());
    }

    @ExceptionHandler
    ResponseEntity<Object> method(HttpRequestMethodNotSupportedException wrong) {
        return Problems.answer(
                Problem.of(ProblemType.METHOD_NOT_ALLOWED, "The path does not take " + wrong.getMethod()));
    }

    /** The caller went away; there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException gone) {
        LOG.trace("caller went away");
    }

    @ExceptionHandler
    ResponseEntity<Object> unforeseen(Exception unforeseen) {
        return unforeseen instanceof ErrorResponse response
                ? Problems.answer(ofStatus(response.getStatusCode().value()))
                : Problems.answer(internal(unforeseen));
    }

    /** The problem of one command of many: what it would have been answered alone. */
    static Problem of(RuntimeException why) {
        return switch (why) {
            case ProblemException known -> known.problem();
            case InvalidCommandException command -> invalidField(command);
            case StockUnavailableException unknown -> {
                LOG.warn("A command of a call has no known outcome: {}", unknown.getMessage());
                yield unknownOutcome();
            }
            default -> internal(why);
        };
    }

    private static Problem invalidField(InvalidCommandException command) {
        return new Problem(ProblemType.INVALID_FIELD, command.getMessage(), command.field(), Map.of());
    }

    private static Problem unknownOutcome() {
        return Problem.of(
                ProblemType.UNAVAILABLE,
                "The outcome is unknown. Ask again with the same Idempotency-Key: it is safe.");
    }

    private static Problem internal(Exception unforeseen) {
        String id = UUID.randomUUID().toString();
        LOG.atError().setCause(unforeseen).addKeyValue("errorId", id).log("unforeseen failure of a request");
        return Problem.of(ProblemType.INTERNAL, "The log of the hub says more under this id.")
                .with("errorId", id);
    }

    /** The problem for a status that the web layer decided on by itself. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 401 -> Problem.of(ProblemType.UNAUTHORIZED, "No key. Send: Authorization: Bearer KEY");
            case 403 -> Problem.of(ProblemType.FORBIDDEN, "The role of this key does not include it.");
            case 404 -> Problem.of(ProblemType.NOT_FOUND, "No such path.");
            case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "The path does not take this method.");
            case 413 -> Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "The body is too large.");
            case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send: Content-Type: application/json (UTF-8)");
            case 503 -> Problem.of(ProblemType.UNAVAILABLE, "Try again.");
            default ->
                status >= 500
                        ? Problem.of(ProblemType.INTERNAL, "The request could not be answered.")
                        : Problem.of(ProblemType.MALFORMED_REQUEST, "The request cannot be read.");
        };
    }
}
