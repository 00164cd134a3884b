package io.stockhub.app.console;

import io.stockhub.app.problem.ProblemException;
import io.stockhub.app.problem.Problems;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.server.ResponseStatusException;

/** What people see when a page cannot be shown: what to do next, perhaps an id, and nothing internal. */
@ControllerAdvice("io.stockhub.app.console")
class ConsoleTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleTrouble.class);

    /** The visitor went away; there is nobody to tell. The parameter says that the answer is done with. */
    @ExceptionHandler
    void gone(IOException gone, HttpServletResponse response) {
        LOG.trace("visitor went away");
    }

    @ExceptionHandler
    ResponseEntity<Object> known(ProblemException known) {
        return Problems.answer(known.problem());
    }

    /** The pages throw it for what is not there; its reason is written for people. */
    @ExceptionHandler
    String absent(ResponseStatusException absent, HttpServletResponse response, Model model) {
        response.setStatus(absent.getStatusCode().value());
        model.addAttribute("absent", absent.getReason());
        return "trouble";
    }

    private static int status(Exception why) {
        if (why instanceof TypeMismatchException) {
            return HttpStatus.BAD_REQUEST.value();
        }
        return why instanceof ErrorResponse known
                ? known.getStatusCode().value()
                : HttpStatus.SERVICE_UNAVAILABLE.value();
    }

    @ExceptionHandler
    String trouble(Exception why, HttpServletResponse response, Model model) {
        int status = status(why);
        response.setStatus(status);
        if (status >= 500) {
            String id = UUID.randomUUID().toString();
            LOG.atError().setCause(why).addKeyValue("errorId", id).log("a page cannot be shown");
            model.addAttribute("errorId", id);
        } else {
            model.addAttribute("absent", "The address is not one that a page here would lead to.");
        }
        return "trouble";
    }
}
