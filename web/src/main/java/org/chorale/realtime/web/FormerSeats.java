package org.chorale.realtime.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.chorale.session.SessionId;

/** Who had a seat lately: coming back to it is no coming. Remembers the last ones only; each is good for one return. */
final class FormerSeats {
    private static final int MOST = 20_000;

    private final Map<Former, Former> seats = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Former, Former> eldest) {
            return size() > MOST;
        }
    };

    /** @param name the participant's id, or that of the client which was at the seat */
    private record Former(SessionId session, String userId, String name) {}

    synchronized void remember(SessionId session, String userId, String clientId, String participantId) {
        put(new Former(session, userId, clientId));
        put(new Former(session, userId, participantId));
    }

    private void put(Former former) {
        seats.put(former, former);
    }

    /** Whether this user had the seat that they say, or came from this client; then that is used up. */
    synchronized boolean take(SessionId session, String userId, String clientId, Optional<String> seat) {
        boolean sameClient = seats.remove(new Former(session, userId, clientId)) != null;
        return seat.map(name -> seats.remove(new Former(session, userId, name)) != null).orElse(false) || sameClient;
    }
}
