package io.stockhub.app.console;

import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.Replays;
import io.stockhub.stock.Catalogue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a person does about all open dead letters of a cause: mend, look first, send again, discard. */
@Controller
class CauseActs {
    private final DeadLetters deadLetters;
    private final Replays replays;
    private final SkuAliases aliases;

    CauseActs(DeadLetters deadLetters, Replays replays, Catalogue catalogue) {
        this.deadLetters = deadLetters;
        this.replays = replays;
        this.aliases = new SkuAliases(catalogue);
    }

    /** @param sku whose alias the name was made; kept from page to page, so that the replay is noted as its fix */
    record Form(
            String cause,
            @Nullable String reason,
            @Nullable String rate,
            @Nullable String sku,
            @Nullable String mended) {
        Filter open() {
            return new Filter(null, cause, null, null, Filter.OPEN.state());
        }

        String page() {
            return "redirect:/dead-letters/cause?id=" + Said.encode(cause)
                    + (Said.orNull(sku) == null ? "" : "&sku=" + Said.encode(String.valueOf(sku)));
        }
    }

    @PostMapping("/dead-letters/preview")
    String preview(Form form, Authentication who) {
        return form.page() + "&preview=" + preview(form, null, who) + "#look";
    }

    private long preview(Form form, @Nullable String reason, Authentication who) {
        return replays.start(new Replays.Request(
                List.of(), form.open(), true, null, reason, Visitor.of(who).name()));
    }

    /** Makes the alias, and looks at once what it would mend. The preview keeps who did it and why. */
    @PostMapping("/dead-letters/alias")
    String alias(Form form, Authentication who, RedirectAttributes next) {
        String sku = Said.orNull(form.sku());
        String reason = Said.orNull(form.reason());
        Form again = new Form(form.cause(), form.reason(), null, null, null);
        if (sku == null || reason == null) {
            Said.refused(next, sku == null ? "Choose the SKU that is meant." : Reasons.MISSING, form.reason());
            return again.page() + "#mend";
        }
        DeadLetter letter =
                deadLetters.list(form.open(), null, 1).stream().findFirst().orElse(null);
        if (letter == null || letter.sku() == null || !letter.code().equals(Remedy.UNKNOWN_SKU)) {
            Said.refused(next, "Nothing of this cause is open any more that an alias mends.", form.reason());
            return again.page();
        }
        try {
            aliases.add(letter.channel(), letter.sku(), sku);
        } catch (IllegalArgumentException | Catalogue.AliasTakenException refused) {
            Said.refused(next, Said.plain(refused), form.reason());
            return again.page() + "#mend";
        }
        Said.done(
                next,
                "“" + letter.sku() + "” is " + sku + " at " + letter.channel()
                        + " from now on. See below what sending again would do.");
        return form.page() + "&preview=" + preview(form, reason, who) + "#look";
    }

    @PostMapping("/dead-letters/replay")
    String replay(Form form, Authentication who, RedirectAttributes next) {
        String reason = Said.orNull(form.reason());
        try {
            Reasons.require(reason);
            return "redirect:/replays/" + start(form, reason, Visitor.of(who).name());
        } catch (IllegalArgumentException | Catalogue.AliasTakenException refused) {
            Said.refused(next, Said.plain(refused), form.reason());
            return form.page() + "#send";
        }
    }

    private long start(Form form, @Nullable String reason, String by) {
        String sku = Said.orNull(form.sku());
        String kind = sku != null ? "alias" : Said.orNull(form.mended());
        if (kind == null) {
            return replays.start(
                    new Replays.Request(List.of(), form.open(), false, null, reason, by, Reasons.rate(form.rate())));
        }
        return replays.fix(new Replays.Fix(form.cause(), kind, sku, reason, by, Reasons.rate(form.rate())))
                .orElseThrow(() -> new IllegalArgumentException("Nothing of this cause is open any more."))
                .replayId();
    }

    @PostMapping("/dead-letters/discard")
    String discard(Form form, Authentication who, RedirectAttributes next) {
        String reason = Said.orNull(form.reason());
        DeadLetters.Discarded discarded;
        try {
            discarded = deadLetters.discard(
                    List.of(),
                    form.open(),
                    Reasons.require(reason),
                    Visitor.of(who).name());
        } catch (IllegalArgumentException refused) {
            Said.refused(next, Said.plain(refused), form.reason());
            return form.page() + "#discard";
        }
        Reasons.tell(discarded, next);
        return discarded.refused().isEmpty() ? "redirect:/dead-letters" : form.page();
    }
}
