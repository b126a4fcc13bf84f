package org.chorale.document.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.chorale.document.ChangeId;
import org.chorale.document.StoredChange;

/**
 * Changes in a row, as they are kept when they are long ago: gzip in base64, cut into parts of one row each, and an index of their ids.
 *
 * @param rawBytes    of what is in it, not compressed
 * @param contentLength of the changes' contents, in UTF-16 code units
 * @param parts       each at most {@link #PART_LENGTH} long
 * @param clients     whose changes are in it
 */
public record ChangeSegment(long first, long last, Instant firstAt, Instant lastAt, long rawBytes, long contentLength, List<String> parts,
                            Map<String, Counters> clients) {
    /** What one row holds, in characters. */
    static final int PART_LENGTH = 1024 * 1024;
    private static final int FORMAT = 1;

    public ChangeSegment {
        parts = List.copyOf(parts);
        clients = Map.copyOf(clients);
    }

    /** @param changes at least one, in the order of their revisions, without a gap */
    static ChangeSegment of(List<StoredChange> changes) {
        var packed = new ByteArrayOutputStream();
        long raw;
        try (var out = new DataOutputStream(new GZIPOutputStream(packed, 64 * 1024))) {
            out.writeByte(FORMAT);
            out.writeInt(changes.size());
            for (StoredChange change : changes) {
                out.writeLong(change.revision());
                out.writeUTF(change.id().toString());
                out.writeLong(change.at().toEpochMilli());
                write(out, change.content());
                write(out, change.inverse());
            }
            raw = out.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);              // nothing of this leaves memory
        }
        String text = Base64.getEncoder().encodeToString(packed.toByteArray());
        var parts = new ArrayList<String>();
        for (int from = 0; from < text.length(); from += PART_LENGTH) {
            parts.add(text.substring(from, Math.min(text.length(), from + PART_LENGTH)));
        }
        var clients = changes.stream().map(StoredChange::id).collect(Collectors.groupingBy(ChangeId::clientId, TreeMap::new,
            Collectors.collectingAndThen(Collectors.mapping(ChangeId::counter, Collectors.toList()), Counters::of)));
        StoredChange last = changes.getLast();
        return new ChangeSegment(changes.getFirst().revision(), last.revision(), changes.getFirst().at(), last.at(), raw,
            changes.stream().mapToLong(change -> change.content().length()).sum(), parts, clients);
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** How many changes are in it. */
    public long changes() {
        return last - first + 1;
    }

    /** What it takes in the database, its index included, but for what the database itself adds. */
    public long storedBytes() {
        return parts.stream().mapToLong(String::length).sum()
            + clients.entrySet().stream().mapToLong(each -> each.getKey().length() + each.getValue().text().length() + 32L).sum();
    }

    /**
     * The changes that {@link #of} took.
     *
     * @throws IllegalStateException where the parts are broken, or of another format
     */
    static List<StoredChange> read(List<String> parts) {
        List<InputStream> pieces = parts.stream()
            .<InputStream>map(part -> new ByteArrayInputStream(part.getBytes(StandardCharsets.US_ASCII))).toList();
        InputStream joined = new SequenceInputStream(Collections.enumeration(pieces));
        try (var in = new DataInputStream(new GZIPInputStream(Base64.getDecoder().wrap(joined), 64 * 1024))) {
            if (in.readByte() != FORMAT) {
                throw new IllegalStateException("a segment of changes of another format (expected: " + FORMAT + ")");
            }
            int count = in.readInt();
            var changes = new ArrayList<StoredChange>();
            for (int i = 0; i < count; i++) {
                changes.add(new StoredChange(in.readLong(), ChangeId.parse(in.readUTF()), Instant.ofEpochMilli(in.readLong()), text(in),
                    text(in)));
            }
            return List.copyOf(changes);
        } catch (IOException e) {
            throw new IllegalStateException("a segment of changes is not readable", e);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    /** Some of a client's counters: exactly these, as ranges in their order, like {@code 0-57,60}. */
    public record Counters(long low, long high, String text) {
        static Counters of(List<Long> counters) {
            List<Long> sorted = counters.stream().sorted().distinct().toList();
            var ranges = new StringBuilder();
            for (int from = 0; from < sorted.size(); ) {
                int to = from;
                while (to + 1 < sorted.size() && sorted.get(to + 1) == sorted.get(to) + 1) {
                    to++;
                }
                ranges.append(ranges.isEmpty() ? "" : ",").append(sorted.get(from));
                if (to > from) {
                    ranges.append('-').append(sorted.get(to));
                }
                from = to + 1;
            }
            return new Counters(sorted.getFirst(), sorted.getLast(), ranges.toString());
        }

        boolean contains(long counter) {
            if (counter < low || counter > high) {
                return false;
            }
            for (String range : text.split(",")) {
                int dash = range.indexOf('-');
                long from = Long.parseLong(dash < 0 ? range : range.substring(0, dash));
                long to = dash < 0 ? from : Long.parseLong(range.substring(dash + 1));
                if (counter >= from && counter <= to) {
                    return true;
                }
            }
            return false;
        }
    }
}
