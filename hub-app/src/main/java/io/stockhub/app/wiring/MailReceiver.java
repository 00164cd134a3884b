package io.stockhub.app.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhub.app.settings.WatchSettings.Email;
import io.stockhub.app.settings.WatchSettings.Security;
import io.stockhub.routes.outbound.Message;
import io.stockhub.routes.outbound.Receiver;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Alerts as mail, in plain text. The message's id is that of the mail too, so that a mail that comes twice can be told. */
final class MailReceiver implements Receiver {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MILLIS = "10000";

    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final Email settings;

    MailReceiver(Email settings) {
        this.settings = settings;
        sender.setHost(settings.host());
        sender.setPort(settings.port());
        sender.setUsername(settings.user());
        sender.setPassword(
                settings.password() == null ? null : settings.password().reveal());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        sender.setProtocol(settings.security() == Security.TLS ? "smtps" : "smtp");
        Properties properties = sender.getJavaMailProperties();
        for (String protocol : new String[] {"smtp", "smtps"}) {
            String prefix = "mail." + protocol + ".";
            properties.setProperty(prefix + "auth", String.valueOf(settings.user() != null));
            properties.setProperty(prefix + "connectiontimeout", MILLIS);
            properties.setProperty(prefix + "timeout", MILLIS);
            properties.setProperty(prefix + "writetimeout", MILLIS);
            properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        }
        if (settings.security() == Security.STARTTLS) {
            properties.setProperty("mail.smtp.starttls.enable", "true");
            properties.setProperty("mail.smtp.starttls.required", "true");
        }
    }

    @Override
    public Outcome send(Message message) {
        try {
            sender.send(mail(message));
            return new Outcome.Arrived();
        } catch (MailException | MessagingException | JsonProcessingException failed) {
            return new Outcome.Failed(words(failed), null);
        }
    }

    private MimeMessage mail(Message message) throws MessagingException, JsonProcessingException {
        JsonNode body = JSON.readTree(message.body());
        JsonNode data = body.path("data");
        boolean over =
                !data.path("closedAt").isMissingNode() && !data.path("closedAt").isNull();
        MimeMessage mail = new IdentifiedMail(sender, "<" + message.id() + "@stockhub>");
        MimeMessageHelper helper = new MimeMessageHelper(mail, StandardCharsets.UTF_8.name());
        helper.setFrom(settings.from());
        helper.setTo(settings.to().toArray(String[]::new));
        helper.setSubject("[Stockhub] " + (over ? "over: " : "") + line(data.path("title")));
        helper.setText(text(data, over));
        return mail;
    }

    private static String text(JsonNode data, boolean over) {
        StringBuilder text = new StringBuilder();
        text.append(line(data.path("title"))).append('\n');
        if (data.has("since")) {
            text.append("Since ").append(line(data.path("since")));
            text.append(over ? ", over since " + line(data.path("closedAt")) : "")
                    .append('\n');
        }
        if (!over) {
            text.append('\n').append(line(data.path("meaning"))).append('\n');
            text.append("What to do: ").append(line(data.path("action"))).append('\n');
        }
        return text.append("More: ")
                .append(line(data.path("docs")))
                .append('\n')
                .toString();
    }

    /** Words of a channel may be in it: they stay within their line. */
    private static String line(JsonNode text) {
        return text.asText().replaceAll("\\p{Cntrl}", " ");
    }

    private static String words(Exception failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "mail: " + String.valueOf(cause.getMessage()).strip();
    }

    private static final class IdentifiedMail extends MimeMessage {
        private final String id;

        IdentifiedMail(JavaMailSenderImpl sender, String id) {
            super(sender.getSession());
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
