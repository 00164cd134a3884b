package io.stockhub.app.console;

import io.stockhub.routes.Oversells;
import io.stockhub.routes.Oversells.Cause;
import io.stockhub.routes.Oversells.Event;
import io.stockhub.routes.Oversells.Fault;
import io.stockhub.routes.Oversells.Story;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Why an order was not there to be promised, and whose doing it was. */
@Controller
class OversoldPage {
    private final Oversells oversells;

    OversoldPage(Oversells oversells) {
        this.oversells = oversells;
    }

    record Order(
            String channel, String orderRef, String placed, @Nullable String received, String taken, List<Line> lines) {
        static Order of(Story story) {
            return new Order(
                    story.channel(),
                    story.orderRef(),
                    Words.moment(story.placedAt()),
                    story.receivedAt() == null ? null : Words.moment(story.receivedAt()),
                    Words.moment(story.takenAt()),
                    story.lines().stream().map(Line::of).toList());
        }
    }

    /** @param verdict the likeliest cause; null when nothing was short */
    record Line(
            String sku,
            String skuHref,
            boolean wasShort,
            String summary,
            @Nullable Verdict verdict,
            List<Verdict> others,
            List<Moment> events) {
        static Line of(Oversells.Line line) {
            List<Verdict> verdicts = line.causes().stream().map(Verdict::of).toList();
            return new Line(
                    line.sku(),
                    Said.sku(line.sku()),
                    line.shortBy() > 0,
                    line.shortBy() > 0
                            ? Words.number(line.shortBy()) + " of " + Words.number(line.quantity())
                                    + " were not there; " + Words.number(line.stillShort()) + " are missing now."
                            : "All of " + Words.number(line.quantity()) + " were there.",
                    verdicts.isEmpty() ? null : verdicts.getFirst(),
                    verdicts.stream().skip(1).toList(),
                    line.events().stream().map(Moment::of).toList());
        }
    }

    record Verdict(String whose, String code, String text) {
        static Verdict of(Cause cause) {
            return new Verdict(nameOf(cause.fault()), cause.fault().code(), cause.text());
        }
    }

    record Moment(String at, String text) {
        static Moment of(Event event) {
            return new Moment(Words.moment(event.at()), event.text());
        }
    }

    private static String nameOf(Fault fault) {
        return switch (fault) {
            case CHANNEL -> "The channel";
            case DELAY -> "Nobody: a number or an order was on its way";
            case HUB -> "The hub";
            case EDITED -> "Somebody who changed the number at the channel";
            case LATE_RECEIPT -> "Who wrote the receipt down late";
            case STOCK -> "The books: the goods were not on the shelf";
            case MAPPING -> "The mapping: the order could not be understood for a while";
            case UNKNOWN -> "Nothing that was written down explains it";
        };
    }

    @GetMapping("/why-oversold")
    String page(
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable String channel,
            Authentication who,
            Model model) {
        Visitor.addTo(model, who);
        String asked = Said.orNull(order);
        model.addAttribute("asked", asked);
        model.addAttribute("channel", Said.orNull(channel));
        model.addAttribute(
                "orders",
                asked == null
                        ? List.of()
                        : oversells.why(asked, Said.orNull(channel)).stream()
                                .map(Order::of)
                                .toList());
        return "why-oversold";
    }
}
