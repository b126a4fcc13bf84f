package org.chorale.asset;

import static org.chorale.problem.ProblemType.ASSET_NOT_FOUND;

import java.util.random.RandomGenerator;

/** An asset's id: 26 characters of Crockford's base 32 (130 random bits), which nobody guesses and a document's property can hold. */
public record AssetId(String value) {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;

    public AssetId {
        if (value.length() != LENGTH || !value.chars().allMatch(c -> DIGITS.indexOf(c) >= 0)) {
            throw ASSET_NOT_FOUND.because("asset id of length " + value.length() + " (expected: " + LENGTH
                + " characters of Crockford base 32)");
        }
    }

    public static AssetId random(RandomGenerator random) {
        var digits = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            digits.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new AssetId(digits.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
