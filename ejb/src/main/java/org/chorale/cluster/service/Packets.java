package org.chorale.cluster.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;

/**
 * Messages as payloads of notifications, which PostgreSQL limits to 8,000 bytes: short ones share one, a long one is cut into several.
 *
 * <pre>
 * C1 sender number part parts      one line; the number makes each payload unlike all others: equal ones of a transaction become one
 * topic length                     one line and so many characters for each message
 * body
 * </pre>
 */
final class Packets {
    /** Below what PostgreSQL takes, in bytes of UTF-8. */
    static final int LARGEST_PAYLOAD = 7900;
    /** A body of the largest size whose every character is written as two. */
    static final int MOST_PARTS = 300;
    private static final Pattern HEADER = Pattern.compile("C1 ([A-Za-z0-9.-]{1,80}) ([0-9]{1,18}) ([0-9]{1,3}) ([0-9]{1,3})\n");
    private static final Pattern MESSAGE = Pattern.compile("([A-Za-z0-9:.-]{1,64}) ([0-9]{1,8})\n");
    /** A payload cannot contain NUL. */
    private static final char ESCAPE = '\u001b';

    private Packets() {}

    /** Makes the payloads of one node, on one thread. */
    static final class Writer {
        private final NodeId self;
        private long number;

        Writer(NodeId self) {
            this.self = self;
        }

        /** Payloads in the order of the letters; the parts of one follow each other. */
        List<String> payloads(List<Outbox.Letter> letters) {
            var payloads = new ArrayList<String>();
            var together = new StringBuilder();
            int bytes = 0;
            for (Outbox.Letter letter : letters) {
                String body = escaped(letter.body());
                String content = letter.topic().name() + " " + body.length() + "\n" + body;
                int size = utf8Length(content);
                if (bytes + size > room() && bytes > 0) {
                    write(together.toString(), payloads);
                    together.setLength(0);
                    bytes = 0;
                }
                together.append(content);
                bytes += size;
            }
            if (bytes > 0) {
                write(together.toString(), payloads);
            }
            return payloads;
        }

        private void write(String content, List<String> payloads) {
            number++;
            List<String> parts = cut(content, room());
            for (int i = 0; i < parts.size(); i++) {
                payloads.add(header(number, i + 1, parts.size()) + parts.get(i));
            }
        }

        private int room() {
            return LARGEST_PAYLOAD - header(Long.MAX_VALUE, MOST_PARTS, MOST_PARTS).length();
        }

        private String header(long packet, int part, int parts) {
            return "C1 " + self.value() + " " + packet + " " + part + " " + parts + "\n";
        }
    }

    /** Reads what comes on a channel, on one thread: whoever may write to the channel may write anything. */
    static final class Reader {
        private static final long PATIENCE_NANOS = 10_000_000_000L;
        private static final int MOST_SENDERS = 64;
        private static final int MOST_CHARACTERS = 1 << 23;

        private static final class Incomplete {
            private final long number;
            private final int parts;
            private final long since;
            private final StringBuilder content = new StringBuilder();
            private int read;

            private Incomplete(long number, int parts, long since) {
                this.number = number;
                this.parts = parts;
                this.since = since;
            }
        }

        private final NodeId self;
        private final Map<NodeId, Incomplete> incomplete = new LinkedHashMap<>();

        Reader(NodeId self) {
            this.self = self;
        }

