package org.chorale.document.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chorale.document.BranchState;
import org.chorale.document.ChangeId;
import org.chorale.document.StoredChange;

/**
 * What one node tells the others about a branch of a session.
 *
 * @param branch  its name; empty where something else about the session's branches is to be looked up
 * @param state   how far it is; a number that is not known is 0
 * @param changes the newest ones, where they are short enough to travel: contiguous, up to the head
 */
public record BranchMessage(String branch, BranchState state, List<StoredChange> changes) {
    /** Something was done to a branch beside committing and locking. */
    public static final BranchMessage LOOK = new BranchMessage("", BranchState.at(0), List.of());

    /** Its text, for {@link #decode}. */
    public String encode() {
        return Json.write(json -> {
            json.writeStartArray();
            json.writeString(branch);
            json.writeNumber(state.head());
            json.writeNumber(state.locks());
            for (StoredChange change : changes) {
                json.writeNumber(change.revision());
                json.writeString(change.id().toString());
                json.writeNumber(change.at().toEpochMilli());
                json.writeString(change.content());
                json.writeString(change.inverse());
            }
            json.writeEndArray();
        });
    }

    /** @throws IllegalArgumentException where it is none of those that {@link #encode} makes */
    public static BranchMessage decode(String body) {
        try {
            return decode(Json.read(body));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("message about a branch (expected: as the same version writes it): " + e.getMessage(), e);
        }
    }

    private static BranchMessage decode(JsonNode items) {
        var changes = new ArrayList<StoredChange>();
        for (int i = 3; i < items.size(); i += 5) {
            changes.add(new StoredChange(items.required(i).longValue(), ChangeId.parse(items.required(i + 1).textValue()),
                Instant.ofEpochMilli(items.required(i + 2).longValue()), items.required(i + 3).textValue(), items.required(i + 4).textValue()));
        }
        return new BranchMessage(items.required(0).textValue(),
            new BranchState(items.required(1).longValue(), items.required(2).longValue()), changes);
    }
}
