/**
 * How events leave by Kafka and how messages come in by it. Decides nothing about stock; what comes in ends in the inbox.
 */
@NullMarked
package io.stockhub.routes.kafka;

import org.jspecify.annotations.NullMarked;
