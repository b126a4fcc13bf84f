package org.chorale.document.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.chorale.document.Document;
import org.chorale.document.Element;
import org.chorale.operation.Position;

/** A whole document as JSON: what a newcomer gets. */
public final class DocumentCodec {
    private DocumentCodec() {}

    /** {@code {"revision": …, "document": {"elements": […], "conflicts": []}}} */
    public static String snapshot(Document document) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("revision", document.revision());
            json.writeObjectFieldStart("document");
            json.writeArrayFieldStart("elements");
            for (Element element : document.elements()) {
                write(json, element);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("conflicts");
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Element element) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", element.id().value());
        json.writeStringField("elementType", element.type());
        OperationCodec.writePlace(json, element.parent(), new Position.At(element.order()));
        if (element.isDeleted()) {
            json.writeBooleanField("deleted", true);
        }
        OperationCodec.writeRefs(json, element.refs());
        OperationCodec.writeProps(json, element.props());
        OperationCodec.writeTexts(json, element.texts());
        json.writeEndObject();
    }
}
