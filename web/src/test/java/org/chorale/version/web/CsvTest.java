package org.chorale.version.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @Test
    @DisplayName("[TIM-5] quotes, separators and line breaks stay within their field")
    void given_fields_of_any_text_when_they_are_written_then_they_are_quoted() throws IOException {
        assertThat(written(Csv.text("plain"), Csv.text("a,b"), Csv.text("say \"hi\""), Csv.text("two\r\nlines"), Csv.text(""), Csv.number(-3)))
            .isEqualTo("plain,\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",,-3\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "=cmd|' /C calc'!A0", "=\"a\",1"})
    @DisplayName("[TIM-5] no text is a formula")
    void given_a_text_that_begins_like_a_formula_when_it_is_written_then_it_begins_with_an_apostrophe(String text) throws IOException {
        assertThat(written(Csv.text(text))).isEqualTo("\"'" + text.replace("\"", "\"\"") + "\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ana", "1-2", "a=b", "ä", "😀"})
    void given_a_text_that_is_no_formula_then_it_is_as_it_was(String text) throws IOException {
        assertThat(written(Csv.text(text))).isEqualTo(text + "\r\n");
    }

    private static String written(Csv.Field... fields) throws IOException {
        var out = new StringWriter();
        Csv.write(out, List.of(fields));
        return out.toString();
    }
}
