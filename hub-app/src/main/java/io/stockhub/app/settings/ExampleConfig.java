package io.stockhub.app.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The commented example of {@code stockhub.yaml}. */
public final class ExampleConfig {
    static final String RESOURCE = "/stockhub/stockhub.example.yaml";

    private ExampleConfig() {}

    /** Writes the example unless there is a file already, which is never touched. Returns what to do next. */
    public static String offer(Path directory) {
        Path file = directory.resolve(ConfigFile.NAME);
        String next = "  ./stockhub run --config " + directory;
        if (Files.exists(file)) {
            return file + " is there already and was not changed. Start the hub with it:\n" + next;
        }
        try (InputStream example = ExampleConfig.class.getResourceAsStream(RESOURCE)) {
            Files.createDirectories(directory);
            Files.copy(example, file);
        } catch (IOException why) {
            throw new UncheckedIOException("cannot write " + file, why);
        }
        return "The hub needs to know your keys, locations and channels. An example was written to " + file + ".\n"
                + "Fill in"
                + " the parts"
                + " marked"
                + " FILL"
                + " IN (keys,"
                + " locations,"
                + " channels),"
                + " make"
                + " the first"
                + " key and"
                + " start"
                + " the hub:\n"
                + "  export"
                + " STOCKHUB_ADMIN_KEY=$(openssl"
                + " rand"
                + " -base64"
                + " 32)\n"
                + next;
    }
}
