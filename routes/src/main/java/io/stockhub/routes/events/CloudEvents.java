package io.stockhub.routes.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Events as CloudEvents 1.0, JSON, structured mode: the whole event is one document. */
public final class CloudEvents {
    /** Content type of a document. */
    public static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

    private static final ObjectMapper JSON = new ObjectMapper();

    private CloudEvents() {}

    /**
     * One event as UTF-8 JSON; the same event always gives the same bytes. {@code sequence} is an extension: digits of equal
     * length, so that comparing texts compares numbers.
     *
     * @param source who says so, a URI reference, for example {@code /stockhub}
     */
    public static byte[] json(Event event, String source) {
        ObjectNode json = JSON.createObjectNode();
        json.put("specversion", "1.0");
        json.put("id", event.id());
        json.put("source", source);
        json.put("type", "io.stockhub." + event.type().code());
        json.put("subject", event.subject());
        json.put("time", event.happenedAt().toString());
        json.put("datacontenttype", "application/json");
        json.put("partitionkey", event.key());
        json.put("sequence", "%019d".formatted(event.sequence()));
        try {
            json.set("data", JSON.readTree(event.data()));
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the data of event " + event.id() + " is no JSON", e);
        }
    }
}
