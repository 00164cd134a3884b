package io.stockhub.routes.channel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All channels of this hub, by id. */
public final class Channels {
    private final Map<String, Channel> byId = new TreeMap<>();

    public Channels(List<Channel> channels) {
        channels.forEach(channel -> byId.put(channel.id(), channel));
    }

    public List<Channel> all() {
        return List.copyOf(byId.values());
    }

    public Optional<Channel> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
