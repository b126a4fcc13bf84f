package org.chorale.operation;

import static org.chorale.problem.ProblemType.INVALID_OPERATION;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in a list of siblings, as text: between any two keys there is another one. Keys grow by inserting again and again at one
 * place; {@code Rebalance} then shortens a few neighbours.
 *
 * <p>Base-62 fractional indexing after D. Greenspan, "Implementing Fractional Indexing" (2020). A key is an integer part and a fraction.
 * The integer's first digit tells its length ({@code a} = 2 digits, {@code b} = 3, …; {@code Z} = 2, {@code Y} = 3, … below zero), so
 * that keys compare by code unit and appending n siblings costs keys of length O(log n). A fraction never ends in 0.
 */
public record OrderKey(String value) implements Comparable<OrderKey> {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String ZERO = "a0";

    public OrderKey {
        boolean wellFormed = !value.isEmpty() && Character.isLetter(value.charAt(0))
            && hasOnlyDigits(value) && value.length() >= integerLength(value.charAt(0))
            && (value.length() == integerLength(value.charAt(0)) || !value.endsWith("0"));
        if (!wellFormed) {
            throw INVALID_OPERATION.because("order key of length " + value.length() + " (expected: a base-62 fractional index)");
        }
    }

    /**
     * A key between two others; an absent bound is open.
     *
     * @throws IllegalArgumentException when {@code low} is not below {@code high}
     */
    public static OrderKey between(Optional<OrderKey> low, Optional<OrderKey> high) {
        if (low.isEmpty()) {
            return new OrderKey(high.map(key -> before(key.value)).orElse(ZERO));
        }
        if (high.isEmpty()) {
            return new OrderKey(behind(low.get().value));
        }
        return new OrderKey(between(low.get().value, high.get().value));
    }

    /**
     * Evenly spaced keys between two others, ascending; an absent bound is open.
     *
     * @param count how many: at least 0
     */
    public static List<OrderKey> spread(Optional<OrderKey> low, Optional<OrderKey> high, int count) {
        var keys = new ArrayList<OrderKey>(count);
        spread(low, high, count, keys);
        return keys;
    }

    private static void spread(Optional<OrderKey> low, Optional<OrderKey> high, int count, List<OrderKey> keys) {
        if (count == 0) {
            return;
        }
        if (low.isEmpty() || high.isEmpty()) {
            spreadOpen(low, high, count, keys);
            return;
        }
        Optional<OrderKey> middle = Optional.of(between(low, high));
        spread(low, middle, count / 2, keys);
        keys.add(middle.get());
        spread(middle, high, count - count / 2 - 1, keys);
    }

    /** Towards an open end the integer parts count on by themselves. */
    private static void spreadOpen(Optional<OrderKey> low, Optional<OrderKey> high, int count, List<OrderKey> keys) {
        var spread = new ArrayDeque<OrderKey>(count);
        Optional<OrderKey> from = low;
        Optional<OrderKey> to = high;
        for (int i = 0; i < count; i++) {
            OrderKey next = between(from, to);
            if (high.isEmpty()) {
                spread.addLast(next);
                from = Optional.of(next);
            } else {
                spread.addFirst(next);
                to = Optional.of(next);
            }
        }
        keys.addAll(spread);
    }

    @Override
    public int compareTo(OrderKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String before(String high) {
        String integer = integer(high);
        // Running out below takes 62^26 siblings.
        return integer.length() < high.length() ? integer : decremented(integer).orElseThrow();
    }

    private static String behind(String low) {
        String integer = integer(low);
        return incremented(integer).orElseGet(() -> integer + midpoint(low.substring(integer.length()), ""));
    }

    private static String between(String low, String high) {
        if (low.compareTo(high) >= 0) {
            throw new IllegalArgumentException("order keys: " + low + ", " + high + " (expected: ascending)");
        }
        String integer = integer(low);
        String fraction = low.substring(integer.length());
        if (integer.equals(integer(high))) {
            return integer + midpoint(fraction, high.substring(integer.length()));
        }
        Optional<String> next = incremented(integer);
        return next.isPresent() && next.get().compareTo(high) < 0 ? next.get() : integer + midpoint(fraction, "");
    }

    /** A fraction strictly between two fractions; an empty {@code high} means 1. */
    private static String midpoint(String low, String high) {
        int common = 0;
        while (common < high.length() && digit(low, common) == digit(high, common)) {
            common++;
        }
        if (common > 0) {
            return high.substring(0, common) + midpoint(low.length() > common ? low.substring(common) : "", high.substring(common));
        }
        int lowDigit = digit(low, 0);
        int highDigit = high.isEmpty() ? DIGITS.length() : digit(high, 0);
        if (highDigit - lowDigit > 1) {
            return String.valueOf(DIGITS.charAt((lowDigit + highDigit + 1) / 2));
        }
        if (high.length() > 1) {
            return high.substring(0, 1);
        }
        return DIGITS.charAt(lowDigit) + midpoint(low.isEmpty() ? "" : low.substring(1), "");
    }

    private static int digit(String fraction, int place) {
        return place < fraction.length() ? DIGITS.indexOf(fraction.charAt(place)) : 0;
    }

    private static String integer(String key) {
        return key.substring(0, integerLength(key.charAt(0)));
    }

    private static boolean hasOnlyDigits(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return true;
    }

    private static int integerLength(char head) {
        return head >= 'a' ? head - 'a' + 2 : 'Z' - head + 2;
    }

    private static Optional<String> incremented(String integer) {
        char head = integer.charAt(0);
        var digits = new StringBuilder(integer.substring(1));
        for (int i = digits.length() - 1; i >= 0; i--) {
            int next = DIGITS.indexOf(digits.charAt(i)) + 1;
            if (next < DIGITS.length()) {
                digits.setCharAt(i, DIGITS.charAt(next));
                return Optional.of(head + digits.toString());
            }
            digits.setCharAt(i, '0');
        }
        if (head == 'Z') {
            return Optional.of(ZERO);
        }
        if (head == 'z') {
            return Optional.empty();
        }
        return Optional.of((char) (head + 1) + "0".repeat(integerLength((char) (head + 1)) - 1));
    }

    private static Optional<String> decremented(String integer) {
        char head = integer.charAt(0);
        var digits = new StringBuilder(integer.substring(1));
        for (int i = digits.length() - 1; i >= 0; i--) {
            int next = DIGITS.indexOf(digits.charAt(i)) - 1;
            if (next >= 0) {
                digits.setCharAt(i, DIGITS.charAt(next));
                return Optional.of(head + digits.toString());
            }
            digits.setCharAt(i, 'z');
        }
        if (head == 'a') {
            return Optional.of("Zz");
        }
        if (head == 'A') {
            return Optional.empty();
        }
        return Optional.of((char) (head - 1) + "z".repeat(integerLength((char) (head - 1)) - 1));
    }
}
