package org.chorale.realtime.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.document.ChangeId;
import org.chorale.session.Guest;
import org.chorale.value.Value;

/** What a client may say. */
sealed interface ClientFrame {

    record Hello(Guest guest, String clientId, String branch, Optional<Long> revision) implements ClientFrame {}

    /** Changes are read one by one, so that one bad change does not make a bad frame. */
    record Submit(List<JsonNode> changes) implements ClientFrame {}

    /** An undo of one's own change, a redo where that is an undo; {@code id} names the change that it becomes. */
    record Undo(ChangeId id, ChangeId undone) implements ClientFrame {}

    /** JSON null removes a key. */
    record Awareness(Map<String, Value> state) implements ClientFrame {}

    record Resync(long revision) implements ClientFrame {}

    /** The client's clock comes back as it was sent. */
    record Ping(JsonNode t) implements ClientFrame {}
}
