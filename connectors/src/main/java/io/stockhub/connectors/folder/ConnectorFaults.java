package io.stockhub.connectors.folder;

import java.util.List;
import java.util.stream.Collectors;

/** Connector folders that cannot be used; the message lists every fault of every file, one a line. */
public final class ConnectorFaults extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    ConnectorFaults(List<Fault> faults) {
        super(faults.stream().sorted().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = faults.stream().sorted().toList();
    }

    /** The faults, by file and line. */
    public List<Fault> faults() {
        return faults;
    }
}
