package io.stockhub.app.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What others do with the broker: they read the hub's topics from their beginning, and write to topics of their own. */
final class KafkaTopics implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A record of ours. */
    record Told(String key, int partition, JsonNode event) {
        String id() {
            return event.path("id").asText();
        }

        long sequence() {
            return Long.parseLong(event.path("sequence").asText());
        }
    }

    private final KafkaConsumer<String, byte[]> consumer;
    private final String brokers;
    private final List<Told> told = new ArrayList<>();

    KafkaTopics(String brokers, String... topics) {
        this.brokers = brokers;
        Properties properties = new Properties();
        properties.put("bootstrap.servers", brokers);
        properties.put("group.id", "reader-" + UUID.randomUUID());
        properties.put("auto.offset.reset", "earliest");
        properties.put("metadata.max.age.ms", "1000");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topics));
    }

    /** All that was told so far, in the order of arrival; duplicates too. */
    List<Told> read() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            try {
                told.add(new Told(record.key(), record.partition(), JSON.readTree(record.value())));
            } catch (IOException e) {
                throw new AssertionError(new String(record.value(), StandardCharsets.UTF_8), e);
            }
        }
        return List.copyOf(told);
    }

    /** What a reader believes who takes an event about a subject only when it is newer than what it has. */
    Map<String, JsonNode> believed() {
        Map<String, Told> newest = new LinkedHashMap<>();
        for (Told one : read()) {
            newest.merge(one.key(), one, (old, other) -> other.sequence() > old.sequence() ? other : old);
        }
        Map<String, JsonNode> data = new LinkedHashMap<>();
        newest.forEach((key, one) -> data.put(key, one.event().path("data")));
        return data;
    }

    /** Writes records, each acknowledged. */
    void write(String topic, String key, String... records) throws Exception {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", brokers);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            for (String record : records) {
                ProducerRecord<String, byte[]> one =
                        new ProducerRecord<>(topic, key, record.getBytes(StandardCharsets.UTF_8));
                one.headers().add("CamelFileName", "../evil".getBytes(StandardCharsets.UTF_8));
                producer.send(one).get();
            }
        }
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(2));
    }
}
