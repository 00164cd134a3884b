package io.stockhub.routes.edi;

import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamValidationError;

/** Codes of X12 acknowledgements (004010: data elements 715 to 723, I17, I18) and what they mean. */
final class Codes {
    static final String NO_ERROR = "000";
    static final String ACKNOWLEDGEMENTS = "FA";
    static final String ACKNOWLEDGEMENT_SET = "997";

    private Codes() {}

    /** AK304 or AK403 of a fault StAEDI reports. */
    static String of(EDIStreamValidationError error) {
        return switch (error) {
            case UNRECOGNIZED_SEGMENT_ID, REQUIRED_DATA_ELEMENT_MISSING -> "1";
            case CONDITIONAL_REQUIRED_DATA_ELEMENT_MISSING -> "2";
            case MANDATORY_SEGMENT_MISSING -> "3";
            case TOO_MANY_DATA_ELEMENTS, TOO_MANY_COMPONENTS, TOO_MANY_REPETITIONS -> "3";
            case LOOP_OCCURS_OVER_MAXIMUM_TIMES, DATA_ELEMENT_TOO_SHORT -> "4";
            case SEGMENT_EXCEEDS_MAXIMUM_USE, DATA_ELEMENT_TOO_LONG -> "5";
            case SEGMENT_NOT_IN_DEFINED_TRANSACTION_SET, INVALID_CHARACTER_DATA -> "6";
            case SEGMENT_NOT_IN_PROPER_SEQUENCE, INVALID_CODE_VALUE -> "7";
            case SEGMENT_HAS_DATA_ELEMENT_ERRORS, INVALID_DATE -> "8";
            case INVALID_TIME -> "9";
            case EXCLUSION_CONDITION_VIOLATED -> "10";
            default -> isOfSegment(error) ? "2" : "6";
        };
    }

    private static boolean isOfSegment(EDIStreamValidationError error) {
        return error.getCategory() == EDIStreamEvent.SEGMENT_ERROR;
    }

    static String segment(String code) {
        return switch (code) {
            case "1" -> "not a segment id";
            case "2" -> "not expected here";
            case "3" -> "missing, and required here";
            case "4" -> "its loop occurs more often than the set allows";
            case "5" -> "occurs more often than the set allows";
            case "6" -> "not part of this set";
            case "7" -> "out of sequence";
            default -> "in error (code " + code + ")";
        };
    }

    static String element(String code) {
        return switch (code) {
            case "1" -> "missing, and required";
            case "2" -> "missing, and required with or instead of its neighbour";
            case "3" -> "more elements than the segment has";
            case "4" -> "too short";
            case "5" -> "too long";
            case "6" -> "holds a character that is not allowed";
            case "7" -> "not one of the known codes";
            case "8" -> "not a date";
            case "9" -> "not a time";
            default -> "in error (code " + code + ")";
        };
    }

    static String set(String code) {
        return switch (code) {
            case "1" -> "we do not take this set from this partner";
            case "2" -> "SE is missing";
            case "3" -> "SE02 differs from ST02";
            case "4" -> "SE01 is not the number of segments";
            case "5" -> "one or more segments in error";
            case "6" -> "ST01 is missing or invalid";
            case "7" -> "ST02 is missing or invalid";
            case "23" -> "ST02 was used before in this group";
            default -> "in error (code " + code + ")";
        };
    }

    static String group(String code) {
        return switch (code) {
            case "2" -> "we do not read this version (GS08)";
            case "3" -> "GE is missing";
            case "4" -> "GE02 differs from GS06";
            case "5" -> "GE01 is not the number of sets";
            case "6" -> "GS06 is not a control number";
            default -> "in error (code " + code + ")";
        };
    }

    static String interchange(String note) {
        return switch (note) {
            case "001" -> "ISA13 and IEA02 differ";
            case "014" -> "ISA09 is not a date";
            case "015" -> "ISA10 is not a time";
            case "020" -> "ISA15 is not a known indicator";
            case "022" -> "the ISA does not have the fixed widths of the standard";
            case "027" -> "ISA16 is not a component separator";
            default -> "envelope in error (note " + note + ")";
        };
    }
}