        /** The messages that this payload completes: none where it is of this node itself, or a part of what is not complete yet. */
        List<BusMessage> read(String payload, long nowNanos) throws MalformedPacketException {
            incomplete.values().removeIf(packet -> nowNanos - packet.since > PATIENCE_NANOS);
            Matcher header = HEADER.matcher(payload);
            if (!header.lookingAt()) {
                throw new MalformedPacketException("no header");
            }
            var sender = new NodeId(header.group(1));
            if (sender.equals(self)) {
                return List.of();
            }
            int part = Integer.parseInt(header.group(3));
            int parts = Integer.parseInt(header.group(4));
            if (part < 1 || part > parts || parts > MOST_PARTS) {
                throw new MalformedPacketException("part " + part + " of " + parts);
            }
            String content = payload.substring(header.end());
            if (parts == 1) {
                return messages(sender, content);
            }
            Optional<String> whole = add(sender, Long.parseLong(header.group(2)), part, parts, content, nowNanos);
            return whole.isPresent() ? messages(sender, whole.get()) : List.of();
        }

        /** Parts come one after the other, for they are sent in one transaction. */
        private Optional<String> add(NodeId sender, long number, int part, int parts, String content, long nowNanos)
                throws MalformedPacketException {
            if (part == 1) {
                incomplete.remove(sender);
                makeRoom(content.length());
                incomplete.put(sender, new Incomplete(number, parts, nowNanos));
            }
            Incomplete packet = incomplete.get(sender);
            if (packet == null || packet.number != number || packet.parts != parts || packet.read != part - 1) {
                incomplete.remove(sender);
                throw new MalformedPacketException("part " + part + " of " + parts + " without those before it");
            }
            if (held() + content.length() > MOST_CHARACTERS) {
                incomplete.remove(sender);
                throw new MalformedPacketException("more incomplete packets than are kept");
            }
            packet.content.append(content);
            packet.read = part;
            if (part < parts) {
                return Optional.empty();
            }
            incomplete.remove(sender);
            return Optional.of(packet.content.toString());
        }

        /** The oldest goes first: a sender that is alive begins anew. */
        private void makeRoom(int characters) {
            var oldest = incomplete.values().iterator();
            while (oldest.hasNext() && (incomplete.size() >= MOST_SENDERS || held() + characters > MOST_CHARACTERS)) {
                oldest.next();
                oldest.remove();
            }
        }

        private int held() {
            return incomplete.values().stream().mapToInt(packet -> packet.content.length()).sum();
        }

        private static List<BusMessage> messages(NodeId sender, String content) throws MalformedPacketException {
            var messages = new ArrayList<BusMessage>();
            Matcher header = MESSAGE.matcher(content);
            int at = 0;
            while (at < content.length()) {
                header.region(at, content.length());
                if (!header.lookingAt()) {
                    throw new MalformedPacketException("no topic and length at character " + at);
                }
                int end = header.end() + Integer.parseInt(header.group(2));
                if (end > content.length()) {
                    throw new MalformedPacketException("a body of " + header.group(2) + " characters, beyond the end");
                }
                messages.add(new BusMessage(sender, new Topic(header.group(1)), unescaped(content.substring(header.end(), end))));
                at = end;
            }
            return messages;
        }
    }

    // ---- texts

    /** Cuts a text into pieces of at most so many bytes of UTF-8, never within a character. */
    static List<String> cut(String text, int mostBytes) {
        var pieces = new ArrayList<String>();
        int begin = 0;
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int size = utf8Length(point);
            if (bytes + size > mostBytes) {
                pieces.add(text.substring(begin, at));
                begin = at;
                bytes = 0;
            }
            bytes += size;
            at += Character.charCount(point);
        }
        pieces.add(text.substring(begin));
        return pieces;
    }

    /** Bytes of UTF-8. */
    static int utf8Length(String text) {
        return text.codePoints().map(Packets::utf8Length).sum();
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }

    private static String escaped(String body) {
        if (body.indexOf(ESCAPE) < 0 && body.indexOf('\0') < 0) {
            return body;
        }
        return body.replace("" + ESCAPE, ESCAPE + "e").replace("\0", ESCAPE + "0");
    }

    private static String unescaped(String body) {
        if (body.indexOf(ESCAPE) < 0) {
            return body;
        }
        return body.replace(ESCAPE + "0", "\0").replace(ESCAPE + "e", "" + ESCAPE);
    }
}
