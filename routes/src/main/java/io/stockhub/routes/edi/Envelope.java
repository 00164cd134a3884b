package io.stockhub.routes.edi;

/**
 * What an acknowledgement needs to know of the envelope it answers.
 *
 * @param us who answers: we, whoever the interchange was addressed to
 * @param delimiters of the interchange
 * @param date ISA09 as sent
 * @param time ISA10 as sent
 * @param answerWanted ISA14 = 1: a TA1 is asked for
 * @param acknowledgement the interchange holds acknowledgements (997, TA1) alone, and must never be answered
 */
public record Envelope(
        Party us, Delimiters delimiters, String date, String time, boolean answerWanted, boolean acknowledgement) {}
