package io.stockhub.routes.edi;

import io.xlate.edi.schema.EDISchemaException;
import io.xlate.edi.schema.Schema;
import io.xlate.edi.schema.SchemaFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The X12 sets we read: a table, and for each row a schema and a policy, all of them resources. Immutable. */
final class SetCatalog {
    private static final String ROOT = "/stockhub/edi/x12/";

    private final List<SetType> types;

    private SetCatalog(List<SetType> types) {
        this.types = List.copyOf(types);
    }

    /** One set of one version. */
    record SetType(String group, String set, String version, Schema schema, SetPolicy policy) {}

    static SetCatalog load() {
        StaediLog.quiet();
        List<SetType> types = new ArrayList<>();
        for (String row : rows(ROOT + "sets.txt")) {
            String[] words = row.split("\\s+");
            String place = ROOT + words[2] + "/" + words[1];
            SetPolicy policy = SetPolicy.parse(rows(place + ".policy"));
            types.add(new SetType(words[0], words[1], words[2], schema(place + ".xml"), policy));
        }
        return new SetCatalog(types);
    }

    @Nullable
    SetType find(String set, String version) {
        return types.stream()
                .filter(type -> type.set().equals(set) && version.startsWith(type.version()))
                .findFirst()
                .orElse(null);
    }

    boolean readsVersion(String version) {
        return types.stream().anyMatch(type -> version.startsWith(type.version()));
    }

    private static Schema schema(String resource) {
        try (InputStream in = SetCatalog.class.getResourceAsStream(resource)) {
            return SchemaFactory.newFactory().createSchema(in);
        } catch (EDISchemaException e) {
            throw new IllegalStateException(resource + ": not a schema", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that say something; none when there is no such resource. */
    private static List<String> rows(String resource) {
        try (InputStream in = SetCatalog.class.getResourceAsStream(resource)) {
            if (in == null) {
                return List.of();
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
