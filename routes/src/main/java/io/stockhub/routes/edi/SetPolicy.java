package io.stockhub.routes.edi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which faults a set is still taken with, and what its segments must say at least: the rows of a .policy file. */
final class SetPolicy {
    private final Set<String> tolerated = new HashSet<>();
    private final List<Need> needs = new ArrayList<>();

    /** One of the alternatives (positions of elements, all of them filled) must be there. */
    record Need(String segment, int element, String reference, List<int[]> alternatives, Set<String> except) {
        boolean isMet(List<String> elements) {
            return alternatives.stream().anyMatch(alternative -> complete(alternative, elements));
        }

        private boolean complete(int[] positions, List<String> elements) {
            return Arrays.stream(positions)
                            .allMatch(
                                    p -> p < elements.size() && !elements.get(p).isBlank())
                    && !(positions.length > 1 && except.contains(elements.get(positions[0])));
        }
    }

    static SetPolicy parse(List<String> rows) {
        SetPolicy policy = new SetPolicy();
        for (String row : rows) {
            String[] words = row.split("\\s+");
            switch (words[0]) {
                case "tolerate" -> policy.tolerated.add(key(words[1], words[2], words[3]));
                case "need" -> policy.needs.add(need(words));
                default -> throw new IllegalArgumentException("policy row: " + row + " (expected: tolerate or need)");
            }
        }
        return policy;
    }

    private static Need need(String[] words) {
        String[] named = words[2].split("/");
        List<int[]> alternatives = new ArrayList<>();
        int at = 4;
        while (at < words.length && !words[at].equals("except")) {
            alternatives.add(Arrays.stream(words[at++].split("\\+"))
                    .mapToInt(Integer::parseInt)
                    .toArray());
        }
        Set<String> except = at < words.length ? Set.of(Arrays.copyOfRange(words, at + 1, words.length)) : Set.of();
        return new Need(words[1], Integer.parseInt(named[0]), named[1], alternatives, except);
    }

    private static String key(String segment, String element, String code) {
        return segment + " " + element + " " + code;
    }

    boolean tolerates(String segment, int element, String code) {
        String position = Integer.toString(element);
        return tolerated.contains(key(segment, position, code))
                || tolerated.contains(key(segment, "*", code))
                || tolerated.contains(key("*", position, code))
                || tolerated.contains(key("*", "*", code));
    }

    List<Need> needs() {
        return needs;
    }
}
