package org.chorale.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedOriginsTest {
    private static final AllowedOrigins ORIGINS = new AllowedOrigins(List.of(" https://Tools.example.org/ ", "http://localhost:5173", "*", "no origin", ""),
        Optional.of("https://chorale.example.org"));

    @ParameterizedTest
    @CsvSource({"https://tools.example.org, x", "https://TOOLS.example.org:443, x", "http://localhost:5173, x", "https://chorale.example.org, 10.0.0.7:9080",
        "http://localhost:9080, localhost:9080", "https://localhost:9443, localhost:9443", "https://a.example, a.example",
        "http://a.example, a.example:80", "https://a.example, a.example:443", "http://[::1]:9080, [::1]:9080", "http://A.example, a.EXAMPLE"})
    @DisplayName("[ORG-1] the server's own pages call, behind a proxy too, and those of the sites that are named")
    void given_an_origin_of_ours_then_it_may(String origin, String host) {
        assertThat(ORIGINS.allow(origin, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"http://tools.example.org, x", "https://tools.example.org:444, x", "https://tools.example.org.evil.example, x",
        "https://evil.example/https://tools.example.org, x", "https://tools.example.org@evil.example, x", "https://user@tools.example.org, x",
        "null, x", "null, null", "*, x", "'', ''", "http://localhost:9081, localhost:9080", "http://localhost, localhost:9080", "http://localhost.evil.example:9080, localhost:9080",
        "file:///etc/passwd, x", "javascript:alert(1), x", "chrome-extension://abc, abc", "http://a b, a b", "https://evil.example, chorale.example.org",
        "http://x@localhost:9080, x@localhost:9080", "https://sub.tools.example.org, x"})
    @DisplayName("[ORG-1] nobody else does, whatever an origin looks like")
    void given_another_origin_then_it_may_not(String origin, String host) {
        assertThat(ORIGINS.allow(origin, host)).isFalse();
    }

    @Test
    @DisplayName("[ORG-1] without a host nobody is from here")
    void given_no_host_then_only_the_named_may() {
        assertThat(ORIGINS.allow("http://localhost:9080", null)).isFalse();
        assertThat(ORIGINS.allow("http://localhost:5173", null)).isTrue();
    }
}
