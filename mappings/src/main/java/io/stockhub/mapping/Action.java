package io.stockhub.mapping;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a mapping is for: the file's name without {@code .jsonata}, and the schema that its output must pass. */
enum Action {
    ORDER("order", "order"),
    ORDERS_PAGE_REQUEST("orders-page-request", "http-request"),
    ORDERS_PAGE_ANSWER("orders-page-answer", "orders-page"),
    SET_QUANTITIES_REQUEST("set-quantities-request", "http-request"),
    SET_QUANTITIES_ANSWER("set-quantities-answer", "quantity-results"),
    READ_QUANTITIES_REQUEST("read-quantities-request", "http-request"),
    READ_QUANTITIES_ANSWER("read-quantities-answer", "quantities"),
    RECEIPT("receipt", "receipt"),
    RECEIPT_944("receipt-944", "receipt"),
    ADJUSTMENT("adjustment", "adjustment");

    private final String fileName;
    private final String schema;

    Action(String fileName, String schema) {
        this.fileName = fileName;
        this.schema = schema;
    }

    String schema() {
        return schema;
    }

    static Optional<Action> named(String fileName) {
        return Arrays.stream(values()).filter(a -> a.fileName.equals(fileName)).findFirst();
    }

    static String known() {
        return Arrays.stream(values()).map(a -> a.fileName).collect(Collectors.joining(", "));
    }
}
