package io.stockhub.app;

import io.stockhub.routes.Oversells;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers with the stories that a test put here. */
public final class FakeOversells implements Oversells {
    public final List<Story> stories = new CopyOnWriteArrayList<>();

    @Override
    public List<Story> why(String orderRef, String channel) {
        return stories.stream()
                .filter(story -> story.orderRef().equals(orderRef))
                .filter(story -> channel == null || story.channel().equals(channel))
                .toList();
    }
}
