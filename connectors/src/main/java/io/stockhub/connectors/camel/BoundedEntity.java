package io.stockhub.connectors.camel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A body, unpacked, that may be no larger and take no longer than it should: against bombs and trickles. */
final class BoundedEntity extends HttpEntityWrapper {

    private final long bytesMax;
    private final LongSupplier nanoTime;
    private final long deadlineNanos;
    private final Runnable abort;

    BoundedEntity(HttpEntity body, long bytesMax, Duration timeMax, LongSupplier nanoTime, Runnable abort) {
        super(body);
        this.bytesMax = bytesMax;
        this.nanoTime = nanoTime;
        this.deadlineNanos = nanoTime.getAsLong() + timeMax.toNanos();
        this.abort = abort;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new Bounded(super.getContent());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = getContent()) {
            in.transferTo(out);
        }
    }

    private final class Bounded extends FilterInputStream {

        private long bytes;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws IOException {
            bytes += read;
            if (bytes > bytesMax) {
                abort.run();
                throw new ContentTooLongException("the answer is larger than " + bytesMax + " bytes");
            }
            if (nanoTime.getAsLong() - deadlineNanos > 0) {
                abort.run();
                throw new SocketTimeoutException("the answer's body took too long");
            }
        }
    }
}
