package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.app.settings.StockhubSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What controllers may ask for as parameters: {@link Fields} (the JSON body), {@link Caller} and {@link CommandKey};
 * and how formats are chosen.
 */
@Configuration(proxyBeanMethods = false)
class RequestArguments implements WebMvcConfigurer {
    private final long maxJsonBytes;

    RequestArguments(StockhubSettings settings) {
        maxJsonBytes = settings.http().maxJsonBytes();
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new Resolver(maxJsonBytes));
    }

    /** Each path answers in one format, whatever is asked for: a webhook must not fail after it was stored. */
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.ALL);
    }

    private record Resolver(long maxJsonBytes) implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            Class<?> type = parameter.getParameterType();
            return type == Fields.class || type == Caller.class || type == CommandKey.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest web,
                @Nullable WebDataBinderFactory binders) {
            HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
            if (parameter.getParameterType() == Caller.class) {
                return caller(request);
            }
            if (parameter.getParameterType() == CommandKey.class) {
                return CommandKey.of(request, caller(request));
            }
            return body(request, parameter.hasParameterAnnotation(MayBeEmpty.class));
        }

        private Fields body(HttpServletRequest request, boolean mayBeEmpty) {
            if (mayBeEmpty && request.getContentLengthLong() == 0) {
                return Fields.of(StrictJson.MAPPER.createObjectNode());
            }
            String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
            if (!(mayBeEmpty && contentType == null) && !StrictJson.isJson(contentType)) {
                throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send: Content-Type: application/json (UTF-8)")
                        .asException();
            }
            byte[] body = Bodies.read(request, maxJsonBytes);
            if (mayBeEmpty && body.length == 0) {
                return Fields.of(StrictJson.MAPPER.createObjectNode());
            }
            return Fields.of(StrictJson.parse(body));
        }

        private static Caller caller(HttpServletRequest request) {
            if (request.getUserPrincipal() instanceof Authentication who
                    && who.getPrincipal() instanceof Caller caller) {
                return caller;
            }
            throw new IllegalStateException("a rule lets nobody in here, yet nobody came");
        }
    }
}
