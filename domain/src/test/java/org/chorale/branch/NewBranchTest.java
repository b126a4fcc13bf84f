package org.chorale.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.chorale.problem.CollaborationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewBranchTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "flat roof", "Ü-Wagen 2.0", "v12a", "version", "x_y", "Главная"})
    @DisplayName("[BRA-2] people name branches in their own words")
    void given_a_name_of_letters_digits_and_blanks_then_a_branch_can_have_it(String name) {
        assertThat(new NewBranch(" " + name + " ", Optional.empty(), "main", Optional.empty()).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1a", "-a", "v1", "main", "a/b", "a@1", "a\tb", "a\u0000", "a#",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    @DisplayName("[BRA-2] what would be read as something else, or as an address, is no name")
    void given_a_name_that_means_something_else_then_it_is_refused(String name) {
        assertThatThrownBy(() -> new NewBranch(name, Optional.empty(), "main", Optional.empty())).isInstanceOf(CollaborationException.class);
    }
}
