package org.chorale.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetRulesTest {
    private static final AssetLimits LIMITS = new AssetLimits(100, 250, 3);

    private static void assertRefused(ThrowingCallable call, ProblemType type, String... told) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CollaborationException.class, refusal -> {
            assertThat(refusal.problem().type()).isEqualTo(type);
            assertThat(told).allSatisfy(each -> assertThat(refusal.problem().detail()).contains(each));
        });
    }

    @ParameterizedTest
    @CsvSource({"image/png, PNG", "IMAGE/PNG, PNG", "image/jpeg, JPEG", "image/webp ; q=1, WEBP", "model/gltf-binary, GLB"})
    @DisplayName("[AST-1] the types that a session keeps, however they are written")
    void given_a_type_then_it_is_known(String contentType, AssetType type) {
        assertThat(AssetType.of(contentType)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "image/svg+xml", "image/gif", "model/gltf+json", "application/octet-stream", "text/html", "image/*", "*/*",
        "image/png,image/svg+xml", "image/pngx", "multipart/form-data; boundary=x"})
    @DisplayName("[AST-2] every other type is refused, SVG before all")
    void given_another_type_then_it_is_refused(String contentType) {
        assertRefused(() -> AssetType.of(contentType), ProblemType.UNSUPPORTED_MEDIA_TYPE, "image/webp");
        assertRefused(() -> AssetType.ofPicture(contentType), ProblemType.UNSUPPORTED_MEDIA_TYPE, "image/webp");
    }

    @Test
    @DisplayName("[AST-9] a model is no picture of a session")
    void given_a_model_then_it_is_no_picture() {
        assertThat(AssetType.ofPicture("image/webp")).isEqualTo(AssetType.WEBP);
        assertRefused(() -> AssetType.ofPicture("model/gltf-binary"), ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    @DisplayName("[AST-5] an asset at the limit is taken, and refused by a byte more, with the limit told")
    void given_the_limit_then_one_more_is_refused() {
        assertThatCode(() -> LIMITS.requireSize(100)).doesNotThrowAnyException();
        assertRefused(() -> LIMITS.requireSize(101), ProblemType.PAYLOAD_TOO_LARGE, "at most 100 bytes");
        assertRefused(() -> LIMITS.requireSize(Long.MAX_VALUE), ProblemType.PAYLOAD_TOO_LARGE);
    }

    @Test
    @DisplayName("[AST-5] a session has room up to its limits, which the refusal tells")
    void given_a_session_that_is_full_then_quota_exceeded() {
        assertThatCode(() -> LIMITS.requireRoom(new AssetUsage(2, 150), 100)).doesNotThrowAnyException();
        assertRefused(() -> LIMITS.requireRoom(new AssetUsage(2, 151), 100), ProblemType.QUOTA_EXCEEDED, "2 assets of 151 bytes", "250");
        assertRefused(() -> LIMITS.requireRoom(new AssetUsage(3, 3), 1), ProblemType.QUOTA_EXCEEDED, "at most 3 of");
    }

    @Test
    @DisplayName("[AST-1] an id fits into a document's property")
    void given_random_ids_then_they_are_short_and_plain() {
        var random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            String id = AssetId.random(random).value();
            assertThat(id).matches("[A-Za-z0-9_-]{1,64}");
            assertThat(new AssetId(id).value()).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "../../../../../etc/passwd", "5G2M0C8W1N7R3T6Y9A4D2K8P0S", "5g2m0c8w1n7r3t6y9a4d2k8p0",
        "5g2m0c8w1n7r3t6y9a4d2k8p0\0"})
    @DisplayName("[AST-7] an id that cannot be one is as unknown as any other")
    void given_no_id_then_asset_not_found(String id) {
        assertRefused(() -> new AssetId(id), ProblemType.ASSET_NOT_FOUND);
    }
}
