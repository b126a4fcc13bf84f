package org.chorale.profile;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What somebody's head looks like in a scene; its own colour is the person's. Everything is one of a closed set, so that every
 * application can draw it.
 *
 * @param visor       the colour of what the eyes are on
 * @param accent      the colour of all that is worn
 * @param accessories at most one of them on top of the head
 */
public record AvatarLook(Shape shape, Tint visor, Tint accent, Set<Accessory> accessories) {
    private static final String BETWEEN = ",";
    private static final String AND = "+";

    /** The form of the head. */
    public enum Shape { ROUND, CUBE, CAPSULE, GEM }

    /** Named colours: how each is drawn is the application's, so that they fit its theme. */
    public enum Tint { NIGHT, OCEAN, FOREST, PLUM, RUBY, AMBER, SAND, SNOW }

    /** What a head wears. */
    public enum Accessory {
        CAP(true), CROWN(true), ANTENNA(true), BOW(true), HEADPHONES(false), GLASSES(false);

        private final boolean onTop;

        Accessory(boolean onTop) {
            this.onTop = onTop;
        }

        boolean isOnTop() {
            return onTop;
        }
    }

    /** @throws org.chorale.problem.CollaborationException {@code invalid-request}, where two would stand in the same place */
    public AvatarLook {
        var worn = EnumSet.noneOf(Accessory.class);
        worn.addAll(accessories);
        accessories = Collections.unmodifiableSet(worn);
        if (accessories.stream().filter(Accessory::isOnTop).count() > 1) {
            throw INVALID_REQUEST.because("look.accessories (expected: at most one of "
                + Arrays.stream(Accessory.values()).filter(Accessory::isOnTop).map(AvatarLook::word).collect(Collectors.joining(", ")) + ")");
        }
    }

    /** A constant as people write it: in small letters. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The constant that a word means.
     *
     * @param field where the word stands, for the message
     * @throws org.chorale.problem.CollaborationException {@code invalid-request}
     */
    public static <E extends Enum<E>> E constant(Class<E> type, String field, String word) {
        return Arrays.stream(type.getEnumConstants()).filter(each -> word(each).equals(word)).findFirst()
            .orElseThrow(() -> INVALID_REQUEST.because("look." + field + " (expected: one of "
                + Arrays.stream(type.getEnumConstants()).map(AvatarLook::word).collect(Collectors.joining(", ")) + ")"));
    }

    /** As it is kept: one short text. */
    public String text() {
        return String.join(BETWEEN, word(shape), word(visor), word(accent),
            accessories.stream().map(AvatarLook::word).collect(Collectors.joining(AND)));
    }

    /** Reads what {@link #text} wrote. */
    public static AvatarLook parse(String text) {
        String[] parts = text.split(BETWEEN, -1);
        Function<String, Accessory> accessory = word -> constant(Accessory.class, "accessories", word);
        return new AvatarLook(constant(Shape.class, "shape", parts[0]), constant(Tint.class, "visor", parts[1]),
            constant(Tint.class, "accent", parts[2]),
            parts[3].isEmpty() ? Set.of() : Arrays.stream(parts[3].split("\\" + AND)).map(accessory).collect(Collectors.toSet()));
    }
}
