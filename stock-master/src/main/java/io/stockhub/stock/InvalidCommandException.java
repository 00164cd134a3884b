package io.stockhub.stock;

/** A command that can never be right, whoever asks and whatever the stock: names the field, the value and what was expected. */
public final class InvalidCommandException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    public InvalidCommandException(String field, String problem) {
        super(field + ": " + problem);
        this.field = field;
        this.problem = problem;
    }

    /** The same fault, of a field that is part of {@code outer}, for example {@code lines[0]}. */
    InvalidCommandException within(String outer) {
        return new InvalidCommandException(outer + "." + field, problem);
    }

    /** The field at fault, for example {@code lines[0].quantity}. */
    public String field() {
        return field;
    }
}
