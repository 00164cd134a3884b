package io.stockhub.bench.ledger;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One connection that is kept alive, for one caller at a time. It reads no more of HTTP/1.1 than the hub speaks: what the
 * callers cost is taken from the same machine.
 */
final class HttpLine implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    HttpLine(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** @param status for example 201 */
    record Reply(int status, String body) {}

    /** @throws IOException when the hub ended the connection or speaks something else */
    Reply post(String path, String key, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        out.write(request);
        return reply();
    }

    private Reply reply() throws IOException {
        String first = line();
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
            chunked |= header.equalsIgnoreCase(CHUNKED);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(length, 256));
        if (chunked) {
            for (int size = chunk(); size > 0; size = chunk()) {
                copy(size, body);
                line();
            }
            line();
        } else {
            copy(length, body);
        }
        return new Reply(Integer.parseInt(first.substring(9, 12)), body.toString(StandardCharsets.UTF_8));
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            if (at == end) {
                fill();
            }
            char next = (char) buffer[at++];
            if (next == '\n') {
                line.setLength(line.length() - 1);
                return line.toString();
            }
            line.append(next);
        }
    }

    private void copy(int count, ByteArrayOutputStream to) throws IOException {
        int left = count;
        while (left > 0) {
            if (at == end) {
                fill();
            }
            int some = Math.min(left, end - at);
            to.write(buffer, at, some);
            at += some;
            left -= some;
        }
    }

    private void fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
            throw new EOFException("the hub ended the connection");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
