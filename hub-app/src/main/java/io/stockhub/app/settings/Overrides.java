package io.stockhub.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Settings given the Spring way (arguments, {@code -D}, environment), laid over those of the file value by value.
 * Spring itself would replace whole lists: one override of a channel's buffer would lose the other channels.
 */
final class Overrides {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("stockhub");

    private final ConfigurableEnvironment environment;
    private final Schema schema;

    Overrides(ConfigurableEnvironment environment, Schema schema) {
        this.environment = environment;
        this.schema = schema;
    }

    /** What does not fit the schema's names is not ours: other settings share the prefix (STOCKHUB_KEY of the CLI). */
    void layOver(Draft.Group settings) {
        Map<ConfigurationPropertyName, ConfigurationProperty> given = new LinkedHashMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names) {
                names.stream().filter(ROOT::isAncestorOf).forEach(name -> {
                    ConfigurationProperty property = source.getConfigurationProperty(name);
                    if (property != null) {
                        given.putIfAbsent(name, property);
                    }
                });
            }
        }
        given.forEach((name, property) -> layOver(settings, name, property));
    }

    private void layOver(Draft.Group settings, ConfigurationPropertyName name, ConfigurationProperty property) {
        List<Object> path = path(name, settings);
        if (path == null) {
            return;
        }
        String text = environment.resolvePlaceholders(String.valueOf(property.getValue()));
        put(settings, path, text, "setting " + place(name, property));
    }

    private static String place(ConfigurationPropertyName name, ConfigurationProperty property) {
        return property.getOrigin() == null
                ? name.toString()
                : property.getOrigin().toString();
    }

    /** The path in the words of the schema; null when it is none of its settings. */
    private @Nullable List<Object> path(ConfigurationPropertyName name, Draft.Group settings) {
        List<Object> path = new ArrayList<>();
        JsonNode at = schema.root();
        Draft here = settings;
        for (int i = 1; i < name.getNumberOfElements(); i++) {
            Object step;
            if (name.isNumericIndex(i) && Schema.type(at).equals("array")) {
                step = Integer.parseInt(name.getElement(i, Form.UNIFORM));
                at = schema.items(at);
            } else {
                Schema.Member member = schema.member(at, name.getElement(i, Form.ORIGINAL));
                if (member == null) {
                    return null;
                }
                step = known(here, member.name());
                at = member.schema();
            }
            path.add(step);
            here = here == null ? null : Draft.child(here, step);
        }
        return Schema.type(at).equals("object") ? null : path;
    }

    /** A free name (a setting of a connector) as the file writes it, since the environment knows no case. */
    private static String known(@Nullable Draft here, String name) {
        if (here instanceof Draft.Group group) {
            return group.members().keySet().stream()
                    .filter(other -> Schema.uniform(other).equals(Schema.uniform(name)))
                    .findFirst()
                    .orElse(name);
        }
        return name;
    }

    private static void put(Draft.Group settings, List<Object> path, String text, String place) {
        Draft at = settings;
        for (int i = 0; i < path.size(); i++) {
            boolean last = i == path.size() - 1;
            Draft next = last ? new Draft.Scalar(text, place) : container(path.get(i + 1), place);
            at = enter(at, path.get(i), next, last);
        }
    }

    private static Draft container(Object nextStep, String place) {
        return nextStep instanceof Integer ? new Draft.Items(place) : new Draft.Group(place);
    }

    private static Draft enter(Draft parent, Object step, Draft wanted, boolean replace) {
        if (parent instanceof Draft.Group group && step instanceof String name) {
            return enter(group.members(), name, wanted, replace);
        }
        if (parent instanceof Draft.Items items && step instanceof Integer index) {
            return enter(items.elements(), index, wanted, replace);
        }
        // The file has something of another kind there; the schema will say so.
        return wanted;
    }

    private static <K> Draft enter(Map<K, Draft> children, K step, Draft wanted, boolean replace) {
        Draft present = children.get(step);
        if (present == null || replace || present.getClass() != wanted.getClass()) {
            children.put(step, wanted);
            return wanted;
        }
        return present;
    }
}
