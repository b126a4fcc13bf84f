package org.chorale.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.chorale.conflict.Candidate;
import org.chorale.conflict.ConflictRecord;
import org.chorale.operation.Path;
import org.chorale.value.CanonicalForm;

/**
 * A document's one text, the same in every language, and its short fingerprint: what replicas compare. Values and conflicts are in it,
 * last writes are not. Elements come by id, keys by code unit, the rest as {@link CanonicalForm} says (RFC 8785).
 */
public final class DocumentForm {
    private final StringBuilder out;

    private DocumentForm(StringBuilder out) {
        this.out = out;
    }

    /** {@code {"conflicts":[…],"elements":[…]}} */
    public static String of(Document document) {
        var form = new DocumentForm(new StringBuilder(256 * document.size()));
        form.write(document);
        return form.out.toString();
    }

    /**
     * The document's fingerprint as 16 hexadecimal digits: the sum, modulo 2^64, of the first 64 bits of the SHA-256 of each element's
     * and each conflict's canonical text in UTF-8. As a sum it does not depend on an order, and only what changed is computed anew.
     */
    public static String hash(Document document) {
        long sum = 0;
        for (Element element : document.elements()) {
            sum += fingerprint(element);
        }
        for (ConflictRecord conflict : document.conflicts()) {
            var form = new DocumentForm(new StringBuilder(256));
            form.write(conflict);
            sum += fingerprint(form.out);
        }
        return HexFormat.of().toHexDigits(sum);
    }

    /** The fingerprint of one element: equal content, equal fingerprint. */
    public static long fingerprint(Element element) {
        if (element.hash().isEmpty()) {
            var form = new DocumentForm(new StringBuilder(256));
            form.write(element);
            element.remember(fingerprint(form.out));
        }
        return element.hash().getAsLong();
    }

    private static long fingerprint(CharSequence text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);             // every Java platform has SHA-256
        }
    }

    private void write(Document document) {
        out.append("{\"conflicts\":[");
        separated(document.conflicts(), this::write);
        out.append("],\"elements\":[");
        var sorted = new ArrayList<>(document.elements());
        sorted.sort(Comparator.comparing(element -> element.id().value()));
        separated(sorted, this::write);
        out.append("]}");
    }

    private void write(Element element) {
        out.append('{');
        if (element.isDeleted()) {
            out.append("\"deleted\":true,");
        }
        name("elementType").quoted(element.type());
        comma().name("id").quoted(element.id().value());
        if (!element.listNames().isEmpty()) {
            comma().name("lists");
            fields(new TreeSet<>(element.listNames()), list -> list, list -> writeItems(element.list(list)));
        }
        comma().name("order").quoted(element.order().value());
        comma().name("parent");
        if (element.parent().isRoot()) {
            out.append("null");
        } else {
            quoted(element.parent().value());
        }
        comma().name("props");
        fields(element.props().entrySet(), Map.Entry::getKey, prop -> CanonicalForm.append(prop.getValue(), out));
        if (!element.refs().isEmpty()) {
            comma().name("refs").out.append('[');
            separated(element.refs(), ref -> quoted(ref.value()));
            out.append(']');
        }
        if (!element.setNames().isEmpty()) {
            comma().name("sets");
            fields(new TreeSet<>(element.setNames()), set -> set, set -> fields(new TreeMap<>(element.set(set)).entrySet(),
                Map.Entry::getKey, member -> out.append(member.getValue().on())));
        }
        Map<String, String> texts = element.texts();
        if (!texts.isEmpty()) {
            comma().name("texts");
            fields(texts.entrySet(), Map.Entry::getKey, text -> quoted(text.getValue()));
        }
        out.append('}');
    }

    private void writeItems(Collection<ItemCell> items) {
        out.append('[');
        separated(items, item -> {
            out.append('{');
            name("id").quoted(item.id());
            if (item.retracted()) {
                out.append(",\"retracted\":true");
            }
            comma().name("value");
            CanonicalForm.append(item.value(), out);
            out.append('}');
        });
        out.append(']');
    }

    private void write(ConflictRecord conflict) {
        out.append('{');
        name("candidates").out.append('[');
        separated(conflict.candidates(), this::write);
        out.append(']');
        comma().name("element").quoted(conflict.element().value());
        comma().name("id").quoted(conflict.id().value());
        comma().name("path");
        write(conflict.path());
        conflict.resolution().ifPresent(how -> {
            comma().name("resolution").out.append('{');
            name("at").quoted(how.at().toString());
            comma().name("choice").quoted(how.choice().name());
            comma().name("revision").out.append(how.revision());
            comma().name("userId").quoted(how.userId());
            out.append('}');
        });
        comma().name("status").quoted(conflict.status().name());
        out.append('}');
    }

    private void write(Candidate candidate) {
        out.append('{');
        name("at").quoted(candidate.at().toString());
        comma().name("clientId").quoted(candidate.clientId());
        candidate.previous().ifPresent(previous -> {
            comma().name("previous");
            CanonicalForm.append(previous, out);
        });
        comma().name("revision").out.append(candidate.revision());
        comma().name("userId").quoted(candidate.userId());
        candidate.value().ifPresent(value -> {
            comma().name("value");
            CanonicalForm.append(value, out);
        });
        out.append('}');
    }

    private void write(Path path) {
        out.append('[');
        quoted(path.property());
        switch (path.component()) {
            case Path.Whole whole -> { }
            case Path.Index(int index) -> out.append(',').append(index);
            case Path.Field(var key) -> comma().quoted(key);
        }
        out.append(']');
    }

    // ---- JSON

    private DocumentForm name(String name) {
        out.append('"').append(name).append("\":");
        return this;
    }

    private DocumentForm comma() {
        out.append(',');
        return this;
    }

    private void quoted(String text) {
        CanonicalForm.quote(text, out);
    }

    private <T> void separated(Iterable<T> items, Consumer<T> write) {
        String separator = "";
        for (T item : items) {
            out.append(separator);
            write.accept(item);
            separator = ",";
        }
    }

    private <T> void fields(Iterable<T> items, Function<T, String> name, Consumer<T> write) {
        out.append('{');
        separated(items, item -> {
            quoted(name.apply(item));
            out.append(':');
            write.accept(item);
        });
        out.append('}');
    }
}
