package org.chorale.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AssetContentTest {
    private static final String PNG = "89504e470d0a1a0a0000000d4948445200000001";
    private static final String JPEG = "ffd8ffe000104a46494600010100000100010000";
    private static final String WEBP = "524946462400000057454250565038200000000000";
    private static final String GLB = "676c5446020000002c000000180000004a534f4e";

    private static byte[] beginning(AssetType type) {
        return HexFormat.of().parseHex(switch (type) {
            case PNG -> PNG;
            case JPEG -> JPEG;
            case WEBP -> WEBP.substring(0, 40);
            case GLB -> GLB;
        });
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CollaborationException.class,
            refusal -> assertThat(refusal.problem().type()).isEqualTo(ProblemType.INVALID_CONTENT));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("[AST-2] content that begins as its type says is taken")
    void given_a_true_beginning_then_it_is_taken(AssetType type) {
        OptionalLong claimed = AssetContent.requireBeginning(type, beginning(type));
        assertThat(claimed).isEqualTo(switch (type) {
            case PNG, JPEG -> OptionalLong.empty();
            case WEBP, GLB -> OptionalLong.of(44);
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("[AST-2] content of one type is refused as any other")
    void given_a_beginning_of_another_type_then_it_is_refused(AssetType type) {
        Arrays.stream(AssetType.values()).filter(other -> other != type)
            .forEach(other -> assertInvalid(() -> AssetContent.requireBeginning(other, beginning(type))));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("[AST-2] each beginning that is cut off before it says what it is, is refused")
    void given_a_beginning_that_is_cut_off_then_it_is_refused(AssetType type) {
        int needed = switch (type) {
            case PNG, WEBP -> 16;
            case JPEG -> 4;
            case GLB -> 20;
        };
        for (int length = 0; length < needed; length++) {
            byte[] cut = Arrays.copyOf(beginning(type), length);
            assertInvalid(() -> AssetContent.requireBeginning(type, cut));
        }
        assertThat(AssetContent.requireBeginning(type, Arrays.copyOf(beginning(type), needed))).isNotNull();
    }

    static Stream<Arguments> hostile() {
        return Stream.of("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "<!DOCTYPE html><script>",
            "GIF89a\1\0\1\0......", "%PDF-1.7 ..........", "PK\3\4................", "\u007fELF................", "{\"asset\":{\"version\":\"2.0\"}}",
            " \u0089PNG\r\n\032\n........")
            .flatMap(text -> Arrays.stream(AssetType.values()).map(type -> Arguments.of(type, text.getBytes(StandardCharsets.ISO_8859_1))));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @DisplayName("[AST-2] pages, programs and SVG are refused under every type")
    void given_something_else_then_it_is_refused(AssetType type, byte[] content) {
        byte[] head = Arrays.copyOf(content, Math.min(content.length, AssetContent.HEAD_LENGTH));
        assertInvalid(() -> AssetContent.requireBeginning(type, head));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("[AST-2] whatever the bytes are, they are taken or refused, and nothing else happens")
    void given_random_bytes_then_there_is_an_answer(AssetType type) {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] head = beginning(type);
            for (int damage = random.nextInt(4); damage > 0; damage--) {
                head[random.nextInt(head.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(head, random.nextInt(head.length + 1));
            try {
                AssetContent.requireBeginning(type, cut);
            } catch (CollaborationException e) {
                assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_CONTENT);
            }
        }
    }

    private static byte[] glb(int version, int length, String chunk) {
        return ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).put("glTF".getBytes(StandardCharsets.US_ASCII))
            .putInt(version).putInt(length).putInt(4).put(chunk.getBytes(StandardCharsets.US_ASCII)).array();
    }

    @Test
    @DisplayName("[AST-2] binary glTF is of version 2 and begins with its description")
    void given_another_version_or_chunk_then_it_is_refused() {
        assertThat(AssetContent.requireBeginning(AssetType.GLB, glb(2, 100, "JSON"))).hasValue(100);
        assertInvalid(() -> AssetContent.requireBeginning(AssetType.GLB, glb(1, 100, "JSON")));
        assertInvalid(() -> AssetContent.requireBeginning(AssetType.GLB, glb(3, 100, "JSON")));
        assertInvalid(() -> AssetContent.requireBeginning(AssetType.GLB, glb(2, 100, "BIN\0")));
    }

    @Test
    @DisplayName("[AST-2] a length beyond the signed range is a large one, not a negative one")
    void given_the_largest_length_then_it_is_positive() {
        assertThat(AssetContent.requireBeginning(AssetType.GLB, glb(2, -1, "JSON"))).hasValue(0xffff_ffffL);
    }

    @Test
    @DisplayName("[AST-2] binary glTF is as long as its header says; a picture may have something behind it, not less")
    void given_another_length_than_the_header_says_then_it_is_refused() {
        AssetContent.requireLength(AssetType.GLB, OptionalLong.of(100), 100);
        assertInvalid(() -> AssetContent.requireLength(AssetType.GLB, OptionalLong.of(100), 99));
        assertInvalid(() -> AssetContent.requireLength(AssetType.GLB, OptionalLong.of(100), 101));
        AssetContent.requireLength(AssetType.WEBP, OptionalLong.of(100), 101);
        assertInvalid(() -> AssetContent.requireLength(AssetType.WEBP, OptionalLong.of(100), 99));
        AssetContent.requireLength(AssetType.PNG, OptionalLong.empty(), 7);
    }
}
