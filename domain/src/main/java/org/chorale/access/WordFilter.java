package org.chorale.access;

import static org.chorale.problem.ProblemType.UNSUITABLE_WORDS;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words that an operator does not want in names and in chat. Whole words are compared, without regard to case, accents and common
 * disguises.
 */
public final class WordFilter {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    /** What people write as one word, disguises included: parts of it are looked at as well. */
    private static final Pattern WRITTEN_WORDS = Pattern.compile("[\\p{L}\\p{N}\\p{M}@$]+");
    private static final String COVER = "•";
    private static final String DISGUISED = "013457@$";
    private static final String PLAIN = "oieastas";

    private final Set<String> unwanted;

    public WordFilter(Collection<String> words) {
        unwanted = words.stream().map(String::strip).map(WordFilter::normalised).filter(word -> !word.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the text as it is.
     *
     * @throws org.chorale.problem.CollaborationException {@code unsuitable-words}; which word it was is not told
     */
    public String require(String field, String text) {
        if (hasUnwanted(text)) {
            throw UNSUITABLE_WORDS.because(field + " (expected: none of the words that this server does not take)");
        }
        return text;
    }

    /** The text with each character of an unwanted word covered; all else stays as it is. */
    public String cover(String text) {
        if (!hasUnwanted(text)) {
            return text;
        }
        return WRITTEN_WORDS.matcher(text).replaceAll(word -> hasUnwanted(word.group())
            ? COVER.repeat(word.group().codePointCount(0, word.group().length())) : Matcher.quoteReplacement(word.group()));
    }

    private boolean hasUnwanted(String text) {
        return !unwanted.isEmpty() && BETWEEN_WORDS.splitAsStream(normalised(text)).anyMatch(unwanted::contains);
    }

    /** Compatibility forms taken apart, without accents, in lower case, with digits and signs that stand for letters as those. */
    private static String normalised(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
        var letters = new StringBuilder(plain.length());
        plain.chars().forEach(c -> letters.append(DISGUISED.indexOf(c) < 0 ? (char) c : PLAIN.charAt(DISGUISED.indexOf(c))));
        return letters.toString();
    }
}
