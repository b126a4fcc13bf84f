package org.chorale.version.web;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Comma separated values (RFC 4180) that spreadsheets open without taking anybody's words for a formula. */
final class Csv {
    /** What a spreadsheet begins a formula with, or skips before one. */
    private static final String FORMULA_BEGINS = "=+-@\t\r\n";

    private Csv() {}

    /** One value: what people wrote is a text, which is guarded; a number is the server's own. */
    sealed interface Field {
        record Text(String text) implements Field {}

        record Plain(String text) implements Field {}

        Plain EMPTY = new Plain("");
    }

    static Field text(String text) {
        return new Field.Text(text);
    }

    static Field number(long number) {
        return new Field.Plain(Long.toString(number));
    }

    static Field plain(String text) {
        return new Field.Plain(text);
    }

    static void write(Writer out, List<Field> row) throws IOException {
        for (int i = 0; i < row.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(quoted(row.get(i)));
        }
        out.write("\r\n");
    }

    private static String quoted(Field field) {
        String text = switch (field) {
            case Field.Text(var written) -> isFormula(written) ? "'" + written : written;
            case Field.Plain(var own) -> own;
        };
        boolean needsQuotes = text.chars().anyMatch(c -> c == ',' || c == '"' || c == ';' || c < ' ' || c == '\'') || !text.equals(text.strip());
        return needsQuotes ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static boolean isFormula(String text) {
        String shown = text.stripLeading();
        return !text.isEmpty() && FORMULA_BEGINS.indexOf(text.charAt(0)) >= 0
            || !shown.isEmpty() && FORMULA_BEGINS.indexOf(shown.charAt(0)) >= 0;
    }
}
