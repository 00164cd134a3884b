package io.stockhub.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.stockhub.app.settings.SecretValue;
import io.stockhub.app.settings.WatchSettings.Email;
import io.stockhub.app.settings.WatchSettings.Security;
import io.stockhub.routes.outbound.Message;
import io.stockhub.routes.outbound.Receiver.Outcome;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real SMTP server. */
class MailReceiverTest {
    private static final String BODY =
            """
            {"type":"stockhub.alert.opened","timestamp":"2026-03-14T08:00:00Z","data":{"title":"shop schließt\\r\\nBcc: evil@x.example",
            "meaning":"It sells old numbers.","action":"Wait.","docs":"docs/alerts.md#channel-late","since":"2026-03-14T07:00:00Z",
            "closedAt":%s}}""";

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
        server.setUser("hub@example.com", "hub", "right");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private MailReceiver receiver(Security security, String password) {
        return new MailReceiver(new Email(
                "127.0.0.1",
                server.getSmtp().getPort(),
                security,
                "hub",
                SecretValue.of(password),
                "hub@example.com",
                List.of("warehouse@example.com", "boss@example.com")));
    }

    private static Message message(String closedAt) {
        return new Message("mail/0", "alert 7", "msg_7", "stockhub.alert.opened", BODY.formatted(closedAt));
    }

    @Test
    void peopleReadWhatIsWrongAndWhatToDo() throws Exception {
        assertThat(receiver(Security.NONE, "right").send(message("null"))).isInstanceOf(Outcome.Arrived.class);

        assertThat(server.getReceivedMessages()).hasSize(2);
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[Stockhub] shop schließt  Bcc: evil@x.example");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getMessageID()).isEqualTo("<msg_7@stockhub>");
        assertThat(String.valueOf(mail.getContent()))
                .contains("Since 2026-03-14T07:00:00Z")
                .contains("It sells old numbers.")
                .contains("What to do: Wait.")
                .contains("docs/alerts.md#channel-late");
    }

    @Test
    void theEndOfItIsSaidToo() throws Exception {
        receiver(Security.NONE, "right").send(message("\"2026-03-14T09:00:00Z\""));
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).startsWith("[Stockhub] over: shop");
        assertThat(String.valueOf(mail.getContent())).contains("over since 2026-03-14T09:00:00Z");
    }

    @Test
    void aWrongLoginIsAFailureThatSaysNothingSecret() {
        Outcome outcome = receiver(Security.NONE, "wrong-and-secret").send(message("null"));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.why())
                .startsWith("mail: ")
                .doesNotContain("wrong-and-secret"));
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    /** Neither the login nor the mail travels in the clear where TLS was asked for. */
    @Test
    void aServerWithoutTlsGetsNothingWhereTlsIsAskedFor() {
        assertThat(receiver(Security.STARTTLS, "right").send(message("null"))).isInstanceOf(Outcome.Failed.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatIsDownIsAFailure() {
        MailReceiver receiver = receiver(Security.NONE, "right");
        server.stop();
        assertThat(receiver.send(message("null"))).isInstanceOf(Outcome.Failed.class);
    }
}
