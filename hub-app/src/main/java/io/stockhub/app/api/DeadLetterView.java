package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stockhub.routes.DeadLetters;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dead letter on the wire. */
record DeadLetterView(
        String id,
        String channel,
        String flow,
        String stage,
        String kind,
        String code,
        String cause,
        String message,
        @Nullable String sku,
        @Nullable String orderRef,
        int attempts,
        Instant firstFailedAt,
        Instant lastFailedAt,
        String state) {

    static DeadLetterView of(DeadLetters.DeadLetter letter) {
        return new DeadLetterView(
                Long.toString(letter.id()),
                letter.channel(),
                letter.flow(),
                letter.stage(),
                letter.kind(),
                letter.code(),
                letter.cause(),
                letter.message(),
                letter.sku(),
                letter.orderRef(),
                letter.attempts(),
                letter.firstFailedAt(),
                letter.lastFailedAt(),
                letter.state());
    }

    /** A group on the wire. {@code units} and {@code money} are sums of what is known; null when nothing is. */
    record Cause(
            String cause,
            @Nullable String connector,
            String channel,
            List<String> channels,
            String flow,
            String stage,
            String kind,
            String code,
            @Nullable String field,
            @Nullable String mapping,
            @Nullable String mappingVersion,
            String message,
            String example,
            long count,
            long skus,
            @Nullable Long units,
            long unitsUnknown,
            @Nullable BigDecimal money,
            Instant firstSeen,
            Instant lastSeen) {
        static Cause of(DeadLetters.CauseGroup group) {
            return new Cause(
                    group.cause(),
                    group.about().connector(),
                    group.channel(),
                    group.channels(),
                    group.flow(),
                    group.stage(),
                    group.kind(),
                    group.code(),
                    group.about().field(),
                    group.mapping(),
                    group.about().mappingVersion(),
                    group.message(),
                    Long.toString(group.example()),
                    group.count(),
                    group.skus(),
                    group.about().units(),
                    group.unitsUnknown(),
                    group.about().money(),
                    group.firstSeen(),
                    group.lastSeen());
        }
    }

    /** With its payload: as text, or in Base64 where it is no UTF-8 ({@code payloadEncoding} says which). */
    record Detail(
            @JsonUnwrapped DeadLetterView deadLetter,
            String payload,
            String payloadEncoding,
            String contentType,
            @Nullable String mapping,
            List<DeadLetters.Attempt> history,
            @Nullable String connector,
            @Nullable String field,
            @Nullable String mappingVersion,
            @Nullable Long units,
            @Nullable BigDecimal money,
            @Nullable String closedBy,
            @Nullable String closedReason) {

        static Detail of(DeadLetters.Detail detail) {
            String text = text(detail.payload());
            return new Detail(
                    DeadLetterView.of(detail.deadLetter()),
                    text == null ? Base64.getEncoder().encodeToString(detail.payload()) : text,
                    text == null ? "base64" : "text",
                    detail.contentType(),
                    detail.mapping(),
                    detail.history(),
                    detail.about().connector(),
                    detail.about().field(),
                    detail.about().mappingVersion(),
                    detail.about().units(),
                    detail.about().money(),
                    detail.about().closedBy(),
                    detail.about().closedReason());
        }

        private static @Nullable String text(byte[] payload) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(payload))
                        .toString();
            } catch (CharacterCodingException binary) {
                return null;
            }
        }
    }
}
