package io.stockhub.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.TemplateSpec;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;

/** Renders the parts of the page that live, from the very template that renders the page. */
final class Fragments {
    /** Ids in the page, and names of fragments in its template. */
    private static final List<String> NAMES = List.of("summary", "alerts", "channels", "stock");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ITemplateEngine templates;

    Fragments(ITemplateEngine templates) {
        this.templates = templates;
    }

    /** By id, each as the message that a page understands: {@code {"id":"stock","html":"…"}}. */
    Map<String, String> render(ConsoleReads.Overview overview, StockTable table) {
        Context context = new Context(Locale.ENGLISH, ConsoleReads.model(overview, table));
        Map<String, String> messages = new LinkedHashMap<>();
        for (String name : NAMES) {
            TemplateSpec fragment = new TemplateSpec("console", Set.of(name), TemplateMode.HTML, null);
            messages.put(name, message(name, templates.process(fragment, context)));
        }
        return messages;
    }

    private static String message(String id, String html) {
        try {
            return JSON.writeValueAsString(Map.of("id", id, "html", html.strip()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("two strings are always JSON", impossible);
        }
    }
}
