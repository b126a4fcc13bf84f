package org.chorale.asset.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.chorale.asset.Asset;
import org.chorale.asset.AssetId;
import org.chorale.asset.AssetName;
import org.chorale.asset.AssetType;
import org.chorale.session.SessionId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetAnswersTest {
    private static final Random RANDOM = new Random(5);

    private static String disposition(String name, AssetType type) {
        return AssetAnswers.disposition(new Asset(AssetId.random(RANDOM), new SessionId("0000000000"), name, type, 1, "ab"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ab\"", "W/\"ab\"", "*", "\"x\", \"ab\"", "\"x\",W/\"ab\" , \"y\"", " \"ab\" "})
    @DisplayName("[AST-7] who names the tag, weak or strong, has it")
    void given_the_tag_then_it_is_known(String header) {
        assertThat(AssetAnswers.isKnown("ab", header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "\"abc\"", "\"x\"", "w/\"ab\"", "\"ab", ",,,", "W/*"})
    @DisplayName("[AST-7] who names another, or none as HTTP writes it, gets the bytes")
    void given_another_tag_then_it_is_not_known(String header) {
        assertThat(AssetAnswers.isKnown("ab", header)).isFalse();
        assertThat(AssetAnswers.isKnown("ab", null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "plan.png | inline; filename=\"plan.png\"; filename*=UTF-8''plan.png",
        "Grundriß 🏠.png | inline; filename=\"Grundri_ _.png\"; filename*=UTF-8''Grundri%C3%9F%20%F0%9F%8F%A0.png",
        "a\"\\;b.png | inline; filename=\"a__;b.png\"; filename*=UTF-8''a%22%5C%3Bb.png",
    })
    @DisplayName("[AST-7] a name is told in ASCII and in UTF-8, and ends neither early")
    void given_a_name_then_the_header_holds_it(String name, String expected) {
        assertThat(disposition(name, AssetType.PNG)).isEqualTo(expected);
    }

    @Test
    @DisplayName("[AST-6][AST-7] whatever the name, the header is one line of ASCII with two quotes")
    void given_random_names_then_the_header_is_sound() {
        for (int i = 0; i < 10_000; i++) {
            var given = new StringBuilder();
            RANDOM.ints(RANDOM.nextInt(150), 0, 0x10000).forEach(c -> given.append((char) c));
            assertThat(disposition(AssetName.clean(given.toString(), AssetType.GLB), AssetType.GLB))
                .matches("attachment; filename=\"[\\x20-\\x7e&&[^\"\\\\]]*\"; filename\\*=UTF-8''[A-Za-z0-9._%-]*");
        }
    }
}
