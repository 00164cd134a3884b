package io.stockhub.postgres;

import java.util.Locale;

/** The machine's operating system and processor, in the words the binaries' archives use. */
record Platform(String system, String processor) {

    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : "windows";
        String processor =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> osArch;
                };
        return new Platform(system, processor);
    }

    boolean windows() {
        return system.equals("windows");
    }

    String archive() {
        return "/postgres-" + this + ".txz";
    }

    String program(String name) {
        return windows() ? name + ".exe" : name;
    }

    @Override
    public String toString() {
        return system + "-" + processor;
    }
}
