package io.stockhub.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Says what it was asked to do. With a file {@code hang} where it runs, its rehearsal does not end by itself. */
final class StandInHub {
    private StandInHub() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println(arguments[0]);
        if (arguments[0].equals("rehearse") && Files.exists(Path.of("hang"))) {
            Files.writeString(
                    Path.of("rehearsing.pid"),
                    String.valueOf(ProcessHandle.current().pid()));
            while (true) {
                LockSupport.park();
            }
        }
    }
}
