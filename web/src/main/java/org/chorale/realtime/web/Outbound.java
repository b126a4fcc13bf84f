package org.chorale.realtime.web;

import java.io.ByteArrayOutputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import org.chorale.document.StoredChange;
import org.chorale.value.Value;

/** Something to be sent. One object serves all connections that get it, and becomes text, and compressed bytes, once. */
abstract sealed class Outbound {
    private volatile String frame;
    private volatile byte[] deflated;

    abstract String encode();

    /** The frame as text. */
    final String frame() {
        String encoded = frame;
        if (encoded == null) {
            synchronized (this) {
                encoded = frame == null ? encode() : frame;
                frame = encoded;
            }
        }
        return encoded;
    }

    /** The frame as raw deflate (RFC 1951) of its UTF-8. */
    final byte[] deflated() {
        byte[] bytes = deflated;
        if (bytes == null) {
            synchronized (this) {
                bytes = deflated == null ? deflate(frame().getBytes(StandardCharsets.UTF_8)) : deflated;
                deflated = bytes;
            }
        }
        return bytes;
    }

    /** How much it counts in a queue, in characters. */
    abstract int length();

    /** Level 1: on frames of JSON it saves nearly what the others do, in a third of their time. */
    private static byte[] deflate(byte[] plain) {
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(plain);
            deflater.finish();
            var out = new ByteArrayOutputStream(plain.length / 4 + 64);
            byte[] buffer = new byte[Math.clamp(plain.length, 512, 64 * 1024)];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** A frame that is ready. */
    static final class Text extends Outbound {
        private final String text;

        Text(String text) {
            this.text = text;
        }

        @Override
        String encode() {
            return text;
        }

        @Override
        int length() {
            return text.length();
        }
    }

    /** Contiguous committed changes. */
    static final class Changes extends Outbound {
        private final long from;
        private final long to;
        private final String body;
        private final Optional<String> hash;
        private final long since;
        /** Weak, or each of them would hold the next, and what was sent long ago everything since. */
        private volatile WeakReference<Joined> joined = new WeakReference<>(null);

        /** What two of them make together: kept, since connections that lag lag alike. */
        private record Joined(Changes next, Changes both) {}

        private Changes(long from, long to, String body, Optional<String> hash, long since) {
            this.from = from;
            this.to = to;
            this.body = body;
            this.hash = hash;
            this.since = since;
        }

        static Changes of(List<StoredChange> changes) {
            return of(changes, Optional.empty(), 0);
        }

        /**
         * @param hash  of the document behind the last change, if it is to be told
         * @param since when the oldest of them came in, by {@link System#nanoTime}; 0 for what is sent again
         */
        static Changes of(List<StoredChange> changes, Optional<String> hash, long since) {
            String body = changes.stream().map(StoredChange::content).collect(Collectors.joining(","));
            return new Changes(changes.getFirst().revision(), changes.getLast().revision(), body, hash, since);
        }

        boolean isFollowedBy(Changes next) {
            return next.from == to + 1;
        }

        /** Both as one frame, for connections that find both waiting. */
        Changes with(Changes next) {
            Joined known = joined.get();
            if (known == null || known.next() != next) {
                known = new Joined(next, new Changes(from, next.to, body + "," + next.body, next.hash, since));
                joined = new WeakReference<>(known);
            }
            return known.both();
        }

        /** When the oldest change came in, by {@link System#nanoTime}; 0 for what is sent again. */
        long since() {
            return since;
        }

        @Override
        String encode() {
            return ServerFrames.changes(from, to, hash, body);
        }

        @Override
        int length() {
            return body.length();
        }
    }

    /** What participants were aware of during one tick: partial states by participant. */
    static final class Awareness extends Outbound {
        private final Map<String, Map<String, Value>> states;

        Awareness(Map<String, Map<String, Value>> states) {
            this.states = states;
        }

        Map<String, Map<String, Value>> states() {
            return states;
        }

        boolean isOnlyAbout(String participantId) {
            return states.size() == 1 && states.containsKey(participantId);
        }

        /** Both ticks as one, the later value winning. */
        Awareness with(Awareness later) {
            var merged = new HashMap<>(states);
            later.states.forEach((participant, state) -> merged.merge(participant, state, (old, fresh) -> {
                var both = new HashMap<>(old);
                both.putAll(fresh);
                return both;
            }));
            return new Awareness(merged);
        }

        @Override
        String encode() {
            return ServerFrames.awareness(states);
        }

        /** Coalesces, so it takes no room in a queue. */
        @Override
        int length() {
            return 0;
        }
    }
}
