package io.stockhub.connectors.failure;

import io.stockhub.connectors.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Takes secrets out of text that others wrote: a system may quote in its error what we sent to it. */
public final class Redactor {

    // Shorter values would blacken ordinary words.
    private static final int LENGTH_MIN = 4;

    private final Supplier<Collection<Secret>> secrets;

    /** @param secrets asked each time, since tokens change */
    public Redactor(Supplier<Collection<Secret>> secrets) {
        this.secrets = secrets;
    }

    /** The text with every secret replaced by {@code ***}, also where it is percent-encoded. */
    public String clean(String text) {
        String clean = text;
        for (String secret : longestFirst()) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }

    private List<String> longestFirst() {
        List<String> values = new ArrayList<>();
        for (Secret secret : secrets.get()) {
            String value = secret.reveal();
            if (value.length() >= LENGTH_MIN) {
                values.add(value);
                values.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        values.sort(Comparator.comparingInt(String::length).reversed());
        return values;
    }
}
