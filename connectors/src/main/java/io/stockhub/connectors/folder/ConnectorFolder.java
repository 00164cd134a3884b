package io.stockhub.connectors.folder;

import io.stockhub.connectors.Manifest;
import java.util.List;

/**
 * One connector: its manifest and the Kamelets beside it, in the order of their names.
 */
public record ConnectorFolder(Manifest manifest, List<FolderFile> kamelets) {

    public ConnectorFolder {
        kamelets = List.copyOf(kamelets);
    }

    /** The Kamelet of an action of this connector; every action of the manifest has one. */
    public static String kameletOf(String connector, String action) {
        return connector + "-" + action + "-action";
    }
}
