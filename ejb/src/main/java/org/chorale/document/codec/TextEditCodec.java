package org.chorale.document.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.chorale.text.TextEdit;
import org.chorale.text.TextEdit.Step;

/** Text edits as JSON: {@code [5, "abc", -3]} keeps five code units, puts in three, takes out three. */
final class TextEditCodec {
    private TextEditCodec() {}

    /** Reads the field {@code edit}. */
    static TextEdit read(Fields fields) {
        return new TextEdit(fields.items("edit", step -> step(step, fields)));
    }

    private static Step step(JsonNode step, Fields fields) {
        if (step.isTextual()) {
            return new Step.Insert(step.textValue());
        }
        boolean counted = step.isNumber() && step.canConvertToExactIntegral() && Math.abs(step.doubleValue()) <= Integer.MAX_VALUE;
        if (!counted) {
            throw fields.expected("edit", "strings and whole numbers, up to 2147483647");
        }
        return step.intValue() < 0 ? new Step.Delete(-step.intValue()) : new Step.Retain(step.intValue());
    }

    static void write(JsonGenerator json, TextEdit edit) throws IOException {
        json.writeArrayFieldStart("edit");
        for (Step step : edit.steps()) {
            switch (step) {
                case Step.Retain(int count) -> json.writeNumber(count);
                case Step.Insert(var text) -> json.writeString(text);
                case Step.Delete(int count) -> json.writeNumber(-count);
            }
        }
        json.writeEndArray();
    }
}
