package io.stockhub.routes.outbound;

/**
 * A message for one receiver.
 *
 * @param target of whom: {@code alerts/ID}, {@code mail/ID} or {@code subscription/ID}
 * @param lane what it is about: of one lane the next is sent when the one before has arrived or was given up
 * @param id the same at every attempt, and of no other message to this target
 * @param type of the event, such as {@code stockhub.alert.opened}
 * @param body JSON; never changed
 */
public record Message(String target, String lane, String id, String type, String body) {}
