package org.chorale.document.codec;

import org.chorale.document.Document;
import org.chorale.document.DocumentForm;

/** A whole document as JSON: what a newcomer gets. */
public final class DocumentCodec {
    private DocumentCodec() {}

    /** {@code {"revision": …, "document": …, "hash": …}}, the document in its canonical form. */
    public static String snapshot(Document document) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("revision", document.revision());
            json.writeFieldName("document");
            json.writeRawValue(DocumentForm.of(document));
            json.writeStringField("hash", DocumentForm.hash(document));
            json.writeEndObject();
        });
    }
}
