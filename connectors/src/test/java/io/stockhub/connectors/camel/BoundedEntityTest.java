package io.stockhub.connectors.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.junit.jupiter.api.Test;

class BoundedEntityTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final AtomicInteger aborted = new AtomicInteger();

    @Test
    void aBodyWithinItsBoundsIsReadWhole() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bounded(new ByteArrayInputStream(new byte[10]), 10).writeTo(out);

        assertThat(out.size()).isEqualTo(10);
        assertThat(aborted).hasValue(0);
    }

    @Test
    void oneByteTooManyCutsTheConnection() {
        for (InputStream each : new InputStream[] {new ByteArrayInputStream(new byte[11]), trickle(Duration.ZERO)}) {
            assertThatThrownBy(() -> bounded(each, 10).getContent().readAllBytes())
                    .isInstanceOf(ContentTooLongException.class);
        }
        assertThat(aborted).hasValue(2);
    }

    @Test
    void aBodyThatTricklesInWithoutEndIsCutOff() {
        InputStream slow = trickle(Duration.ofMillis(10));

        assertThatThrownBy(() -> bounded(slow, Long.MAX_VALUE).getContent().readAllBytes())
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(aborted).hasValue(1);
    }

    private BoundedEntity bounded(InputStream body, long bytesMax) {
        return new BoundedEntity(
                new InputStreamEntity(body, ContentType.APPLICATION_JSON),
                bytesMax,
                Duration.ofSeconds(1),
                nanos::get,
                aborted::incrementAndGet);
    }

    /** A byte at a time, each after a pause, for a million bytes. */
    private InputStream trickle(Duration pause) {
        return new InputStream() {
            private int left = 1_000_000;

            @Override
            public int read() {
                nanos.addAndGet(pause.toNanos());
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int next = read();
                buffer[offset] = (byte) next;
                return next < 0 ? -1 : 1;
            }
        };
    }
}
