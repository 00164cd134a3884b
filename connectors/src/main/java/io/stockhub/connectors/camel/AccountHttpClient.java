package io.stockhub.connectors.camel;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client of one account, behind Camel's HTTP component: its own pool, no automatic retries, no redirects, no
 * cookies, answers bounded in size and time. Secrets are put into requests here, after everything that logs or stores.
 */
final class AccountHttpClient implements HttpClientConfigurer {

    static final int ANSWER_BYTES_MAX = 5 * 1024 * 1024;
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final TimeValue IDLE_MAX = TimeValue.ofSeconds(30);

    private final Duration timeout;
    private final int connectionsMax;
    private final Consumer<ClassicHttpRequest> sign;

    /**
     * @param timeout to the first byte, between two bytes, and for the whole body
     * @param sign puts the account's secrets into a request
     */
    AccountHttpClient(Duration timeout, int connectionsMax, Consumer<ClassicHttpRequest> sign) {
        this.timeout = timeout;
        this.connectionsMax = connectionsMax;
        this.sign = sign;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        Timeout read = Timeout.of(timeout);
        Timeout connect = Timeout.of(timeout.compareTo(CONNECT_MAX) < 0 ? timeout : CONNECT_MAX);
        builder.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(connectionsMax)
                        .setMaxConnTotal(connectionsMax)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(read)
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                        .setDefaultSocketConfig(
                                SocketConfig.custom().setSoTimeout(read).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setResponseTimeout(read)
                        .setAuthenticationEnabled(false)
                        .build())
                .evictIdleConnections(IDLE_MAX)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorFirst("stockhub", this::execute);
    }

    private ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        sign.accept(request);
        ClassicHttpResponse response = chain.proceed(request, scope);
        if (response.getEntity() != null) {
            // Closing a stream reads it to its end; an answer without end has to lose its connection instead.
            response.setEntity(new BoundedEntity(
                    response.getEntity(),
                    ANSWER_BYTES_MAX,
                    timeout,
                    System::nanoTime,
                    scope.execRuntime::discardEndpoint));
        }
        return response;
    }
}
