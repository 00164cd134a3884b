package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.DiscrepancyKind;
import io.stockhub.stock.InboundDesk;
import io.stockhub.stock.InboundDesk.Difference;
import io.stockhub.stock.InboundDesk.Head;
import io.stockhub.stock.InboundDesk.Inbound;
import io.stockhub.stock.InboundDesk.Name;
import io.stockhub.stock.RefusalCode;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Announced goods, what came of them, and their end. */
@RestController
class InboundsController {
    private static final String WHAT = "inbound";

    private final InboundDesk desk;
    private final StockDoor stock;

    InboundsController(InboundDesk desk, StockDoor stock) {
        this.desk = desk;
        this.stock = stock;
    }

    record HeadView(
            String location,
            String reference,
            String state,
            @Nullable Instant expectedAt,
            @Nullable Instant closedAt,
            long announced,
            long expected,
            long openDiscrepancies) {
        static HeadView of(Head head) {
            return new HeadView(
                    head.name().location(),
                    head.name().reference(),
                    stateOf(head.closedAt()),
                    head.expectedAt(),
                    head.closedAt(),
                    head.announced(),
                    head.expected(),
                    head.openDiscrepancies());
        }
    }

    record Page(List<HeadView> inbounds, @Nullable String next) {}

    record View(
            String location,
            String reference,
            String state,
            @Nullable Instant expectedAt,
            @Nullable Instant closedAt,
            List<InboundDesk.Line> lines,
            List<DiscrepancyView> discrepancies) {
        static View of(Inbound inbound) {
            return new View(
                    inbound.name().location(),
                    inbound.name().reference(),
                    stateOf(inbound.closedAt()),
                    inbound.expectedAt(),
                    inbound.closedAt(),
                    inbound.lines(),
                    inbound.discrepancies().stream().map(DiscrepancyView::of).toList());
        }
    }

    private static String stateOf(@Nullable Instant closedAt) {
        return closedAt == null ? "open" : "closed";
    }

    @GetMapping("/api/v1/inbounds")
    Page list(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("state", "location", "after", "limit"), Set.of());
        int limit = query.limit(Pages.LIMIT_DEFAULT, Pages.LIMIT_MAX);
        List<Head> found = desk.inbounds(Pages.open(query, "closed"), query.text("location"), after(query), limit + 1);
        return new Page(
                Pages.cut(found, limit).stream().map(HeadView::of).toList(),
                Pages.next(found, limit, last -> token(last.name())));
    }

    /** Two names in one parameter, whatever characters are in them. */
    private static String token(Name name) {
        byte[] text = (name.location() + "\n" + name.reference()).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private static @Nullable Name after(Query query) {
        String token = query.text("after");
        if (token == null) {
            return null;
        }
        try {
            String[] names = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\n", 2);
            if (names.length == 2 && names[1].indexOf('\u0000') < 0 && names[0].indexOf('\u0000') < 0) {
                return new Name(names[0], names[1]);
            }
        } catch (IllegalArgumentException notOurs) {
            // answered below
        }
        throw query.invalid("after", "(expected: the next of the page before)");
    }

    @GetMapping("/api/v1/inbounds/{location}/{reference}")
    View get(@PathVariable String location, @PathVariable String reference) {
        return View.of(found(new Name(location, reference)));
    }

    private Inbound found(Name name) {
        return desk.inbound(name)
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, WHAT, name.location() + " / " + name.reference()));
    }

    /** {@code movementId} is null when nothing was still to come. */
    record Closed(@Nullable String movementId, @JsonUnwrapped View inbound) {}

    @PostMapping("/api/v1/inbounds/{location}/{reference}/close")
    ResponseEntity<Closed> close(
            @PathVariable String location,
            @PathVariable String reference,
            @MayBeEmpty Fields body,
            Caller caller,
            CommandKey key) {
        body.allow(Set.of("resolutions"), Set.of());
        Name name = new Name(location, reference);
        Command.CloseInbound close =
                new Command.CloseInbound(location, reference, caller.name(), key.value(), resolutions(body));
        Answer answer = stock.execute(close);
        if (answer instanceof Answer.Refused(RefusalCode code, String field, String message)) {
            throw switch (code) {
                case UNKNOWN_INBOUND -> Ids.absent(ProblemType.NOT_FOUND, WHAT, location + " / " + reference);
                case INBOUND_CLOSED ->
                    Problem.of(ProblemType.WRONG_STATE, "The inbound is closed already.")
                            .with("state", "closed")
                            .asException();
                case UNRECONCILED -> unreconciled(message, name, close.resolutions());
                default -> Rejections.of(answer);
            };
        }
        if (!(answer instanceof Answer.Moved moved)) {
            throw Rejections.of(answer);
        }
        ResponseEntity.BodyBuilder ok = ResponseEntity.ok();
        if (moved.replayed()) {
            ok.header(CommandKey.REPLAYED, "true");
        }
        return ok.body(
                new Closed(moved.movementId() == 0 ? null : Long.toString(moved.movementId()), View.of(found(name))));
    }

    /** What is still to be named, so that the same call with these resolved closes it. */
    private RuntimeException unreconciled(String message, Name name, List<Command.Resolution> given) {
        List<Map<String, Object>> missing = new ArrayList<>();
        for (Difference difference : desk.differences(name)) {
            boolean named = given.stream()
                    .anyMatch(resolution ->
                            resolution.sku().equals(difference.sku()) && resolution.kind() == difference.kind());
            if (!named) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("sku", difference.sku());
                line.put("kind", difference.kind().code());
                line.put("quantity", difference.quantity());
                missing.add(line);
            }
        }
        return Problem.ofField(ProblemType.UNRECONCILED, "resolutions", message)
                .with("missing", missing)
                .asException();
    }

    private static List<Command.Resolution> resolutions(Fields body) {
        List<Command.Resolution> resolutions = new ArrayList<>();
        for (Fields one : body.objects("resolutions")) {
            one.allow(Set.of("sku", "kind", "resolution", "note"), Set.of());
            resolutions.add(new Command.Resolution(
                    one.text("sku"), kind(one), one.text("resolution"), one.optionalText("note")));
        }
        return resolutions;
    }

    private static DiscrepancyKind kind(Fields resolution) {
        String kind = resolution.text("kind");
        return switch (kind) {
            case "short" -> DiscrepancyKind.SHORT;
            case "over" -> DiscrepancyKind.OVER;
            case "damaged" -> DiscrepancyKind.DAMAGED;
            default -> throw resolution.invalid("kind", "\"" + kind + "\" (expected: short, over or damaged)");
        };
    }
}
