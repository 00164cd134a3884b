package io.stockhub.connectors.folder;

import io.stockhub.connectors.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The connectors that there are, found as folders with a {@code connector.yaml}. Immutable; load again to see changes.
 */
public final class ConnectorFolders {

    private final Map<String, ConnectorFolder> byId;

    private ConnectorFolders(Map<String, ConnectorFolder> byId) {
        this.byId = byId;
    }

    /**
     * Reads every folder of every location.
     *
     * @param locations {@code classpath:connectors} (directories and jars) and {@code file:DIR}; a folder of a later
     *     location replaces the one of the same name from an earlier location as a whole
     * @throws ConnectorFaults with every fault of every folder, each by file, line and field
     * @throws IllegalArgumentException for a location of another form, or a directory that does not exist
     */
    public static ConnectorFolders load(List<String> locations) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return load(locations, context == null ? ConnectorFolders.class.getClassLoader() : context);
    }

    static ConnectorFolders load(List<String> locations, ClassLoader classes) {
        Map<String, Map<String, FolderFile>> found = new TreeMap<>();
        for (String location : locations) {
            found.putAll(FolderFiles.in(location, classes));
        }
        return read(found);
    }

    private static ConnectorFolders read(Map<String, Map<String, FolderFile>> found) {
        ManifestReader reader = new ManifestReader();
        Map<String, ConnectorFolder> folders = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        found.forEach((name, files) -> {
            FolderFile manifestFile = files.get(ManifestReader.FILE);
            if (manifestFile == null) {
                return;
            }
            try {
                Manifest manifest = reader.read(name, manifestFile, files.keySet());
                folders.put(name, new ConnectorFolder(manifest, kamelets(files)));
            } catch (ConnectorFaults e) {
                faults.addAll(e.faults());
            }
        });
        if (!faults.isEmpty()) {
            throw new ConnectorFaults(faults);
        }
        return new ConnectorFolders(folders);
    }

    private static List<FolderFile> kamelets(Map<String, FolderFile> files) {
        return files.values().stream()
                .filter(file -> file.name().endsWith(".kamelet.yaml"))
                .toList();
    }

    /** Every connector, by id. */
    public List<ConnectorFolder> all() {
        return List.copyOf(byId.values());
    }

    /** @throws IllegalArgumentException when there is no such connector; the message lists those that there are */
    public ConnectorFolder get(String id) {
        ConnectorFolder folder = byId.get(id);
        if (folder == null) {
            throw new IllegalArgumentException("connector: \"" + id + "\" (expected: one of "
                    + byId.keySet().stream().collect(Collectors.joining(", ")) + ")");
        }
        return folder;
    }

    /** Whether there is a connector of this id. */
    public boolean has(String id) {
        return byId.containsKey(id);
    }
}
