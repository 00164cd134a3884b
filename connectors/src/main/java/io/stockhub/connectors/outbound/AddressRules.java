package io.stockhub.connectors.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which IP addresses may be called: those of the public Internet, and what an operator has named. Link-local addresses,
 * where clouds keep their secrets, and multicast cannot be named.
 */
public final class AddressRules {
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]+");

    /** A range of addresses. */
    record Range(InetAddress network, int bits) {
        boolean has(InetAddress address) {
            byte[] one = network.getAddress();
            byte[] other = address.getAddress();
            if (one.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Range> NEVER =
            ranges("169.254.0.0/16", "224.0.0.0/4", "255.255.255.255/32", "fe80::/10", "ff00::/8", "fd00:ec2::254/128");

    private static final List<Range> NOT_PUBLIC = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    /** All others are local, or a way to write an address of version 4. */
    private static final Range PUBLIC_SIX = range("2000::/3");

    private final List<Range> named;

    private AddressRules(List<Range> named) {
        this.named = named;
    }

    /**
     * @param allowed ranges beside the public Internet, such as {@code 10.1.0.0/16} or {@code ::1/128}
     * @throws IllegalArgumentException when one is no range
     */
    public static AddressRules allowing(List<String> allowed) {
        return new AddressRules(allowed.stream().map(AddressRules::range).toList());
    }

    /** True when an operator has named a range that holds the address, and it may be named. */
    boolean isNamed(InetAddress address) {
        return !in(NEVER, address) && in(named, address);
    }

    /** True when it may be called. */
    boolean allows(InetAddress address) {
        if (in(NEVER, address)) {
            return false;
        }
        return in(named, address) || isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        return !in(NOT_PUBLIC, address) && (address instanceof Inet4Address || PUBLIC_SIX.has(address));
    }

    private static boolean in(List<Range> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.has(address));
    }

    private static List<Range> ranges(String... texts) {
        return List.of(texts).stream().map(AddressRules::range).toList();
    }

    private static Range range(String text) {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 2 && LITERAL.matcher(parts[0]).matches()) {
                InetAddress network = InetAddress.getByName(parts[0]);
                int bits = Integer.parseInt(parts[1]);
                if (bits >= 0 && bits <= network.getAddress().length * 8) {
                    return new Range(network, bits);
                }
            }
        } catch (UnknownHostException | NumberFormatException noRange) {
            // Named below.
        }
        throw new IllegalArgumentException("\"" + text + "\" (expected: a range of addresses, such as 10.1.0.0/16)");
    }
}
