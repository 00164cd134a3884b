package io.stockhub.connectors.auth;

import io.stockhub.connectors.Account;
import io.stockhub.connectors.Manifest.Authentication;
import io.stockhub.connectors.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/**
 * Puts the account's secrets into requests, at the last moment and inside the HTTP client: so no exchange, route
 * parameter or header map ever holds one.
 */
public final class Credentials {

    private final Account account;
    private final Authentication auth;

    public Credentials(Account account, Authentication auth) {
        this.account = account;
        this.auth = auth;
    }

    /** Into a call: the header that says who we are. */
    public void sign(ClassicHttpRequest request, @Nullable AccessTokens tokens) {
        Secret proof = tokens == null ? secret(auth.secret()) : tokens.value();
        request.setHeader(auth.header(), auth.prefix() + proof.reveal());
    }

    /** Into a token call: the form and, where the system wants it so, the Basic header (RFC 6749, section 2.3.1). */
    public void signTokenCall(ClassicHttpRequest request) {
        Map<String, String> form = new LinkedHashMap<>();
        if (auth.kind() == Authentication.Kind.OAUTH2_REFRESH_TOKEN) {
            form.put("grant_type", "refresh_token");
            form.put("refresh_token", secret(auth.refreshToken()).reveal());
        } else {
            form.put("grant_type", "client_credentials");
        }
        if (auth.scope() != null) {
            form.put("scope", auth.scope());
        }
        String id = value(auth.clientId());
        String secret = secret(auth.clientSecret()).reveal();
        if (auth.credentials() == Authentication.Credentials.BASIC) {
            byte[] pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
            request.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        } else {
            form.put("client_id", id);
            form.put("client_secret", secret);
        }
        request.setEntity(new StringEntity(encoded(form), ContentType.APPLICATION_FORM_URLENCODED));
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private String value(@Nullable String name) {
        String open = name == null ? null : account.settings().get(name);
        return open != null ? open : secret(name).reveal();
    }

    private Secret secret(@Nullable String name) {
        Secret secret = name == null ? null : account.secrets().get(name);
        if (secret == null) {
            // Accounts are checked when they are added, so this is a mistake of ours.
            throw new IllegalStateException("accounts." + account.id() + ".secrets." + name + ": missing");
        }
        return secret;
    }
}
