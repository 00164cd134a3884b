package io.stockhub.connectors.folder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The YAML files one folder deep below a location: folder name to file name to file. */
final class FolderFiles {

    private static final String CLASSPATH = "classpath:";
    private static final String FILE = "file:";
    private static final long BYTES_MAX = 1024 * 1024;

    private final Map<String, Map<String, FolderFile>> folders = new TreeMap<>();

    private FolderFiles() {}

    static Map<String, Map<String, FolderFile>> in(String location, ClassLoader classes) {
        FolderFiles files = new FolderFiles();
        try {
            if (location.startsWith(CLASSPATH)) {
                files.classpath(location.substring(CLASSPATH.length()), classes);
            } else if (location.startsWith(FILE)) {
                files.existingDirectory(location);
            } else {
                throw new IllegalArgumentException(
                        "location: \"" + location + "\" (expected: classpath:FOLDER or file:DIRECTORY)");
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalArgumentException("location: \"" + location + "\" cannot be read: " + e.getMessage(), e);
        }
        return files.folders;
    }

    private void existingDirectory(String location) throws IOException {
        Path directory = Path.of(location.substring(FILE.length()));
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("location: \"" + location + "\" (expected: a directory that exists)");
        }
        directory(directory, FILE + directory);
    }

    private void classpath(String root, ClassLoader classes) throws IOException, URISyntaxException {
        String folder = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        List<URL> places = Collections.list(classes.getResources(folder));
        // The first on the class path wins for a class, so it wins here: put it last, over the others.
        Collections.reverse(places);
        for (URL place : places) {
            if (place.openConnection() instanceof JarURLConnection jar) {
                jar(jar, folder);
            } else {
                directory(Path.of(new URI(place.toString())), CLASSPATH + folder);
            }
        }
    }

    private void jar(JarURLConnection connection, String root) throws IOException {
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (name.startsWith(root + "/") && isWanted(name)) {
                    String[] parts = name.substring(root.length() + 1).split("/");
                    if (parts.length == 2) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            add(parts[0], parts[1], CLASSPATH + name, in.readNBytes((int) BYTES_MAX));
                        }
                    }
                }
            }
        }
    }

    private void directory(Path directory, String shown) throws IOException {
        try (Stream<Path> below = Files.walk(directory, 2)) {
            below.filter(path -> directory.relativize(path).getNameCount() == 2)
                    .filter(path -> isWanted(path.getFileName().toString()))
                    .filter(Files::isRegularFile)
                    .forEach(path -> add(shown, path));
        }
    }

    private void add(String shown, Path path) {
        String folder = path.getParent().getFileName().toString();
        String name = path.getFileName().toString();
        try {
            if (Files.size(path) > BYTES_MAX) {
                throw new IllegalArgumentException(path + ": larger than " + BYTES_MAX + " bytes");
            }
            add(folder, name, shown + "/" + folder + "/" + name, Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String folder, String name, String location, byte[] bytes) {
        folders.computeIfAbsent(folder, key -> new TreeMap<>())
                .put(name, new FolderFile(name, location, new String(bytes, StandardCharsets.UTF_8)));
    }

    private static boolean isWanted(String name) {
        return name.endsWith(".yaml");
    }
}
