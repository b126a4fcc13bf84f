package org.chorale.asset;

/** What people call an asset: a file's name, from wherever it came, that can be shown and saved without harm. */
public final class AssetName {
    /** In UTF-16 code units. */
    public static final int MAX_LENGTH = 120;
    private static final char REPLACEMENT = '\uFFFD';

    private AssetName() {}

    /**
     * Makes a name of what somebody gave as one: without folders, control characters and bidirectional overrides, and not too long.
     *
     * @param given empty where nothing was given
     * @param type  of what it is the name; where nothing is left, the name says this
     */
    public static String clean(String given, AssetType type) {
        String file = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        var kept = new StringBuilder(Math.min(file.length(), MAX_LENGTH));
        file.codePoints().filter(AssetName::isHarmless).map(AssetName::whole)
            .takeWhile(c -> kept.length() + Character.charCount(c) <= MAX_LENGTH).forEachOrdered(kept::appendCodePoint);
        String name = kept.toString().strip();
        // Names of dots alone mean folders.
        return name.chars().allMatch(c -> c == '.') ? unnamed(type) : name;
    }

    private static String unnamed(AssetType type) {
        return (type.isPicture() ? "image." : "model.") + type.extension();
    }

    private static boolean isHarmless(int c) {
        boolean overridesDirection = c == 0x200E || c == 0x200F || c == 0x061C || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        boolean breaksLines = c == 0x2028 || c == 0x2029;
        return !Character.isISOControl(c) && !overridesDirection && !breaksLines;
    }

    /** Half of a surrogate pair has no UTF-8. */
    private static int whole(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c;
    }
}
