package io.stockhub.mapping;

/** Makes the failures of the engine, which only its own package can. */
public final class Broken {

    private Broken() {}

    public static MappingException at(String mapping, String place, String problem) {
        return new MappingException(mapping, place, problem);
    }
}
