package io.stockhub.app.security;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** How a request is turned away: browsers to the sign-in, everyone else with a problem document. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Set<String> PAGES = Set.of("/", "/dead-letters");

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (PAGES.contains(request.getRequestURI()) && isRead(request) && wantsHtml(request)) {
            response.sendRedirect("/login");
            return;
        }
        unauthorized(response, "No key. Send: Authorization: Bearer KEY");
    }

    /** What the table of rules does not name is denied as well; who is known is told that it is not there. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        Set<String> methods = AccessRules.methods(request);
        if (why instanceof CsrfException) {
            forbidden(response, "The form is too old or came from elsewhere. Load the page again.");
        } else if (methods.isEmpty()) {
            Problems.write(response, Problem.of(ProblemType.NOT_FOUND, "No such path."));
        } else if (AccessRules.of(request).isEmpty()) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", new TreeSet<>(methods)));
            Problems.write(
                    response,
                    Problem.of(ProblemType.METHOD_NOT_ALLOWED, "Methods of this path: " + String.join(", ", methods)));
        } else {
            forbidden(response, "The role of this key does not include it.");
        }
    }

    void unauthorized(HttpServletResponse response, String detail) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"stockhub\"");
        Problems.write(response, Problem.of(ProblemType.UNAUTHORIZED, detail));
    }

    private static void forbidden(HttpServletResponse response, String detail) throws IOException {
        Problems.write(response, Problem.of(ProblemType.FORBIDDEN, detail));
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static boolean wantsHtml(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }
}
