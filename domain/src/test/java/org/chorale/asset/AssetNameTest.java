package org.chorale.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "floor plan.png | floor plan.png", "'  Plan.png ' | Plan.png", "Grundriß 🏠.png | Grundriß 🏠.png",
        "../../etc/passwd | passwd", "C:\\fakepath\\plan.png | plan.png", "/a/b\\c.png | c.png", ".hidden | .hidden",
        "'<img src=x onerror=alert(1)>.png' | <img src=x onerror=alert(1)>.png", "a\"b;c.png | a\"b;c.png",
    })
    @DisplayName("[AST-6] a name is kept without blanks around it and without folders")
    void given_a_name_then_it_is_cleaned(String given, String clean) {
        assertThat(AssetName.clean(given, AssetType.PNG)).isEqualTo(clean);
    }

    @Test
    @DisplayName("[AST-6] control characters, line breaks and changes of direction are gone; half a surrogate pair is replaced")
    void given_characters_that_harm_then_they_are_gone() {
        assertThat(AssetName.clean("a\0b\r\nc\u001b[0m\u007f\u0085\u2028.png", AssetType.PNG)).isEqualTo("abc[0m.png");
        assertThat(AssetName.clean("gnp\u202e.exe\u2066\u200f\u061c", AssetType.PNG)).isEqualTo("gnp.exe");
        assertThat(AssetName.clean("a\ud800b\udc00", AssetType.PNG)).isEqualTo("a\ufffdb\ufffd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\0\1", "a/", "..", ".", "x/..", "\u202e"})
    @DisplayName("[AST-6] where nothing is left the name says what it is")
    void given_nothing_to_keep_then_there_is_a_name(String given) {
        assertThat(AssetName.clean(given, AssetType.JPEG)).isEqualTo("image.jpg");
        assertThat(AssetName.clean(given, AssetType.GLB)).isEqualTo("model.glb");
    }

    @Test
    @DisplayName("[AST-6] a name has at most 120 characters, and is not cut within one")
    void given_a_long_name_then_it_is_cut() {
        assertThat(AssetName.clean("x".repeat(5_000), AssetType.PNG)).isEqualTo("x".repeat(120));
        assertThat(AssetName.clean("x".repeat(119) + "\uD83C\uDFE0", AssetType.PNG)).isEqualTo("x".repeat(119));
    }

    @Test
    @DisplayName("[AST-6] whatever is given, the name can be stored and shown")
    void given_random_text_then_the_name_is_sound() {
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            var given = new StringBuilder();
            random.ints(random.nextInt(200), 0, 0x3000).forEach(c -> given.append((char) (c > 0x2800 ? c + 0xb000 : c)));
            String name = AssetName.clean(given.toString(), AssetType.PNG);
            assertThat(Value.requireUnicode(name)).isNotBlank().hasSizeLessThanOrEqualTo(120)
                .doesNotContain("/", "\\", "\0", "\n", "\u202e").isEqualTo(name.strip());
        }
    }
}
