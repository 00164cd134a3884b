package io.stockhub.connectors;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The front door to every outside system. Calls block the caller (a virtual thread, best), are safe from any thread,
 * and never retry: each failure comes back at once as a {@link CallFailure} that says what kind it is.
 * The account must have been added before.
 */
public interface Connectors {

    /** @throws IllegalArgumentException when there is no such connector; the message lists those that there are */
    Manifest manifest(String connector);

    /** Every connector, by id. */
    List<Manifest> all();

    /**
     * One page of the orders that changed in a span of time.
     *
     * @param since inclusive
     * @param until how far to read; systems differ on whether the bound is inclusive, so let readings overlap
     * @param cursor null for the first page, else what the last page gave
     * @param limit orders wanted; cut to what the system allows
     * @throws CallFailure when the page could not be read
     */
    OrdersPage ordersPage(Account a, Instant since, Instant until, @Nullable String cursor, int limit);

    /**
     * Tells the channel quantities. One call, so at most {@code limits.batchSize} items of the manifest, each SKU once.
     *
     * @param idempotencyKey the same for the same content: repeats have one effect where the system supports it
     * @return exactly one result per item, in the order given
     * @throws CallFailure when the call failed as a whole
     * @throws IllegalArgumentException when there are too many items, or one twice
     */
    List<QuantityResult> setQuantities(Account a, List<QuantityUpdate> items, String idempotencyKey);

    /**
     * What the channel lists now. Any number of SKUs: several calls where the system allows few at once.
     *
     * @return SKUs that the channel does not know are absent
     * @throws CallFailure when one of the calls failed
     */
    List<ListedQuantity> readQuantities(Account a, List<String> channelSkus);

    /**
     * Checks the signature of a message over its raw bytes, before anything reads them.
     *
     * @param headersLowerCase the headers as received, names in lower case
     */
    WebhookCheck verifyWebhook(Account a, Map<String, String> headersLowerCase, byte[] rawBody);
}
