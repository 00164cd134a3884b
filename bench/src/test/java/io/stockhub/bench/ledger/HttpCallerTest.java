package io.stockhub.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.ledger.HttpCaller.Call;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the hub answers is believed only when every order got its 201. */
class HttpCallerTest {
    private static final String GOT = "{\"status\":201,\"reservation\":{\"status\":\"reserved\"}}";
    private static final String REFUSED = "{\"status\":409,\"problem\":{\"title\":\"Not enough stock\"}}";

    @Test
    void anOrderThatWasAnsweredWith201IsOneOrder() throws Exception {
        assertThat(take(Call.SINGLE, plain("201", "{}"))).isEqualTo(1);
    }

    @Test
    void anyOtherAnswerFailsTheRunWithTheBody() {
        assertThatThrownBy(() -> take(Call.SINGLE, plain("409", REFUSED)))
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageContaining("409")
                .hasMessageContaining("Not enough stock");
    }

    @Test
    void aBatchInPiecesIsReadToItsEnd() throws Exception {
        assertThat(take(Call.BATCH, chunked(results(100, 0)))).isEqualTo(100);
    }

    @Test
    void oneOrderOfABatchThatWasRefusedFailsTheRunWithItsProblem() {
        assertThatThrownBy(() -> take(Call.BATCH, chunked(results(99, 1))))
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageContaining("Not enough stock");
    }

    private static String results(int got, int refused) {
        return "{\"results\":[" + (GOT + ",").repeat(got) + (REFUSED + ",").repeat(refused) + "null]}";
    }

    private static String plain(String status, String body) {
        return "HTTP/1.1 " + status + " \r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String chunked(String body) {
        String first = body.substring(0, 1_000);
        String second = body.substring(1_000);
        return "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(first.length()) + "\r\n"
                + first + "\r\n" + Integer.toHexString(second.length()) + "\r\n" + second + "\r\n0\r\n\r\n";
    }

    /** Asks once, of somebody who answers so to whatever comes. */
    private static int take(Call call, String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server, answer));
            try (HttpCaller caller = new HttpCaller(server.getLocalPort(), call)) {
                return caller.take(Workload.hot().orders(new OrderRefs(1), 1));
            }
        }
    }

    private static void answer(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // Until the caller hangs up.
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
