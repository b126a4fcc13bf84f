package org.chorale.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.chorale.problem.CollaborationException;
import org.chorale.profile.AvatarLook.Accessory;
import org.chorale.profile.AvatarLook.Shape;
import org.chorale.profile.AvatarLook.Tint;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AvatarLookTest {
    @Test
    @DisplayName("[ACC-15] a look is kept as one short text, and read as it was")
    void given_a_look_then_its_text_means_the_same() {
        var look = new AvatarLook(Shape.GEM, Tint.OCEAN, Tint.AMBER, Set.of(Accessory.GLASSES, Accessory.CROWN, Accessory.HEADPHONES));
        assertThat(look.text()).isEqualTo("gem,ocean,amber,crown+headphones+glasses").hasSizeLessThan(100);
        assertThat(AvatarLook.parse(look.text())).isEqualTo(look);
        var bare = new AvatarLook(Shape.ROUND, Tint.NIGHT, Tint.SNOW, Set.of());
        assertThat(AvatarLook.parse(bare.text())).isEqualTo(bare);
    }

    @Test
    @DisplayName("[ACC-15] on top of a head is room for one thing")
    void given_two_hats_then_the_look_is_refused() {
        assertThatThrownBy(() -> new AvatarLook(Shape.CUBE, Tint.NIGHT, Tint.RUBY, Set.of(Accessory.CAP, Accessory.BOW)))
            .isInstanceOf(CollaborationException.class).hasMessageContaining("cap, crown, antenna, bow");
        assertThatThrownBy(() -> AvatarLook.constant(Shape.class, "shape", "GEM")).hasMessageContaining("round, cube, capsule, gem");
    }

    @Test
    @DisplayName("[ACC-16] each picture has an address of its own, and none where there is none")
    void given_a_picture_then_its_address_tells_which() {
        assertThat(Appearance.PLAIN.picturePath("u-1")).isEmpty();
        assertThat(new Appearance(Optional.empty(), 7).picturePath("u-1")).contains("/api/v1/users/u-1/picture?v=7");
    }
}
