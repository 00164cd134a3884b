package io.stockhub.app.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What came of a form, told on the page that follows. */
final class Said {
    private Said() {}

    static void done(RedirectAttributes next, String text) {
        next.addFlashAttribute("said", text);
    }

    /** Nothing was changed. {@code reason} is what was typed, so that nobody types it twice. */
    static void refused(RedirectAttributes next, String text, @Nullable String reason) {
        next.addFlashAttribute("refused", text);
        next.addFlashAttribute("typedReason", reason);
    }

    /** The flows name a field first, in words of the API: {@code sku: there is no SKU "X"}. */
    static String plain(RuntimeException refusal) {
        String text = String.valueOf(refusal.getMessage());
        String bare = text.replaceFirst("^[a-zA-Z.]+(?:\\[\\d+])?: ", "");
        return bare.isEmpty() ? text : Character.toUpperCase(bare.charAt(0)) + bare.substring(1);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The page of a SKU. */
    static String sku(String sku) {
        return "/stock?sku=" + encode(sku);
    }

    /** The page of a channel. */
    static String channel(String channel) {
        return "/channels/" + encode(channel).replace("+", "%20");
    }

    static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
