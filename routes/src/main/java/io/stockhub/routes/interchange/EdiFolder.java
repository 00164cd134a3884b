package io.stockhub.routes.interchange;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.EdiDesk;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.failure.FailureReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes EDI files from a folder and puts the acknowledgements into another, whole and on disk before they are seen. */
public final class EdiFolder {
    private static final Logger LOG = LoggerFactory.getLogger(EdiFolder.class);
    private static final int KEPT_OF_TOO_LARGE = 64 * 1024;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final EdiDesk desk;
    private final DeadLetterStore deadLetters;
    private final Path out;
    private final long bytesMax;
    private final Supplier<Instant> now;

    /** @param out where acknowledgements go; made when it is missing */
    public EdiFolder(EdiDesk desk, DeadLetterStore deadLetters, Path out, long bytesMax, Supplier<Instant> now) {
        this.desk = desk;
        this.deadLetters = deadLetters;
        this.out = out;
        this.bytesMax = bytesMax;
        this.now = now;
    }

    /** Takes one file; when this returns, what it holds is stored and answered, and the file may go. */
    public void take(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (Files.size(file) > bytesMax) {
            tooLarge(file, name);
            return;
        }
        EdiDesk.Reception reception;
        try {
            reception = desk.receive(Files.readAllBytes(file), "file:" + name);
        } catch (RuntimeException e) {
            giveUp(file, name, FailureReading.of(e));
            return;
        }
        LOG.info("EDI file {}: {} ({})", name, reception.outcome(), reception.message());
        if (reception.acknowledgement().length > 0) {
            write(acknowledgementName(name), reception.acknowledgement());
        }
    }

    /** What may pass is thrown on, and the file is read again; anything else would be read again for ever. */
    private void giveUp(Path file, String name, FailureReading reading) throws IOException {
        if (reading.mayPass()) {
            throw new IOException("file " + name + ": " + reading.failure().message());
        }
        deadLetters.addUnreadable("file:" + name, reading.failure(), Files.readAllBytes(file), "application/edi-x12");
    }

    private void tooLarge(Path file, String name) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String message = "file " + name + ": " + Files.size(file) + " bytes (expected: at most " + bytesMax
                    + "); its beginning is kept here";
            Failure failure = new Failure(Failure.Kind.POISON, Failure.Stage.RECEIVE, "edi.too_large", message, null);
            deadLetters.addUnreadable("file:" + name, failure, in.readNBytes(KEPT_OF_TOO_LARGE), "application/edi-x12");
        }
    }

    private String acknowledgementName(String name) {
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        return base.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + STAMP.format(now.get()) + ".997.edi";
    }

    private void write(String name, byte[] content) throws IOException {
        Files.createDirectories(out);
        Path temporary = out.resolve(name + ".tmp");
        Files.write(temporary, content);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, out.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
