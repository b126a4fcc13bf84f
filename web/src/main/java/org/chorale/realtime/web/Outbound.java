package org.chorale.realtime.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chorale.document.StoredChange;
import org.chorale.value.Value;

/** Something to be sent. The heavy ones are shared by all connections of a room and become text once. */
sealed interface Outbound {

    /** The frame as it goes over the wire. */
    String frame();

    /** A frame that is ready. */
    record Text(String frame) implements Outbound {}

    /** Contiguous committed changes. */
    final class Changes implements Outbound {
        private final long from;
        private final long to;
        private final String body;
        private volatile String frame;

        private Changes(long from, long to, String body) {
            this.from = from;
            this.to = to;
            this.body = body;
        }

        static Changes of(List<StoredChange> changes) {
            String body = changes.stream().map(StoredChange::content).collect(Collectors.joining(","));
            return new Changes(changes.getFirst().revision(), changes.getLast().revision(), body);
        }

        boolean isFollowedBy(Changes next) {
            return next.from == to + 1;
        }

        /** Both as one frame, for a connection that finds both waiting. */
        Changes with(Changes next) {
            return new Changes(from, next.to, body + "," + next.body);
        }

        @Override
        public String frame() {
            if (frame == null) {
                frame = ServerFrames.changes(from, to, body);
            }
            return frame;
        }

        int length() {
            return body.length();
        }
    }

    /** What participants were aware of during one tick: partial states by participant. */
    final class Awareness implements Outbound {
        private final Map<String, Map<String, Value>> states;
        private volatile String frame;

        Awareness(Map<String, Map<String, Value>> states) {
            this.states = states;
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
        public String frame() {
            if (frame == null) {
                frame = ServerFrames.awareness(states);
            }
            return frame;
        }
    }
}
