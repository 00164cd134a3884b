package io.stockhub.routes.interchange;

import io.stockhub.routes.edi.EdiInterchange;
import io.stockhub.routes.failure.Words;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Interchanges as received, each with the answer that was given. Runs in the caller's transaction. */
final class InterchangeStore {

    /** An interchange that came before. */
    record Stored(byte[] contentHash, String outcome, byte @Nullable [] acknowledgement) {
        boolean sameContentAs(EdiInterchange other) {
            return Arrays.equals(contentHash, hash(other.raw()));
        }
    }

    private final JdbcClient jdbc;

    InterchangeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All that came under the same control number, after making sure that no other thread is storing one. */
    List<Stored> lockAndFind(EdiInterchange interchange) {
        String name = String.join(
                "|", interchange.standard(), sender(interchange), receiver(interchange), control(interchange));
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 944))")
                .param(name)
                .query((row, n) -> 0)
                .single();
        return jdbc.sql(
                        """
                        select content_hash, outcome, acknowledgement from edi_interchange
                        where standard = ? and sender = ? and receiver = ? and control_number = ?
                        order by interchange_id""")
                .params(interchange.standard(), sender(interchange), receiver(interchange), control(interchange))
                .query((row, n) -> new Stored(row.getBytes(1), row.getString(2), row.getBytes(3)))
                .list();
    }

    Optional<Stored> find(List<Stored> stored, EdiInterchange interchange) {
        return stored.stream().filter(one -> one.sameContentAs(interchange)).findFirst();
    }

    void add(
            EdiInterchange interchange,
            String source,
            String outcome,
            String message,
            byte @Nullable [] acknowledgement) {
        jdbc.sql(
                        """
                        insert into edi_interchange (standard, sender, receiver, control_number, content_hash, raw, source,
                          outcome, message, acknowledgement) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        interchange.standard(),
                        sender(interchange),
                        receiver(interchange),
                        control(interchange),
                        hash(interchange.raw()),
                        interchange.raw(),
                        source,
                        outcome,
                        Words.keepable(message),
                        acknowledgement)
                .update();
    }

    /** The next number of an interchange of ours to this partner. Gaps are allowed, repeats are not. */
    int nextNumber(String partner) {
        return jdbc.sql(
                        """
                        insert into edi_counter as c (partner, last) values (?, 1)
                        on conflict (partner) do update set last = c.last % 999999999 + 1 returning last""")
                .param(Words.keepable(partner))
                .query(Integer.class)
                .single();
    }

    private static String sender(EdiInterchange interchange) {
        return Words.keepable(interchange.sender().toString());
    }

    private static String receiver(EdiInterchange interchange) {
        return Words.keepable(interchange.receiver().toString());
    }

    private static String control(EdiInterchange interchange) {
        return Words.keepable(interchange.controlNumber());
    }

    private static byte[] hash(byte[] raw) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(raw);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
