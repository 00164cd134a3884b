package io.stockhub.connectors.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    private static final AddressRules NONE_NAMED = AddressRules.allowing(List.of());

    private static InetAddress at(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "192.88.99.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::1",
                "2001::1",
                "2001:db8::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "100::1",
                "3fff::1",
                "2130706433",
                "127.1"
            })
    void whatIsNotOnThePublicInternetIsNotCalled(String address) throws UnknownHostException {
        assertThat(NONE_NAMED.allows(at(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "11.0.0.1", "2606:4700::1", "2a00:1450::1"})
    void publicAddressesAreCalled(String address) throws UnknownHostException {
        assertThat(NONE_NAMED.allows(at(address))).isTrue();
        assertThat(NONE_NAMED.isNamed(at(address))).isFalse();
    }

    @Test
    void aRangeThatIsNamedIsCalledAndNothingBesideIt() throws UnknownHostException {
        AddressRules rules = AddressRules.allowing(List.of("10.1.0.0/20", "::1/128"));
        assertThat(rules.allows(at("10.1.15.255"))).isTrue();
        assertThat(rules.allows(at("10.1.16.0"))).isFalse();
        assertThat(rules.allows(at("::1"))).isTrue();
        assertThat(rules.allows(at("127.0.0.1"))).isFalse();
        assertThat(rules.isNamed(at("10.1.0.1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fe80::1", "224.0.0.1", "fd00:ec2::254"})
    void whereCloudsKeepTheirSecretsCannotBeNamed(String address) throws UnknownHostException {
        AddressRules rules = AddressRules.allowing(List.of("0.0.0.0/0", "::/0"));
        assertThat(rules.allows(at(address))).isFalse();
        assertThat(rules.isNamed(at(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "example.com/8", "/8", "10.0.0.0/x", ""})
    void whatIsNoRangeIsSaidSo(String range) {
        assertThatThrownBy(() -> AddressRules.allowing(List.of(range)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: a range of addresses");
    }
}
