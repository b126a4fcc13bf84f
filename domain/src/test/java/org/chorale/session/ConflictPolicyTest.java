package org.chorale.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chorale.conflict.Policies;
import org.chorale.conflict.Policy;
import org.chorale.conflict.Strategy;
import org.chorale.problem.CollaborationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictPolicyTest {
    @ParameterizedTest
    @EnumSource
    @DisplayName("[REST-11] without the owner's word the kind of session decides; only parameters ask people")
    void given_a_kind_then_its_defaults_hold(SessionKind kind) {
        Policies policies = Policies.of(ConflictPolicy.effective(kind, Map.of()));
        Strategy expected = kind == SessionKind.PARAMETERS ? Strategy.MANUAL : Strategy.AUTOMATIC;
        assertThat(policies.of("parameters", "gain").strategy()).isEqualTo(expected);
        assertThat(policies.of("parameters", "gain").window()).isEqualTo(Duration.ofMillis(500));
        assertThat(policies.of("box", "position")).isEqualTo(Policy.DEFAULT);
        assertThat(policies.of("box", "color").atomic()).isTrue();
        assertThat(policies.of("box", "quaternion").atomic()).isTrue();
    }

    @Test
    @DisplayName("[REST-11] the owner's entries go before the defaults, name by name")
    void given_the_owners_entries_then_the_other_defaults_stay() {
        Policy reject = Policy.DEFAULT.withStrategy(Strategy.REJECT);
        var ofOwner = Map.of("parameters.*", reject, "*.color", Policy.DEFAULT);
        Policies policies = Policies.of(ConflictPolicy.effective(SessionKind.PARAMETERS, ofOwner));
        assertThat(policies.of("parameters", "gain")).isEqualTo(reject);
        assertThat(policies.of("box", "color").atomic()).isFalse();
        assertThat(policies.of("box", "quaternion").atomic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "box", "box.", ".n", "\ud800.n"})
    @DisplayName("[REST-11] a name is elementType.property")
    void given_another_name_then_it_is_refused(String name) {
        assertThatThrownBy(() -> ConflictPolicy.require(Map.of(name, Policy.DEFAULT), 10)).isInstanceOf(CollaborationException.class);
    }

    @Test
    @DisplayName("[REST-11] there are only so many entries, with names only so long")
    void given_entries_at_the_limit_then_one_more_is_refused() {
        assertThat(ConflictPolicy.require(entries(10), 10)).hasSize(10);
        assertThatThrownBy(() -> ConflictPolicy.require(entries(11), 10)).hasMessageContaining("limit-exceeded");
        String longest = "t".repeat(64) + "." + "p".repeat(64);
        assertThat(ConflictPolicy.require(Map.of(longest, Policy.DEFAULT), 1)).hasSize(1);
        assertThatThrownBy(() -> ConflictPolicy.require(Map.of("t" + longest, Policy.DEFAULT), 1)).hasMessageContaining("invalid-request");
        assertThatThrownBy(() -> ConflictPolicy.require(Map.of(longest + "p", Policy.DEFAULT), 1)).hasMessageContaining("invalid-request");
    }

    private static Map<String, Policy> entries(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "box.p" + i, i -> Policy.DEFAULT));
    }
}
