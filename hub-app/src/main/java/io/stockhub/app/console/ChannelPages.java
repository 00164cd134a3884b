package io.stockhub.app.console;

import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.ChannelDesk.Drift;
import io.stockhub.routes.ChannelDesk.DriftFilter;
import io.stockhub.routes.ChannelDesk.Health;
import io.stockhub.routes.Reconciliation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One channel: how it is, what to do about it, and where it showed what it should not. */
@Controller
class ChannelPages {
    private static final int DRIFTS_SHOWN = 30;

    private final ChannelDesk channels;
    private final Reconciliation reconciliation;

    ChannelPages(ChannelDesk channels, Reconciliation reconciliation) {
        this.channels = channels;
        this.reconciliation = reconciliation;
    }

    /**
     * Drift in words: what was seen, why, and what became of it.
     *
     * @param decideHref where a person decides; null when nothing waits for one
     */
    record DriftRow(
            @Nullable String decideHref,
            String sku,
            String skuHref,
            String channelSku,
            String expected,
            String shown,
            String foundAt,
            String foundBy,
            String cause,
            String became,
            boolean open) {
        static DriftRow of(Drift drift) {
            boolean held = "hold".equals(drift.policy()) && drift.closedAt() == null;
            return new DriftRow(
                    held ? Said.channel(drift.channel()) + "/drifts/" + drift.id() + "/decide" : null,
                    drift.sku(),
                    Said.sku(drift.sku()),
                    drift.channelSku(),
                    Words.number(drift.expected()),
                    drift.shown() == null ? "not listed" : Words.number(drift.shown()),
                    Words.time(drift.foundAt()),
                    drift.foundBy().equals("compare") ? "it refused an update" : "read back",
                    cause(drift.cause()),
                    became(drift),
                    drift.closedAt() == null);
        }

        private static String cause(Drift.Cause cause) {
            return switch (cause) {
                case UNEXPLAINED -> "Not explained yet: an order may be on its way";
                case SALE_IN_FLIGHT -> "It had sold units of which the hub heard later";
                case SHOWN_LATE -> "It showed our number late";
                case EDITED -> "Somebody or something else changed it there";
                case REJECTED_FEED -> "It refused our number and stayed with the one before";
                case LOST_UPDATE -> "It accepted our number and stayed with the one before";
                case WRONG_ALIAS -> "Our name for it belongs to another item there";
                case PROMOTION -> "It has set units of our number aside";
                case NOT_LISTED -> "The item is gone at the channel";
                case UNKNOWN -> "What is known does not suffice to say";
            };
        }

        private static String became(Drift drift) {
            if (drift.decided() != null) {
                return drift.decided().by()
                        + (drift.decided().decision().equals("overwrite")
                                ? " had our number sent"
                                : " took the channel’s number");
            }
            if (drift.closedAt() == null) {
                return "hold".equals(drift.policy())
                        ? "Held: it is told nothing until somebody decides"
                        : "Waits for an order that explains it";
            }
            if (drift.overwritten()) {
                return "Our number was sent again";
            }
            return switch (drift.cause()) {
                case SALE_IN_FLIGHT, SHOWN_LATE -> "Explained; nothing to do";
                default ->
                    "adopt".equals(drift.policy())
                            ? "It is told no more than it showed"
                            : "Its units were divided anew";
            };
        }
    }

    @GetMapping("/channels")
    String list(Authentication who, Model model) {
        Visitor.addTo(model, who);
        model.addAttribute(
                "channels", channels.health().stream().map(ChannelStatus::of).toList());
        return "channels";
    }

    @GetMapping("/channels/{channel}")
    String page(
            @PathVariable String channel,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable String drift,
            Authentication who,
            Model model) {
        Visitor.addTo(model, who);
        Health health = channels.health().stream()
                .filter(one -> one.channel().equals(channel))
                .findFirst()
                .orElseThrow(() -> absent(channel));
        model.addAttribute("channel", ChannelStatus.of(health));
        boolean openOnly = "open".equals(drift);
        List<Drift> found =
                channels.drifts(new DriftFilter(channel, null, openOnly ? true : null), before, DRIFTS_SHOWN + 1);
        List<Drift> page = found.stream().limit(DRIFTS_SHOWN).toList();
        String self = Said.channel(channel);
        model.addAttribute("drifts", page.stream().map(DriftRow::of).toList());
        model.addAttribute("openOnly", openOnly);
        model.addAttribute("self", self);
        model.addAttribute(
                "nextHref",
                found.size() > DRIFTS_SHOWN
                        ? self + "?" + (openOnly ? "drift=open&" : "") + "before="
                                + page.getLast().id() + "#drift"
                        : null);
        return "channel";
    }

    @PostMapping("/channels/{channel}/sync")
    String sync(@PathVariable String channel, RedirectAttributes next) {
        long listings = channels.sync(channel).orElseThrow(() -> absent(channel));
        Said.done(
                next, "All " + Words.count(listings, "number", "numbers") + " are sent again, at the channel's pace.");
        return "redirect:" + Said.channel(channel);
    }

    @PostMapping("/channels/{channel}/reconcile")
    String reconcile(@PathVariable String channel, RedirectAttributes next) {
        long listings = channels.readBack(channel).orElseThrow(() -> absent(channel));
        Said.done(
                next,
                "All " + Words.count(listings, "number", "numbers")
                        + " are read back, with the share of the channel's calls that is meant for it. What differs appears below.");
        return "redirect:" + Said.channel(channel);
    }

    @PostMapping("/channels/{channel}/drifts/{id}/decide")
    String decide(
            @PathVariable String channel,
            @PathVariable long id,
            @RequestParam String decision,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            RedirectAttributes next) {
        Reconciliation.Decision decided = decision.equals(Reconciliation.Decision.ADOPT.code())
                ? Reconciliation.Decision.ADOPT
                : Reconciliation.Decision.OVERWRITE;
        try {
            switch (reconciliation.decide(id, decided, Visitor.of(who).name(), Reasons.require(reason))) {
                case Reconciliation.Decided.Done done ->
                    Said.done(next, "Decided. Who and why is kept with the drift.");
                case Reconciliation.Decided.NothingToDecide nothing ->
                    Said.refused(next, "Nothing was changed: " + nothing.why() + ".", reason);
                case Reconciliation.Decided.NoSuchDrift none -> throw absent(channel);
            }
        } catch (IllegalArgumentException missing) {
            Said.refused(next, Said.plain(missing), reason);
        }
        return "redirect:" + Said.channel(channel) + "#drift";
    }

    private static ResponseStatusException absent(String channel) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no channel “" + channel + "”.");
    }
}
