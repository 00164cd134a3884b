package io.stockhub.routes.edi;

import io.xlate.edi.schema.Schema;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import io.xlate.edi.stream.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs StAEDI over one set and turns what it reports into faults. Its habits that matter here: it raises element faults
 * of the segment before for a segment it did not expect; it cannot give the text of a missing element; it reports each
 * round of a loop beyond its maximum; and a segment without its loop's trigger makes all that follow faults.
 */
final class SetParser {
    private static final int LONGEST_VALUE = 99;

    /** ISA, GS and ST come first, and StAEDI counts from 1. */
    private static final int SEGMENTS_BEFORE = 3;

    private final Faults faults;
    private final SetPolicy policy;
    private final Limits limits;
    private final Deque<String> loops = new ArrayDeque<>();
    private final Set<String> fullLoops = new HashSet<>();
    private final Set<String> misplacedRun = new HashSet<>();
    private final List<EdiFault> pending = new ArrayList<>();
    private int current;
    private boolean misplaced;

    SetParser(Faults faults, SetPolicy policy, Limits limits) {
        this.faults = faults;
        this.policy = policy;
        this.limits = limits;
    }

    /** A segment as sent: what it is, where it is (ST is 1), its elements with the tag first. */
    record Place(String tag, int position, List<String> elements) {
        @Nullable
        String value(int element) {
            return element < elements.size() && !elements.get(element).isEmpty() ? elements.get(element) : null;
        }
    }

    /** @param places by number of the segment in the stream, ST is 0 */
    void parse(InputStream stream, Schema schema, IntFunction<Place> places) {
        try (EDIStreamReader reader = EDIInputFactory.newFactory().createEDIStreamReader(stream, "UTF-8")) {
            while (reader.hasNext()) {
                take(reader.next(), reader, schema, places);
            }
        } catch (EDIStreamException | RuntimeException e) {
            if (e instanceof Limits.OutOfTime outOfTime) {
                throw outOfTime;
            }
            Place place = places.apply(current);
            faults.add(EdiFault.ofSegment(place.tag(), place.position(), loops.peek(), "2"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flush();
    }

    private void take(EDIStreamEvent event, EDIStreamReader reader, Schema schema, IntFunction<Place> places) {
        switch (event) {
            case START_TRANSACTION -> reader.setTransactionSchema(schema);
            case START_LOOP -> loops.push(String.valueOf(reader.getReferenceCode()));
            case END_LOOP -> loops.poll();
            case SEGMENT_ERROR -> segmentFault(reader, places);
            case ELEMENT_DATA_ERROR, ELEMENT_OCCURRENCE_ERROR -> elementFault(reader, places);
            case START_SEGMENT -> moveTo(reader.getLocation());
            default -> {
                // Data is read from the file itself, not from here.
            }
        }
    }

    private void moveTo(Location at) {
        int segment = at.getSegmentPosition() - SEGMENTS_BEFORE;
        if (segment == current) {
            return;
        }
        flush();
        if (!misplaced) {
            misplacedRun.clear();
        }
        misplaced = false;
        current = segment;
        if (current % 1000 == 0) {
            limits.checkTime();
        }
    }

    private void segmentFault(EDIStreamReader reader, IntFunction<Place> places) {
        moveTo(reader.getLocation());
        Place place = places.apply(current);
        String code = Codes.of(reader.getErrorType());
        switch (code) {
            case "3" -> pending.add(EdiFault.ofSegment(reader.getReferenceCode(), place.position(), null, code));
            case "4" -> {
                if (fullLoops.add(String.valueOf(loops.peek()))) {
                    pending.add(EdiFault.ofSegment(place.tag(), place.position(), loops.peek(), code));
                }
            }
            default -> misplaced(place, code);
        }
    }

    private void misplaced(Place place, String code) {
        misplaced = true;
        boolean first = misplacedRun.add(place.tag() + " " + code);
        if (first || code.equals("6")) {
            pending.add(EdiFault.ofSegment(place.tag(), place.position(), loops.peek(), code));
        }
    }

    /** A segment that came once too often makes StAEDI miss what follows it; only the first is the sender's fault. */
    private void flush() {
        boolean repeated = pending.stream().anyMatch(fault -> fault.code().equals("5"));
        pending.stream().filter(fault -> !repeated || !fault.code().equals("3")).forEach(faults::add);
        pending.clear();
    }

    private void elementFault(EDIStreamReader reader, IntFunction<Place> places) {
        Location at = reader.getLocation();
        moveTo(at);
        Place place = places.apply(current);
        if (misplaced || place.tag().equals("ST") || place.tag().equals("SE")) {
            return;
        }
        int element = at.getElementPosition();
        String code = Codes.of(reader.getErrorType());
        faults.add(elementFault(
                place.tag(),
                place.position(),
                loops.peek(),
                element,
                reader.getReferenceCode(),
                code,
                place.value(element),
                !policy.tolerates(place.tag(), element, code)));
    }

    static EdiFault elementFault(
            String segment,
            int position,
            @Nullable String loop,
            int element,
            @Nullable String reference,
            String code,
            @Nullable String value,
            boolean refuses) {
        String shown = value == null || value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
        String message = "%s at segment %d, element %d: %s%s"
                .formatted(segment, position, element, shown == null ? "" : shown + ": ", Codes.element(code));
        return new EdiFault(segment, position, loop, element, reference, code, message, shown, refuses);
    }
}
