package org.chorale.value;

import static org.chorale.problem.ProblemType.INVALID_VALUE;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A property's value: JSON's six kinds, immutable. Two values are equal when their canonical forms are. */
public sealed interface Value {

    /** JSON's null. */
    enum Null implements Value { NULL }

    /** True or false. */
    record Bool(boolean value) implements Value {}

    /** A finite IEEE double; minus zero becomes zero, so that equal numbers have one text. */
    record Num(double value) implements Value {
        public Num {
            if (!Double.isFinite(value)) {
                throw INVALID_VALUE.because("number: " + value + " (expected: a finite number)");
            }
            value = value == 0 ? 0 : value;
        }
    }

    /** A string of Unicode text: no lone surrogates. */
    record Text(String value) implements Value {
        public Text {
            requireUnicode(value);
        }
    }

    /** A list of values; a vector is an array of numbers. */
    record Array(List<Value> items) implements Value {
        public Array {
            items = List.copyOf(items);
        }
    }

    /** Values by key, in no order that matters. */
    record Struct(Map<String, Value> fields) implements Value {
        public Struct {
            fields.keySet().forEach(Key::require);
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    static Value of(double number) {
        return new Num(number);
    }

    static Value of(String text) {
        return new Text(text);
    }

    /** How many arrays and structs are nested around the innermost value: 0 for a plain one. */
    default int depth() {
        return switch (this) {
            case Array array -> 1 + array.items().stream().mapToInt(Value::depth).max().orElse(0);
            case Struct struct -> 1 + struct.fields().values().stream().mapToInt(Value::depth).max().orElse(0);
            case Null none -> 0;
            case Bool bool -> 0;
            case Num num -> 0;
            case Text text -> 0;
        };
    }

    /** Returns the text unchanged; refuses lone surrogates, which have no UTF-8. */
    static String requireUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
            if (!pair) {
                throw INVALID_VALUE.because("string with a lone surrogate at " + i + " (expected: valid Unicode)");
            }
            i++;
        }
        return text;
    }
}
