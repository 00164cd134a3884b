package io.stockhub.connectors;

import io.stockhub.connectors.folder.ConnectorFolders;
import java.util.List;

/** Manifests for tests, read as the product reads them. */
public final class Manifests {

    private static final ConnectorFolders FOLDERS = ConnectorFolders.load(List.of("classpath:connectors"));

    private Manifests() {}

    public static Manifest of(String connector) {
        return FOLDERS.get(connector).manifest();
    }
}
