package io.stockhub.app.console;

import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.DeadLetters.CauseGroup;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.DeadLetters.Detail;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.Replays;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockQueries.SkuTotals;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One cause: what is wrong, which messages, what to do about it, and what doing it would change. */
@Controller
class CausePage {
    private static final int LETTERS_SHOWN = 20;
    private static final int SKUS_SHOWN = 10;
    private static final int ITEMS_SHOWN = 10;

    private final DeadLetters deadLetters;
    private final Replays replays;
    private final StockQueries stock;

    CausePage(DeadLetters deadLetters, Replays replays, StockQueries stock) {
        this.deadLetters = deadLetters;
        this.replays = replays;
        this.stock = stock;
    }

    record Letter(
            long id,
            String href,
            @Nullable String sku,
            @Nullable String orderRef,
            String channel,
            String message,
            int attempts,
            String lastFailed) {
        static Letter of(DeadLetter letter) {
            return new Letter(
                    letter.id(),
                    "/dead-letters/" + letter.id(),
                    letter.sku(),
                    letter.orderRef(),
                    letter.channel(),
                    letter.message(),
                    letter.attempts(),
                    Words.time(letter.lastFailedAt()));
        }
    }

    /** What somebody looks for when saying which SKU is meant. */
    record Search(String query, List<SkuTotals> found, boolean more) {}

    /**
     * @param q part of the SKU that is looked for
     * @param preview the preview to show, by its id
     * @param sku whose alias the name was made
     */
    record Asked(@Nullable String q, @Nullable Long before, @Nullable Long preview, @Nullable String sku) {}

    @GetMapping("/dead-letters/cause")
    String page(@RequestParam String id, Asked asked, Authentication who, Model model) {
        Visitor.addTo(model, who);
        CauseGroup group = find(id, Filter.OPEN.state());
        boolean open = group != null;
        if (group == null) {
            group = find(id, null);
        }
        if (group == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No dead letter has that cause.");
        }
        model.addAttribute("stake", Stake.of(group));
        model.addAttribute("about", group.about());
        model.addAttribute("mapping", group.mapping());
        model.addAttribute("open", open);
        model.addAttribute("stockNumber", group.flow().equals("stock-out"));
        model.addAttribute("remedy", Remedy.of(group));
        addLetters(model, id, open, asked.before());
        addExample(model, group);
        model.addAttribute("search", search(asked.q()));
        model.addAttribute("attached", Said.orNull(asked.sku()));
        addPreview(model, asked.preview());
        return "cause";
    }

    private @Nullable CauseGroup find(String cause, @Nullable String state) {
        return deadLetters.byCause(new Filter(null, cause, null, null, state)).stream()
                .filter(group -> group.cause().equals(cause))
                .findFirst()
                .orElse(null);
    }

    private void addLetters(Model model, String cause, boolean open, @Nullable Long before) {
        Filter filter = new Filter(null, cause, null, null, open ? Filter.OPEN.state() : null);
        List<DeadLetter> found = deadLetters.list(filter, before, LETTERS_SHOWN + 1);
        List<DeadLetter> page = found.stream().limit(LETTERS_SHOWN).toList();
        model.addAttribute("letters", page.stream().map(Letter::of).toList());
        model.addAttribute(
                "nextHref",
                found.size() > LETTERS_SHOWN
                        ? "/dead-letters/cause?id=" + Said.encode(cause) + "&before="
                                + page.getLast().id() + "#messages"
                        : null);
    }

    private void addExample(Model model, CauseGroup group) {
        Detail example = deadLetters.get(group.example()).orElse(null);
        if (example != null) {
            model.addAttribute("example", Letter.of(example.deadLetter()));
            model.addAttribute("payload", Payload.of(example.payload()));
        }
    }

    private @Nullable Search search(@Nullable String q) {
        String query = Said.orNull(q);
        if (query == null) {
            return null;
        }
        List<SkuTotals> found = stock.list(null, SKUS_SHOWN + 1, query);
        return new Search(query, found.stream().limit(SKUS_SHOWN).toList(), found.size() > SKUS_SHOWN);
    }

    private void addPreview(Model model, @Nullable Long id) {
        Replays.Progress progress = id == null ? null : replays.progress(id).orElse(null);
        if (progress != null && progress.job().dryRun()) {
            model.addAttribute("part", ReplayPart.of(progress, ITEMS_SHOWN));
            model.addAttribute("previewReason", progress.job().reason());
        }
    }
}
