package org.chorale.account.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("[ACC-2] what of an address stands for one caller")
class ClientAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2", "2001:DB8:1:2::9, 2001:db8:1:2", "2001:0db8:0001:0002:0:0:0:1, 2001:db8:1:2",
        "2001:db8::1, 2001:db8:0:0", "::1, 0:0:0:0", "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0", "::ffff:192.0.2.7, ::ffff:192.0.2.7",
    })
    void given_an_address_then_it_is_cut_to_its_network(String address, String block) {
        assertThat(ClientAddresses.block(address)).isEqualTo(block);
    }
}
