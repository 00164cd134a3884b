package io.stockhub.routes.kafka;

import org.apache.camel.component.kafka.consumer.CommitManager;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualSyncCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory;

/**
 * Commits an offset when it is told to, and at no other time. With its own factories Camel (4.17) also commits the offset of
 * a record whose route failed, at the end of a poll and when partitions are taken away: that record would be lost. It leaves
 * that out for factories that it does not know.
 */
public final class CommitByHandOnly implements KafkaManualCommitFactory {
    @Override
    public KafkaManualCommit newInstance(
            CamelExchangePayload exchange, KafkaRecordPayload record, CommitManager manager) {
        return new DefaultKafkaManualSyncCommit(exchange, record, manager);
    }
}
