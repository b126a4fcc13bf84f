package org.chorale.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRulesTest {
    private static final PasswordRules RULES = new PasswordRules(10);

    private static void requireRefused(ProblemType type, Runnable act) {
        assertThatThrownBy(act::run).isInstanceOfSatisfying(CollaborationException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "Ada.Lovelace", " ada@example.org ", "a-b_c+d9", "123"})
    @DisplayName("[ACC-1] a login is ASCII, and the same in any case")
    void given_a_login_then_it_is_in_lower_case(String typed) {
        assertThat(new LoginName(typed).value()).isEqualTo(typed.strip().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", ".ada", "ada.", "ada lovelace", "аda", "ada\u0000", "a/b/c", "' or 1=1", "İstanbul"})
    @DisplayName("[ACC-1] what looks like another login, or like none, is refused")
    void given_no_login_then_it_is_refused(String typed) {
        requireRefused(ProblemType.INVALID_REQUEST, () -> new LoginName(typed));
    }

    @Test
    @DisplayName("[ACC-1] a login has at most 64 characters")
    void given_a_long_login_then_it_is_refused() {
        assertThat(new LoginName("a".repeat(64)).value()).hasSize(64);
        requireRefused(ProblemType.INVALID_REQUEST, () -> new LoginName("a".repeat(65)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery", "пароль из слов", "🐎🔋📎🐎🔋📎🐎🔋📎1", "          x y"})
    @DisplayName("[ACC-1] long passwords of any characters are taken")
    void given_a_long_password_then_it_is_taken(String password) {
        assertThat(RULES.require(password, "ada")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "123456789", "Password123", "aaaaaaaaaaaa", "abababababab", "my name is ada!", "🐎🔋📎🐎🔋📎🐎🔋📎"})
    @DisplayName("[ACC-1] what is short, common or near the login is refused, without repeating it")
    void given_a_weak_password_then_it_is_refused(String password) {
        assertThatThrownBy(() -> RULES.require(password, "ada")).isInstanceOfSatisfying(CollaborationException.class, e -> {
            assertThat(e.problem().type()).isEqualTo(ProblemType.WEAK_PASSWORD);
            assertThat(password.isEmpty() || !e.problem().detail().contains(password)).isTrue();
        });
    }

    @Test
    @DisplayName("[ACC-1] a password is the same however a keyboard composes it, and has at most 256 characters")
    void given_two_forms_of_one_password_then_they_are_one() {
        assertThat(RULES.require("caf\u0065\u0301 au lait", "ada")).isEqualTo(RULES.require("caf\u00e9 au lait", "ada"));
        assertThat(RULES.require("xyz.".repeat(64), "ada")).hasSize(256);
        requireRefused(ProblemType.WEAK_PASSWORD, () -> RULES.require("xyz.".repeat(64) + "!", "ada"));
        requireRefused(ProblemType.WEAK_PASSWORD, () -> RULES.require("xyz.".repeat(100_000), "ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "", "\u0000", "長い名前", "x"})
    @DisplayName("[ACC-9] a colour of one's own is made of the name")
    void given_a_name_then_its_colour_is_one(String name) {
        assertThat(Profile.requireColor("color", Profile.colorOf(name))).isEqualTo(Profile.colorOf(name));
    }

    @Test
    @DisplayName("[ACC-13] a token is good for its scopes alone, and a key for no more than a key")
    void given_an_identity_then_it_may_what_its_token_is_good_for() {
        var reader = identity(true, Set.of(Scope.READ), Optional.of("k"));
        reader.require(Scope.READ);
        requireRefused(ProblemType.FORBIDDEN, () -> reader.require(Scope.WRITE));
        requireRefused(ProblemType.FORBIDDEN, reader::requireAdministrator);
        requireRefused(ProblemType.FORBIDDEN, reader::requirePerson);
        requireRefused(ProblemType.FORBIDDEN, () -> identity(false, Set.of(Scope.values()), Optional.empty()).requireAdministrator());
        identity(true, Set.of(Scope.values()), Optional.empty()).requireAdministrator();
        identity(false, Set.of(Scope.values()), Optional.empty()).requirePerson();
    }

    private static Identity identity(boolean administrator, Set<Scope> scopes, Optional<String> key) {
        return new Identity("u-1", "Ada", "#336699", administrator, scopes, Instant.EPOCH, Optional.empty(), key);
    }
}
