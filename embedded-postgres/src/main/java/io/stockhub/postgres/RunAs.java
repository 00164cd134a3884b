package io.stockhub.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The user that the server's programs run as: PostgreSQL refuses root. {@code prefix} goes before each command; files
 * of the server belong to {@code uid} and {@code gid}, or stay as they are when {@code changesOwner} is false.
 */
record RunAs(List<String> prefix, boolean changesOwner, int uid, int gid) {

    private static final int NOBODY = 65534;
    /** The server itself loads its libraries, finds its other parts and reads the data folder, or fails. */
    private static final String PROBE =
            "test \"$(id -u)\" != 0 && test -w \"$2\" && exec \"$1\" -D \"$2\" -C data_directory";

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);

    /**
     * Picks the way with the fewest rights that reaches both the programs and the data: plain {@code setpriv}; the same
     * with the right to pass through folders that root closed; a user namespace in which root is nobody.
     */
    static RunAs choose(Binaries binaries, DataFolder folder) {
        if (binaries.platform().windows() || !isRoot()) {
            return new RunAs(List.of(), false, 0, 0);
        }
        try {
            for (RunAs candidate : candidates(folder)) {
                if (candidate.reaches(binaries, folder)) {
                    return candidate;
                }
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    folder.parent() + ": cannot be written (" + e + "); choose another data folder", e);
        }
        throw new EmbeddedPostgresException("PostgreSQL does not run as root and no other user reaches both "
                + binaries.home() + " and " + folder.parent()
                + "; start as an ordinary user, or choose a data folder and XDG_CACHE_HOME below folders that others"
                + " may enter (chmod o+x)");
    }

    static boolean isRoot() {
        return Command.run(List.of("id", "-u"), PROBE_LIMIT).output().equals("0");
    }

    List<String> command(List<String> command) {
        return with(prefix, command.toArray(String[]::new));
    }

    void own(Path path) throws IOException {
        if (changesOwner) {
            FileTree.chown(path, uid, gid);
        }
    }

    /** A folder used under another way before may belong to someone else. */
    void ownAll(Path root) throws IOException {
        if (changesOwner && FileTree.uid(root) != uid) {
            FileTree.chownAll(root, uid, gid);
        }
    }

    private static List<RunAs> candidates(DataFolder folder) throws IOException {
        int uid = NOBODY;
        int gid = NOBODY;
        if (folder.isInitialised() && FileTree.uid(folder.data()) != 0) {
            uid = FileTree.uid(folder.data());
            gid = FileTree.gid(folder.data());
        }
        List<String> plain = List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups");
        List<String> passing = with(plain, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search");
        return List.of(
                new RunAs(plain, true, uid, gid),
                // access(2), by which the programs find each other, heeds the right only with this bit
                // (capabilities(7)).
                new RunAs(with(passing, "--securebits=+no_setuid_fixup"), true, uid, gid),
                new RunAs(passing, true, uid, gid),
                new RunAs(List.of("unshare", "-U"), true, 0, 0));
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    private boolean reaches(Binaries binaries, DataFolder folder) throws IOException {
        Path probe = folder.sibling("probe");
        FileTree.delete(probe);
        Path configuration = Files.createDirectory(probe).resolve("postgresql.conf");
        try {
            FileTree.setMode(probe, 0700);
            own(Files.createFile(configuration));
            own(probe);
            return Command.run(
                            command(List.of("sh", "-c", PROBE, "sh", binaries.program("postgres"), probe.toString())),
                            PROBE_LIMIT)
                    .ok();
        } finally {
            FileTree.delete(probe);
        }
    }
}
