package org.chorale.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRulesTest {
    private static void assertRefused(ThrowingCallable call, ProblemType type) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CollaborationException.class,
            refusal -> assertThat(refusal.problem().type()).isEqualTo(type));
    }

    @Test
    @DisplayName("[CHT-1] a text loses its outer blanks and keeps its line breaks and tabs")
    void given_a_text_with_outer_blanks_then_they_are_gone() {
        assertThat(ChatRules.requireText(" \t one\r\n\ttwo \n", 20)).isEqualTo("one\r\n\ttwo");
    }

    @Test
    @DisplayName("[CHT-1] the length counts after trimming, in UTF-16 code units")
    void given_a_text_at_the_limit_then_one_more_is_refused() {
        assertThat(ChatRules.requireText(" \uD83D\uDE42x ", 3)).hasSize(3);
        assertRefused(() -> ChatRules.requireText("four", 3), ProblemType.LIMIT_EXCEEDED);
        assertRefused(() -> ChatRules.requireText(" \n ", 3), ProblemType.LIMIT_EXCEEDED);
        assertRefused(() -> ChatRules.requireText("x".repeat(ChatRules.STORED_LENGTH + 1), Integer.MAX_VALUE), ProblemType.LIMIT_EXCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u001bb", "a\u007fb", "a\u0085b", "a\u000bb"})
    @DisplayName("[CHT-1] other control characters are refused")
    void given_a_control_character_then_invalid_request(String text) {
        assertRefused(() -> ChatRules.requireText(text, 20), ProblemType.INVALID_REQUEST);
    }

    @Test
    @DisplayName("[CHT-2] a message id has 1 to 96 characters, none of them a control character")
    void given_message_ids_then_only_sane_ones_are_taken() {
        assertThat(ChatRules.requireMessageId("ä".repeat(96))).hasSize(96);
        assertRefused(() -> ChatRules.requireMessageId(""), ProblemType.INVALID_REQUEST);
        assertRefused(() -> ChatRules.requireMessageId("i".repeat(97)), ProblemType.INVALID_REQUEST);
        assertRefused(() -> ChatRules.requireMessageId("a\nb"), ProblemType.INVALID_REQUEST);
        assertRefused(() -> ChatRules.requireMessageId("a\ud800"), ProblemType.INVALID_VALUE);
    }
}
