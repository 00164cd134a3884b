package io.stockhub.app.security;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.problem.Problems;
import io.stockhub.app.settings.StockhubSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/** The one filter chain: keys for scripts, sessions for browsers, the same table of rules for both. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    /** Everything from ourselves, nothing inline, in no frame. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Bean
    SecurityFilterChain hubSecurity(HttpSecurity http, StockhubSettings settings) throws Exception {
        ApiKeys keys = new ApiKeys(settings.keys());
        Refusals refusals = new Refusals();
        http.authorizeHttpRequests(requests -> requests
                        // Later dispatches of a request that was allowed already.
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .anyRequest()
                        .access((who, context) -> decide(who, context.getRequest())))
                .authenticationProvider(new KeySignIn(keys))
                .addFilterBefore(new BearerKeyFilter(keys, refusals), CsrfFilter.class)
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(SecurityConfiguration::isForgeable))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .formLogin(form -> form.loginPage("/login")
                        .loginProcessingUrl("/login")
                        .passwordParameter("key")
                        .defaultSuccessUrl("/", true)
                        .failureUrl("/login?wrong"))
                .logout(logout -> logout.logoutUrl("/logout").logoutSuccessUrl("/login?out"))
                .httpBasic(AbstractHttpConfigurer::disable)
                .anonymous(anonymous -> anonymous.principal("nobody"))
                .requestCache(AbstractHttpConfigurer::disable);
        headers(http);
        return http.build();
    }

    /** What the firewall refuses (path parameters, double slashes, encoded separators) is answered like the rest. */
    @Bean
    RequestRejectedHandler requestRejectedHandler() {
        return (request, response, why) -> Problems.write(
                response, Problem.of(ProblemType.MALFORMED_REQUEST, "The path or a header holds what is not allowed."));
    }

    /** The web layer times each request; timing each filter of it as well cost more than the filters do. */
    @Bean
    SecurityObservationSettings noTimingOfFilters() {
        return SecurityObservationSettings.noObservations();
    }

    /** Tells who listens (live pages) that a session ended. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }

    private static void headers(HttpSecurity http) throws Exception {
        http.headers(headers -> headers.frameOptions(FrameOptionsConfig::deny)
                .contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)));
    }

    private static AuthorizationDecision decide(Supplier<Authentication> who, HttpServletRequest request) {
        return new AuthorizationDecision(AccessRules.of(request)
                .map(rule -> rule.permission() == null || holds(who.get(), rule.permission()))
                .orElse(false));
    }

    private static boolean holds(Authentication who, Permission permission) {
        return who != null && who.getAuthorities().contains(new SimpleGrantedAuthority(permission.name()));
    }

    /**
     * A request that another site could make a browser send with our cookie. Without a session there is nothing to
     * borrow (the answer is 401), except at the sign-in, where a visitor could be signed in as someone else.
     */
    private static boolean isForgeable(HttpServletRequest request) {
        if (SAFE_METHODS.contains(request.getMethod())
                || request.getRequestURI().startsWith("/webhooks/")) {
            return false;
        }
        if (request.getRequestURI().equals("/login")) {
            return true;
        }
        return !BearerKeyFilter.carriesKey(request)
                && SecurityContextHolder.getContext().getAuthentication() != null;
    }
}
