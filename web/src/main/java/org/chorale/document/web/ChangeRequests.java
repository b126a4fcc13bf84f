package org.chorale.document.web;

import static org.chorale.problem.ProblemType.INVALID_CHANGE;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chorale.document.Change;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.Fields;
import org.chorale.document.service.LimitsConfig;
import org.chorale.document.service.Outcome;
import org.chorale.document.service.Submission;
import org.chorale.problem.CollaborationException;

/** Changes as a REST body brings them: what the socket's clients always say may be left out here. */
final class ChangeRequests {
    private final LimitsConfig limits;

    ChangeRequests(LimitsConfig limits) {
        this.limits = limits;
    }

    /**
     * Changes up to the first one that cannot be read.
     *
     * @param unread that one's problem
     */
    record Readable(List<Submission.Edit> edits, Optional<Outcome.Refused> unread) {}

    /** The items of {@code changes}, not read yet. */
    List<JsonNode> items(Fields body) {
        List<JsonNode> items = body.items("changes", item -> item);
        if (items.isEmpty()) {
            throw body.expected("changes", "at least one");
        }
        if (items.size() > limits.changesPerFrame) {
            throw LIMIT_EXCEEDED.because("changes in a request: " + items.size() + " (expected: at most " + limits.changesPerFrame + ")");
        }
        return items;
    }

    /** Whether the head has to be asked for, since an item does not say what it builds on. */
    static boolean needHead(List<JsonNode> items) {
        return items.stream().anyMatch(item -> !item.hasNonNull("baseRevision"));
    }

    /** @param names what change ids are made of where an item has none */
    Readable read(List<JsonNode> items, ChangeNames names, long head) {
        var edits = new ArrayList<Submission.Edit>(items.size());
        for (int i = 0; i < items.size(); i++) {
            try {
                edits.add(new Submission.Edit(read(items.get(i), names, i, head)));
            } catch (CollaborationException e) {
                return new Readable(edits, Optional.of(new Outcome.Refused(names.of(i), e.problem())));
            }
        }
        return new Readable(edits, Optional.empty());
    }

    private Change read(JsonNode item, ChangeNames names, int index, long head) {
        if (!(item instanceof ObjectNode object)) {
            throw INVALID_CHANGE.because("change (expected: an object)");
        }
        int length = item.toString().length();
        if (length > limits.changeBytes) {
            throw LIMIT_EXCEEDED.because("bytes of a change: " + length + " (expected: at most " + limits.changeBytes + ")");
        }
        ObjectNode whole = object.deepCopy();
        if (!whole.hasNonNull("changeId")) {
            whole.put("changeId", names.of(index).toString());
        }
        if (!whole.hasNonNull("baseRevision")) {
            whole.put("baseRevision", head);
        }
        if (!whole.hasNonNull("seenRevision")) {
            whole.set("seenRevision", whole.get("baseRevision"));
        }
        return ChangeCodec.readSubmitted(whole);
    }
}
