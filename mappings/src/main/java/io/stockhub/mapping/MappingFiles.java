package io.stockhub.mapping;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds {@code <system>/<action>.jsonata} in folders and jars. */
final class MappingFiles {

    private static final String CLASSPATH = "classpath:";
    private static final String FILE = "file:";
    private static final Pattern NAME = Pattern.compile("([a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*)\\.jsonata");

    private MappingFiles() {}

    /** In the order of the names; of two files with one name the one in the later location. */
    static Collection<MappingFile> find(List<String> locations) {
        Map<String, MappingFile> byName = new LinkedHashMap<>();
        for (String location : locations) {
            try {
                at(location).forEach(file -> byName.put(file.name(), file));
            } catch (IOException e) {
                throw new UncheckedIOException("mappings at " + location, e);
            }
        }
        return byName.values();
    }

    private static List<MappingFile> at(String location) throws IOException {
        if (location.startsWith(CLASSPATH)) {
            return onClassPath(location, location.substring(CLASSPATH.length()));
        }
        if (location.startsWith(FILE)) {
            Path folder = folder(location);
            if (!Files.isDirectory(folder)) {
                throw new IllegalArgumentException("mappings: " + location + " (expected: an existing folder)");
            }
            return inFolder(folder);
        }
        throw new IllegalArgumentException("mappings: " + location + " (expected: classpath:… or file:…)");
    }

    private static Path folder(String location) {
        // Both file:/abs, file:///abs and file:relative are in use; only the first two are URIs with a path.
        return location.startsWith(FILE + "/")
                ? Path.of(URI.create(location.replace(" ", "%20")))
                : Path.of(location.substring(FILE.length()));
    }

    private static List<MappingFile> onClassPath(String location, String root) throws IOException {
        ClassLoader loader = MappingFiles.class.getClassLoader();
        List<MappingFile> files = new ArrayList<>();
        List<URL> urls = Collections.list(loader.getResources(root));
        // The first on the class path wins, as for every other resource; so it must be put last.
        for (URL url : urls.reversed()) {
            files.addAll(url.openConnection() instanceof JarURLConnection jar ? inJar(jar) : inFolder(path(url)));
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("mappings: " + location + " (expected: a folder with mappings in it)");
        }
        return files;
    }

    private static Path path(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("mappings: " + url, e);
        }
    }

    private static List<MappingFile> inFolder(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder, 2)) {
            List<MappingFile> files = new ArrayList<>();
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                String relative = folder.relativize(path).toString().replace('\\', '/');
                Matcher name = NAME.matcher(relative);
                if (name.matches()) {
                    files.add(new MappingFile(name.group(1), path.toString(), Files.readString(path)));
                }
            }
            return files;
        }
    }

    private static List<MappingFile> inJar(JarURLConnection connection) throws IOException {
        // Uncached, so that closing it here does not close the jar under the class loader.
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            String root = connection.getEntryName().endsWith("/")
                    ? connection.getEntryName()
                    : connection.getEntryName() + "/";
            List<MappingFile> files = new ArrayList<>();
            for (JarEntry entry : Collections.list(jar.entries())) {
                String path = entry.getName();
                Matcher name = NAME.matcher(path.startsWith(root) ? path.substring(root.length()) : "");
                if (name.matches()) {
                    files.add(new MappingFile(name.group(1), jar.getName() + "!/" + path, text(jar, entry)));
                }
            }
            return files;
        }
    }

    private static String text(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
