package io.stockhub.connectors.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts to URLs that people gave us. A name is resolved once, all its addresses are checked, and one of those that were
 * checked is connected to. Redirects are not followed, and no proxy, cookie or password of the machine is used. Plain HTTP goes only
 * to what an operator has named.
 */
public final class GuardedHttp implements AutoCloseable {
    private static final int ANSWER_MAX = 500;

    /** Finds the addresses of a name. */
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** The URL must not be called; nothing was sent. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * What came back.
     *
     * @param body its first 500 characters
     * @param retryAfter the header as it came
     */
    public record Answer(int status, String body, @Nullable String retryAfter) {}

    private final AddressRules rules;
    private final Resolver resolver;
    private final Duration within;
    private final CloseableHttpClient http;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("outbound-clock").factory());

    /** @param within a call is broken off that has not ended by then, however it drips */
    public GuardedHttp(AddressRules rules, Duration within) {
        this(rules, InetAddress::getAllByName, within);
    }

    public GuardedHttp(AddressRules rules, Resolver resolver, Duration within) {
        this.rules = rules;
        this.resolver = resolver;
        this.within = within;
        Timeout timeout = Timeout.of(within);
        http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Unresolved())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .setTimeToLive(TimeValue.ofMinutes(1))
                                .build())
                        .setMaxConnPerRoute(16)
                        .setMaxConnTotal(256)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Stockhub")
                .build();
    }

    /** Every address was found and checked before; nothing is looked up behind our back. */
    private static final class Unresolved implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** Finds out whether a URL may be called now. @throws RefusedException when not, with the reason */
    public void check(URI url) throws IOException {
        addresses(url);
    }

    /** @throws RefusedException when the URL must not be called; nothing was sent then */
    public Answer post(URI url, Map<String, String> headers, byte[] body) throws IOException {
        List<InetAddress> addresses = addresses(url);
        HttpHost target = new HttpHost(url.getScheme(), addresses.getFirst(), url.getHost(), url.getPort());
        HttpPost request = new HttpPost(url);
        headers.forEach((name, value) -> request.addHeader(new BasicHeader(name, value)));
        request.setEntity(new ByteArrayEntity(body, null));
        ScheduledFuture<?> end = clock.schedule(request::cancel, within.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return http.execute(target, request, GuardedHttp::answer);
        } finally {
            end.cancel(false);
        }
    }

    private static Answer answer(ClassicHttpResponse response) throws IOException {
        Header retryAfter = response.getFirstHeader("Retry-After");
        return new Answer(
                response.getCode(), start(response.getEntity()), retryAfter == null ? null : retryAfter.getValue());
    }

    private static String start(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        try (InputStream content = entity.getContent()) {
            return content == null ? "" : new String(content.readNBytes(ANSWER_MAX), StandardCharsets.UTF_8);
        }
    }

    private List<InetAddress> addresses(URI url) throws IOException {
        boolean plain = "http".equalsIgnoreCase(url.getScheme());
        if (!plain && !"https".equalsIgnoreCase(url.getScheme())) {
            throw new RefusedException("(expected: an https URL)");
        }
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null) {
            throw new RefusedException("(expected: a URL with a host, without a user)");
        }
        List<InetAddress> found;
        try {
            found = List.of(resolver.resolve(host.startsWith("[") ? host.substring(1, host.length() - 1) : host));
        } catch (UnknownHostException unknown) {
            throw new UnknownHostException("nobody knows the host " + host);
        }
        for (InetAddress address : found) {
            if (!rules.allows(address)) {
                throw new RefusedException(host + " is at " + address.getHostAddress()
                        + ", which is not on the public Internet (expected: a public address, or one within a range"
                        + " under outbound.allow)");
            }
            if (plain && !rules.isNamed(address)) {
                throw new RefusedException(
                        "plain http (expected: https, or an address within a range under outbound.allow)");
            }
        }
        if (found.isEmpty()) {
            throw new UnknownHostException("nobody knows the host " + host);
        }
        return found;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            http.close();
        } catch (IOException closing) {
            // Nothing is lost.
        }
    }
}
