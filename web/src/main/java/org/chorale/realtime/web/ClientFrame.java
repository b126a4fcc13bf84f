package org.chorale.realtime.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.document.ChangeId;
import org.chorale.operation.ElementId;
import org.chorale.session.Guest;
import org.chorale.value.Value;

/** What a client may say. */
sealed interface ClientFrame {

    /**
     * Who comes: somebody with an account, or else a guest.
     *
     * @param color      in the place of the account's
     * @param seat       the participant that one was, before a reload
     * @param password   and {@code invitation} make a member of who shows them
     */
    record Hello(Optional<String> token, Optional<Guest> guest, Optional<String> color, String clientId, String branch, Optional<Long> revision,
                 Optional<String> seat, Optional<String> password, Optional<String> invitation) implements ClientFrame {
        /** Never tells what is secret. */
        @Override
        public String toString() {
            return "Hello[" + clientId + "]";
        }
    }

    /** A fresh token in the place of the one of before. */
    record Authenticate(String token) implements ClientFrame {
        /** Never tells the token. */
        @Override
        public String toString() {
            return "Authenticate[]";
        }
    }

    /** Changes are read one by one, so that one bad change does not make a bad frame. */
    record Submit(List<JsonNode> changes) implements ClientFrame {}

    /**
     * An undo of one's own change, a redo where that is an undo; {@code id} names the change that it becomes.
     *
     * @param undone nothing for the seat's last one
     * @param redo   which of the two was asked for, where none is named
     */
    record Undo(ChangeId id, Optional<ChangeId> undone, boolean redo) implements ClientFrame {}

    /** JSON null removes a key; what is not {@code partial} replaces all that was there. */
    record Awareness(Map<String, Value> state, boolean partial) implements ClientFrame {}

    record Lock(ElementId element, Optional<Duration> lease) implements ClientFrame {}

    record Unlock(ElementId element) implements ClientFrame {}

    record Chat(String text, Optional<String> messageId) implements ClientFrame {}

    /** @param snapshot whether nothing but a snapshot will do */
    record Resync(long revision, boolean snapshot) implements ClientFrame {}

    /** The client's clock comes back as it was sent. */
    record Ping(JsonNode t) implements ClientFrame {}
}
