package io.stockhub.routes;

/** The door for EDI interchanges, whichever way they came. */
public interface EdiDesk {

    /**
     * Stores a file of interchanges, judges its syntax and answers with acknowledgements. Documents that pass are in
     * the inbox when this returns; their business content is handled after the answer.
     *
     * @param raw at most 50 MiB
     * @param source how it came, for people: {@code file:receipt.edi}, {@code http:erp}
     */
    Reception receive(byte[] raw, String source);

    /**
     * What became of a file.
     *
     * @param acknowledgement TA1, 997 as bytes, to be sent back; empty when the file holds nothing that may be
     *     acknowledged
     * @param outcome of the whole file
     * @param message one line for people
     */
    record Reception(byte[] acknowledgement, Outcome outcome, String message) {}

    /** Outcome of a file, worst interchange first. */
    enum Outcome {
        /** Syntax accepted; documents are in the inbox. */
        ACCEPTED,
        /** Every interchange was received before with the same content: the stored answer was given again. */
        DUPLICATE,
        /** Some documents were accepted, some rejected. */
        PARTLY_ACCEPTED,
        /** All documents were rejected; nothing was taken. The acknowledgement says why. */
        REJECTED,
        /** Not EDI at all, or cut off before it could be identified: in the dead letters. */
        UNREADABLE
    }
}
