package io.stockhub.routes.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhub.connectors.Connectors;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.WebhookCheck;
import io.stockhub.routes.Webhooks;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.inbox.InboxStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies a channel's call over its raw bytes, stores it, and says so; the order is taken later, from the inbox. */
public final class WebhookDesk implements Webhooks {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDesk.class);
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Channels channels;
    private final Connectors connectors;
    private final InboxStore inbox;
    private final Runnable afterStore;

    public WebhookDesk(Channels channels, Connectors connectors, InboxStore inbox, Runnable afterStore) {
        this.channels = channels;
        this.connectors = connectors;
        this.inbox = inbox;
        this.afterStore = afterStore;
    }

    @Override
    public Reception receive(String channelId, Map<String, String> headers, byte[] body) {
        Optional<Channel> channel =
                channels.find(channelId).filter(known -> known.manifest().webhook() != null);
        if (channel.isEmpty()) {
            return new Reception.UnknownChannel(channelId);
        }
        return switch (connectors.verifyWebhook(channel.get().account(), headers, body)) {
            case WebhookCheck.Rejected rejected -> {
                LOG.warn("A call for channel {} was refused: {}", channelId, rejected.reason());
                yield new Reception.Refused(rejected.reason());
            }
            case WebhookCheck.Accepted accepted -> store(channel.get(), accepted, body);
        };
    }

    private Reception store(Channel channel, WebhookCheck.Accepted accepted, byte[] body) {
        if (accepted.action() == null) {
            return new Reception.Stored(false);
        }
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return new Reception.Unreadable("not JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (IOException e) {
            return new Reception.Unreadable("not JSON");
        }
        if (!json.isObject()) {
            return new Reception.Unreadable("not a JSON object");
        }
        boolean added = inbox.add(new InboxMessage(
                InboxMessage.Flow.ORDERS_IN,
                channel.id(),
                accepted.messageId(),
                lane(channel.manifest().webhook(), json, accepted),
                channel.account().connector() + "/" + accepted.action(),
                "application/json",
                body));
        if (added) {
            afterStore.run();
        }
        return new Reception.Stored(!added);
    }

    /** Messages about one order keep their order; a message that does not say which order it is about stands alone. */
    private static String lane(Manifest.Webhook webhook, JsonNode json, WebhookCheck.Accepted accepted) {
        JsonNode key = webhook.keyPointer() == null ? null : json.at(webhook.keyPointer());
        return key == null || !key.isValueNode() || key.isNull() ? accepted.messageId() : key.asText();
    }
}
