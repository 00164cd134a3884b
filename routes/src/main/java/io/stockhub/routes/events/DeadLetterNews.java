package io.stockhub.routes.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhub.routes.events.Event.Type;
import io.stockhub.routes.events.EventFeeder.Pending;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Dead letters that were opened or closed: what failed and why, by its codes. Neither the payload nor the words of the
 * failure leave the hub, since anything of the message may be in them.
 */
final class DeadLetterNews {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS =
            List.of("channel", "flow", "stage", "kind", "code", "cause", "connector", "field", "sku", "order_ref");

    private final JdbcClient jdbc;

    DeadLetterNews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Letter(ObjectNode data, String state, Instant failedAt, Instant closedAt) {}

    List<Event> of(List<Pending> pending) {
        List<Pending> turns = pending.stream()
                .filter(one -> one.type() == Type.DEAD_LETTER_OPENED || one.type() == Type.DEAD_LETTER_CLOSED)
                .toList();
        if (turns.isEmpty()) {
            return List.of();
        }
        Map<String, Letter> letters = new HashMap<>();
        jdbc.sql("select *, coalesce(resolved_at, now()) as closed_at from dead_letter where dead_letter_id = any (?)")
                .param(turns.stream().map(turn -> Long.valueOf(turn.subject())).toArray(Long[]::new))
                .query(row -> {
                    letters.put(row.getString("dead_letter_id"), letter(row));
                });
        List<Event> events = new ArrayList<>();
        for (Pending turn : turns) {
            Letter letter = letters.get(turn.subject());
            if (letter != null) {
                boolean opened = turn.type() == Type.DEAD_LETTER_OPENED;
                ObjectNode data = letter.data().deepCopy();
                if (!opened) {
                    data.put("outcome", letter.state());
                }
                events.add(Event.unplaced(
                        turn.type(),
                        turn.subject(),
                        "dead-letter:" + turn.subject(),
                        turn.number(),
                        opened ? letter.failedAt() : letter.closedAt(),
                        data.toString()));
            }
        }
        return events;
    }

    private static Letter letter(ResultSet row) throws SQLException {
        ObjectNode data = JSON.createObjectNode();
        data.put("deadLetterId", row.getString("dead_letter_id"));
        for (String column : COLUMNS) {
            String value = row.getString(column);
            if (value != null) {
                data.put(column.equals("order_ref") ? "orderRef" : column, value);
            }
        }
        data.put("attempts", row.getInt("attempts"));
        return new Letter(
                data,
                row.getString("state"),
                row.getObject("last_failed_at", OffsetDateTime.class).toInstant(),
                row.getObject("closed_at", OffsetDateTime.class).toInstant());
    }
}
