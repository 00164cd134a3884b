package io.stockhub.connectors.failure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a system answered.
 *
 * @param headers names in lower case; several values of one name joined with ", "
 * @param body as text; empty when there was none
 * @param json the body when it is JSON, untouched; null when it is not, or empty
 */
public record Answer(int status, Map<String, String> headers, String body, @Nullable String json) {

    /** Whether the status says that the call did what it should. */
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }
}
