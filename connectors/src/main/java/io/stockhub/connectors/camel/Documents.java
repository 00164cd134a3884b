package io.stockhub.connectors.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.ListedQuantity;
import io.stockhub.connectors.OrdersPage;
import io.stockhub.connectors.QuantityUpdate;
import io.stockhub.connectors.RawOrder;
import io.stockhub.connectors.failure.JsonText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON that goes into request mappings and comes out of answer mappings. */
final class Documents {

    private Documents() {}

    static String ordersPage(Account account, Instant since, Instant until, @Nullable String cursor, int limit) {
        ObjectNode root = object();
        root.put("since", since.toString());
        root.put("until", until.toString());
        root.put("cursor", cursor);
        root.put("limit", limit);
        return withSettings(root, account);
    }

    static String setQuantities(Account account, List<QuantityUpdate> items, String idempotencyKey) {
        ObjectNode root = object();
        ArrayNode array = root.putArray("items");
        for (QuantityUpdate item : items) {
            array.addObject()
                    .put("sku", item.sku())
                    .put("channelItem", item.channelItem())
                    .put("quantity", item.quantity())
                    .put("expected", item.expected());
        }
        root.put("idempotencyKey", idempotencyKey);
        return withSettings(root, account);
    }

    static String readQuantities(Account account, List<String> skus) {
        ObjectNode root = object();
        ArrayNode array = root.putArray("items");
        skus.forEach(sku -> array.addObject().put("sku", sku));
        return withSettings(root, account);
    }

    static OrdersPage ordersPage(String json) {
        JsonNode root = JsonText.tree(json);
        List<RawOrder> orders = new ArrayList<>();
        for (JsonNode order : root.path("orders")) {
            orders.add(new RawOrder(
                    order.path("id").asText(),
                    OffsetDateTime.parse(order.path("updatedAt").asText()).toInstant(),
                    order.path("raw").toString()));
        }
        return new OrdersPage(orders, text(root, "next"));
    }

    static List<ListedQuantity> listed(String json) {
        List<ListedQuantity> listed = new ArrayList<>();
        for (JsonNode item : JsonText.tree(json).path("items")) {
            listed.add(new ListedQuantity(
                    item.path("sku").asText(),
                    text(item, "channelItem"),
                    item.path("quantity").asLong(),
                    item.hasNonNull("setAside") ? item.path("setAside").asLong() : null));
        }
        return listed;
    }

    static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }

    private static String withSettings(ObjectNode root, Account account) {
        ObjectNode settings = root.putObject("settings");
        account.settings().forEach(settings::put);
        return root.toString();
    }

    private static ObjectNode object() {
        return JsonText.mapper().createObjectNode();
    }
}
