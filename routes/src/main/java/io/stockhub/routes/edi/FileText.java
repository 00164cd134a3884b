package io.stockhub.routes.edi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a file as one character per byte (or per two, in UTF-16), so that envelopes can be found before it is
 * known how their content is encoded.
 */
final class FileText {
    private final byte[] raw;
    private final String text;
    private final boolean wide;
    private final int skipped;

    private FileText(byte[] raw, String text, boolean wide, int skipped) {
        this.raw = raw;
        this.text = text;
        this.wide = wide;
        this.skipped = skipped;
    }

    static FileText of(byte[] raw) {
        if (startsWith(raw, 0xFF, 0xFE)) {
            return wide(raw, StandardCharsets.UTF_16LE, 2);
        }
        if (startsWith(raw, 0xFE, 0xFF)) {
            return wide(raw, StandardCharsets.UTF_16BE, 2);
        }
        if (startsWith(raw, 'I', 0, 'S', 0, 'A', 0)) {
            return wide(raw, StandardCharsets.UTF_16LE, 0);
        }
        if (startsWith(raw, 0, 'I', 0, 'S', 0, 'A')) {
            return wide(raw, StandardCharsets.UTF_16BE, 0);
        }
        return new FileText(raw, new String(raw, StandardCharsets.ISO_8859_1), false, 0);
    }

    private static FileText wide(byte[] raw, Charset charset, int bom) {
        return new FileText(raw, new String(raw, bom, raw.length - bom, charset), true, bom);
    }

    private static boolean startsWith(byte[] raw, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= raw.length || (raw[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    String text() {
        return text;
    }

    byte[] bytes(int start, int end) {
        int from = start == 0 ? 0 : offset(start);
        int to = end >= text.length() ? raw.length : offset(end);
        return from == 0 && to == raw.length ? raw : Arrays.copyOfRange(raw, from, Math.max(from, to));
    }

    private int offset(int character) {
        return Math.min(raw.length, wide ? skipped + 2 * character : character);
    }

    /** The part in its own characters: UTF-8 where its bytes are that, else ISO 8859-1. */
    String decoded(int start, int end) {
        String part = text.substring(start, end);
        if (wide || part.chars().allMatch(c -> c < 0x80)) {
            return part;
        }
        try {
            byte[] bytes = Arrays.copyOfRange(raw, start, end);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return part;
        }
    }
}
