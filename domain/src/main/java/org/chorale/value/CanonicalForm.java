package org.chorale.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one text of a value, the same in every language: RFC 8785 (JSON Canonicalization Scheme). Keys are sorted by UTF-16 code unit,
 * numbers are written as ECMAScript writes them, only what must be escaped is.
 */
public final class CanonicalForm {
    private final StringBuilder out;

    private CanonicalForm(StringBuilder out) {
        this.out = out;
    }

    public static String of(Value value) {
        var out = new StringBuilder();
        append(value, out);
        return out.toString();
    }

    public static void append(Value value, StringBuilder out) {
        new CanonicalForm(out).write(value);
    }

    /** The length of the canonical form in UTF-8 bytes. */
    public static int bytes(Value value) {
        String text = of(value);
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair stands for two of the pair's four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    private void write(Value value) {
        switch (value) {
            case Value.Null none -> out.append("null");
            case Value.Bool(var bool) -> out.append(bool);
            case Value.Num(var number) -> out.append(number(number));
            case Value.Text(var text) -> quote(text, out);
            case Value.Array(var items) -> writeItems(items);
            case Value.Struct(var fields) -> writeFields(fields);
        }
    }

    private void writeItems(List<Value> items) {
        out.append('[');
        for (Iterator<Value> i = items.iterator(); i.hasNext();) {
            write(i.next());
            if (i.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private void writeFields(Map<String, Value> fields) {
        out.append('{');
        for (var i = new TreeMap<>(fields).entrySet().iterator(); i.hasNext();) {
            var field = i.next();
            quote(field.getKey(), out);
            out.append(':');
            write(field.getValue());
            if (i.hasNext()) {
                out.append(',');
            }
        }
        out.append('}');
    }

    /** Appends the text as a JSON string literal. */
    public static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /**
     * A finite double as ECMAScript's Number::toString writes it. Java (since JDK 19) finds the same shortest digits, but never fewer
     * than two, and places the point and the exponent elsewhere.
     */
    public static String number(double value) {
        if (value == (long) value && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        if (value < 0) {
            return "-" + number(-value);
        }
        String written = Double.toString(value);                // d.ddd, d.dddEn or ddd.ddd
        int dot = written.indexOf('.');
        int e = written.indexOf('E');
        String all = written.substring(0, dot) + written.substring(dot + 1, e < 0 ? written.length() : e);
        int first = 0;
        while (all.charAt(first) == '0') {
            first++;
        }
        int last = all.length();
        while (all.charAt(last - 1) == '0') {
            last--;
        }
        String digits = all.substring(first, last);
        int point = dot - first + (e < 0 ? 0 : Integer.parseInt(written, e + 1, written.length(), 10));    // it is 0.digits × 10^point
        if (digits.length() == 2) {
            BigDecimal one = shortest(value);
            digits = one.unscaledValue().toString();
            point = one.precision() - one.scale();
        }
        return placed(digits, point);
    }

    /** The digits of 0.digits × 10^point as ECMAScript sets the point or the exponent. */
    private static String placed(String digits, int point) {
        if (point > 21 || point < -5) {
            int exponent = point - 1;
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        return point >= digits.length() ? digits + "0".repeat(point - digits.length())
            : digits.substring(0, point) + "." + digits.substring(point);
    }

    private static BigDecimal shortest(double value) {
        var digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (digits.precision() == 2) {
            BigDecimal one = digits.round(new MathContext(1));
            return one.doubleValue() == value ? one : digits;
        }
        return digits;
    }
}
