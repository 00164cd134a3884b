package io.stockhub.app.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What no schema can say: ids are given once, and names that refer to something find it. */
final class Consistency {
    private static final int KEY_LENGTH_MIN = 8;

    private final Findings findings;

    Consistency(Findings findings) {
        this.findings = findings;
    }

    void check(StockhubSettings settings) {
        unique(
                "locations",
                "id",
                settings.locations().stream().map(LocationSettings::id).toList());
        unique(
                "channels",
                "id",
                settings.channels().stream().map(ChannelSettings::id).toList());
        unique("keys", "name", settings.keys().stream().map(KeySettings::name).toList());
        channels(settings);
        keys(settings.keys());
        watch(settings.watch());
        edi(settings.edi());
    }

    private void channels(StockhubSettings settings) {
        Set<String> known = new HashSet<>();
        settings.locations().forEach(location -> known.add(location.id()));
        for (int i = 0; i < settings.channels().size(); i++) {
            ChannelSettings channel = settings.channels().get(i);
            if (channel.locations().isEmpty()) {
                findings.add(
                        List.of("channels", i, "locations"), "missing (expected: at least one location is configured)");
            }
            Set<String> named = new HashSet<>();
            for (int j = 0; j < channel.locations().size(); j++) {
                String location = channel.locations().get(j);
                List<Object> path = List.of("channels", i, "locations", j);
                if (!known.contains(location)) {
                    findings.add(path, "\"" + location + "\" (expected: the id of a location under \"locations\")");
                } else if (!named.add(location)) {
                    findings.add(path, "\"" + location + "\" is named twice");
                }
            }
            timing(List.of("channels", i, "timing"), channel.timing());
        }
    }

    private void timing(List<Object> path, TimingSettings timing) {
        positive(path, "poll", timing.poll());
        positive(path, "timeout", timing.timeout());
        positive(path, "retryFirst", timing.retryFirst());
        positive(path, "retryMax", timing.retryMax());
        positive(path, "breakerOpen", timing.breakerOpen());
        if (timing.retryFirst() != null
                && timing.retryMax() != null
                && timing.retryMax().compareTo(timing.retryFirst()) < 0) {
            findings.add(SettingsReader.plus(path, "retryMax"), "is shorter than retryFirst");
        }
    }

    private void positive(List<Object> path, String name, @Nullable Duration duration) {
        if (duration != null && duration.isZero()) {
            findings.add(SettingsReader.plus(path, name), "0 (expected: longer than that)");
        }
    }

    private void watch(WatchSettings watch) {
        positive(List.of("alerts"), "delay", watch.delay());
    }

    private void keys(List<KeySettings> keys) {
        for (int i = 0; i < keys.size(); i++) {
            byte[] key = bytes(keys.get(i));
            if (key.length == 0) {
                continue;
            }
            if (key.length < KEY_LENGTH_MIN) {
                findings.add(
                        List.of("keys", i, "key"),
                        "is too short (expected: at least 8 characters; make one: openssl rand -base64 32)");
            }
            for (int j = 0; j < i; j++) {
                if (MessageDigest.isEqual(key, bytes(keys.get(j)))) {
                    findings.add(List.of("keys", i, "key"), "is the same as that of keys[" + j + "]");
                }
            }
        }
    }

    private void edi(EdiSettings edi) {
        unique(
                "edi.partners",
                "id",
                edi.partners().stream().map(EdiSettings.Partner::id).toList());
        if (edi.us() == null && !edi.partners().isEmpty()) {
            findings.add(List.of("edi", "us"), "missing (expected: our own address, since there are partners)");
        }
        Map<String, Integer> addresses = new HashMap<>();
        for (int i = 0; i < edi.partners().size(); i++) {
            EdiSettings.Partner partner = edi.partners().get(i);
            Integer first = addresses.putIfAbsent(partner.qualifier() + "/" + partner.partnerId(), i);
            if (first != null) {
                findings.add(
                        List.of("edi", "partners", i, "partnerId"),
                        "\"" + partner.partnerId() + "\" is the address of partners[" + first + "] already");
            }
        }
    }

    private void unique(String list, String field, List<String> ids) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            Integer first = seen.putIfAbsent(ids.get(i), i);
            if (first != null) {
                List<Object> path = new ArrayList<>(List.of((Object[]) list.split("\\.")));
                path.add(i);
                path.add(field);
                findings.add(path, "\"" + ids.get(i) + "\" is taken by " + list + "[" + first + "] already");
            }
        }
    }

    private static byte[] bytes(KeySettings key) {
        return key.key().reveal().getBytes(StandardCharsets.UTF_8);
    }
}
