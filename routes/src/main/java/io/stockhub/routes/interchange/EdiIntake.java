package io.stockhub.routes.interchange;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.EdiDesk;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.edi.AckNumbers;
import io.stockhub.routes.edi.Acknowledgements;
import io.stockhub.routes.edi.EdiGroup;
import io.stockhub.routes.edi.EdiInterchange;
import io.stockhub.routes.edi.EdiReader;
import io.stockhub.routes.edi.EdiSet;
import io.stockhub.routes.edi.Party;
import io.stockhub.routes.edi.Verdict;
import io.stockhub.routes.failure.Words;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.inbox.InboxStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Receives EDI. One interchange is one transaction: raw bytes, the answer, and the accepted documents in the inbox, or
 * nothing. The same interchange again gets the stored answer and posts nothing; the same control number with other
 * content is refused (TA1 025), since one of the two must be a mistake.
 */
public final class EdiIntake implements EdiDesk {
    private static final int PROBLEMS_SHOWN = 5;

    private final EdiReader reader;
    private final Map<Party, Sender> senders;
    private final InterchangeStore interchanges;
    private final InboxStore inbox;
    private final DeadLetterStore deadLetters;
    private final TransactionTemplate transaction;
    private final Supplier<Instant> now;
    private final Runnable afterStore;

    /**
     * @param senders whose documents have an effect
     * @param now the database's time
     */
    public EdiIntake(
            EdiReader reader,
            Map<Party, Sender> senders,
            JdbcClient jdbc,
            InboxStore inbox,
            DeadLetterStore deadLetters,
            TransactionTemplate transaction,
            Supplier<Instant> now,
            Runnable afterStore) {
        this.reader = reader;
        this.senders = Map.copyOf(senders);
        this.interchanges = new InterchangeStore(jdbc);
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.transaction = transaction;
        this.now = now;
        this.afterStore = afterStore;
    }

    /**
     * A partner as the hub knows it.
     *
     * @param name our short name of it: the source of its messages and dead letters, and the system of its aliases
     * @param mapping what reads its documents, for example {@code x12/receipt-944}
     */
    public record Sender(String name, String mapping) {}

    private record Taken(Outcome outcome, byte @Nullable [] acknowledgement, String message) {}

    @Override
    public Reception receive(byte[] raw, String source) {
        List<EdiInterchange> read = reader.read(raw);
        if (read.isEmpty()) {
            read = List.of(nothing(raw));
        }
        List<Taken> taken = new ArrayList<>();
        for (EdiInterchange interchange : read) {
            taken.add(Objects.requireNonNull(transaction.execute(status -> take(interchange, source))));
        }
        afterStore.run();
        ByteArrayOutputStream acknowledgements = new ByteArrayOutputStream();
        for (Taken one : taken) {
            if (one.acknowledgement() != null) {
                acknowledgements.writeBytes(one.acknowledgement());
            }
        }
        String message = String.join("; ", taken.stream().map(Taken::message).toList());
        return new Reception(acknowledgements.toByteArray(), worst(taken), message);
    }

    private static EdiInterchange nothing(byte[] raw) {
        return EdiInterchange.unreadable("unknown", "The file holds nothing.", raw);
    }

    private static Outcome worst(List<Taken> taken) {
        return taken.stream().map(Taken::outcome).max(Outcome::compareTo).orElse(Outcome.UNREADABLE);
    }

    private Taken take(EdiInterchange interchange, String source) {
        if (interchange.verdict() instanceof Verdict.Unreadable unreadable) {
            deadLetter(interchange, source, "decode.unreadable", unreadable.message());
            return new Taken(Outcome.UNREADABLE, null, unreadable.message());
        }
        List<InterchangeStore.Stored> before = interchanges.lockAndFind(interchange);
        Optional<InterchangeStore.Stored> same = interchanges.find(before, interchange);
        if (same.isPresent()) {
            String message = "interchange " + interchange.controlNumber()
                    + " was received before; nothing was posted, the same answer is given";
            return new Taken(Outcome.DUPLICATE, same.get().acknowledgement(), message);
        }
        return store(before.isEmpty() ? interchange : usedNumber(interchange), source);
    }

    private static EdiInterchange usedNumber(EdiInterchange interchange) {
        return interchange.refused(
                "025",
                "control number " + interchange.controlNumber()
                        + " was used before with other content (expected: a new number)");
    }

    private Taken store(EdiInterchange interchange, String source) {
        String partner = interchange.sender().toString();
        int number = interchanges.nextNumber(partner);
        byte[] acknowledgement =
                Acknowledgements.forInterchange(interchange, new AckNumbers(number, number), now.get());
        int accepted = 0;
        int rejected = interchange.verdict() instanceof Verdict.Refused ? 1 : 0;
        for (EdiGroup group : interchange.groups()) {
            rejected += group.codes().isEmpty() ? 0 : 1;
            for (EdiSet set : group.sets()) {
                accepted += set.accepted() ? 1 : 0;
                rejected += set.accepted() ? 0 : 1;
                post(interchange, group, set);
            }
        }
        Outcome outcome = rejected == 0 ? Outcome.ACCEPTED : accepted == 0 ? Outcome.REJECTED : Outcome.PARTLY_ACCEPTED;
        String message = message(interchange, outcome, accepted, rejected);
        interchanges.add(interchange, source, outcome.name(), message, acknowledgement);
        if (rejected > 0) {
            deadLetter(interchange, source, "edi.rejected", message);
        }
        return new Taken(outcome, acknowledgement, message);
    }

    private static String message(EdiInterchange interchange, Outcome outcome, int accepted, int rejected) {
        String what = "interchange " + interchange.controlNumber() + " of " + interchange.sender() + ": ";
        if (outcome == Outcome.ACCEPTED) {
            return what + accepted + " documents accepted" + (interchange.test() ? " (test: nothing is posted)" : "");
        }
        List<String> problems = interchange.problems();
        String shown = String.join("; ", problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size())));
        return what + accepted + " documents accepted, " + rejected + " rejected: " + shown;
    }

    /** Documents that are right become messages; test documents are acknowledged and never posted. */
    private void post(EdiInterchange interchange, EdiGroup group, EdiSet set) {
        Sender sender = senders.get(interchange.sender());
        if (!set.accepted() || interchange.test() || group.acknowledgement() || sender == null) {
            return;
        }
        byte[] payload = set.json().getBytes(StandardCharsets.UTF_8);
        String id = String.join("/", interchange.controlNumber(), group.controlNumber(), set.control());
        inbox.add(new InboxMessage(
                InboxMessage.Flow.RECEIPTS_IN,
                sender.name(),
                id + "@" + InboxStore.fingerprint(payload),
                id,
                sender.mapping(),
                "application/json",
                payload));
    }

    private void deadLetter(EdiInterchange interchange, String source, String code, String message) {
        Sender sender = senders.get(interchange.sender());
        String stranger = interchange.sender().id().isEmpty()
                ? source
                : interchange.sender().id();
        String partner = sender == null ? stranger : sender.name();
        deadLetters.addUnreadable(
                Words.keepable(partner),
                Words.keepable(new Failure(Failure.Kind.POISON, Failure.Stage.DECODE, code, message, null)),
                interchange.raw(),
                "application/edi-x12");
    }
}
