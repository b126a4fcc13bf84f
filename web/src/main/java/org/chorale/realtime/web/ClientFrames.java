package org.chorale.realtime.web;

import static org.chorale.problem.ProblemType.AWARENESS_TOO_LARGE;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.MALFORMED_FRAME;
import static org.chorale.problem.ProblemType.UNAUTHENTICATED;
import static org.chorale.problem.ProblemType.UNKNOWN_TYPE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chorale.account.Profile;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.ClientId;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.Fields;
import org.chorale.document.codec.Json;
import org.chorale.document.codec.ValueCodec;
import org.chorale.document.service.LimitsConfig;
import org.chorale.operation.ElementId;
import org.chorale.problem.CollaborationException;
import org.chorale.session.BranchId;
import org.chorale.session.Guest;
import org.chorale.value.CanonicalForm;
import org.chorale.value.Value;

/** Reads what clients send; whatever is wrong with it becomes a problem that says so. */
final class ClientFrames {
    private static final int LONGEST_SECRET = 128;

    private final LimitsConfig limits;

    ClientFrames(LimitsConfig limits) {
        this.limits = limits;
    }

    ClientFrame read(String text) {
        JsonNode json = parse(text);
        var fields = new Fields(json, "frame", MALFORMED_FRAME);
        return switch (fields.text("type")) {
            case "hello" -> hello(fields);
            case "authenticate" -> new ClientFrame.Authenticate(fields.text("token"));
            case "submit" -> submit(fields);
            case "undo" -> undo(fields, false);
            case "redo" -> undo(fields, true);
            case "awareness" -> awareness(fields);
            case "lock" -> lock(fields);
            case "unlock" -> new ClientFrame.Unlock(element(fields));
            case "chat" -> new ClientFrame.Chat(fields.text("text"), fields.optionalText("messageId"));
            case "resync" -> new ClientFrame.Resync(fields.integer("revision"), fields.optionalBool("snapshot").orElse(false));
            case "ping" -> new ClientFrame.Ping(fields.required("t"));
            default -> throw UNKNOWN_TYPE.because(
                "type (expected: hello, authenticate, submit, undo, redo, awareness, lock, unlock, chat, resync or ping)");
        };
    }

    private static JsonNode parse(String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw MALFORMED_FRAME.because("not JSON: " + e.getOriginalMessage());
        }
    }

    private static ClientFrame.Hello hello(Fields fields) {
        Optional<String> token = fields.optionalText("token");
        if (token.isEmpty() && fields.optional("guest").isEmpty()) {
            throw UNAUTHENTICATED.because("token, or guest (expected: {name, color})");
        }
        String clientId = fields.text("clientId");
        if (!ClientId.isValid(clientId)) {
            throw fields.expected("clientId", ClientId.EXPECTED);
        }
        // A guest beside a token is not looked at: nobody is two people.
        Optional<Guest> guest = token.isPresent() ? Optional.empty() : Optional.of(guest(fields.object("guest")));
        Optional<String> color = fields.optionalText("color").map(given -> Profile.requireColor("color", given));
        return new ClientFrame.Hello(token, guest, color, clientId, fields.optionalText("branch").orElse(BranchId.MAIN),
            fields.optionalInteger("revision"), fields.optionalText("seat"),
            fields.optionalText("password").map(text -> requireShort(fields, "password", text)),
            fields.optionalText("invitation").map(text -> requireShort(fields, "invitation", text)));
    }

    private static Guest guest(Fields guest) {
        return new Guest(guest.text("name"), guest.text("color"), guest.optionalText("secret"));
    }

    private static String requireShort(Fields fields, String field, String text) {
        if (text.length() > LONGEST_SECRET) {
            throw fields.expected(field, "at most " + LONGEST_SECRET + " characters");
        }
        return text;
    }

    private static ClientFrame.Undo undo(Fields fields, boolean redo) {
        return new ClientFrame.Undo(ChangeId.parse(fields.text("undoId")), fields.optionalText("changeId").map(ChangeId::parse), redo);
    }

    private static ClientFrame.Lock lock(Fields fields) {
        return new ClientFrame.Lock(element(fields), fields.optionalInteger("leaseSeconds").map(seconds -> {
            // What is far out of range is told by the locks; a Duration cannot hold everything that JSON can.
            return Duration.ofSeconds(Math.clamp(seconds, 0, Integer.MAX_VALUE));
        }));
    }

    private static ElementId element(Fields fields) {
        String id = fields.text("element");
        try {
            return ElementId.of(id);
        } catch (CollaborationException e) {
            throw MALFORMED_FRAME.because("frame.element: " + e.problem().detail());
        }
    }

    private ClientFrame.Submit submit(Fields fields) {
        JsonNode changes = fields.array("changes");
        if (changes.isEmpty()) {
            throw fields.expected("changes", "at least one");
        }
        if (changes.size() > limits.changesPerFrame) {
            throw LIMIT_EXCEEDED.because("changes in a frame: " + changes.size() + " (expected: at most " + limits.changesPerFrame + ")");
        }
        var list = new ArrayList<JsonNode>(changes.size());
        changes.forEach(list::add);
        return new ClientFrame.Submit(List.copyOf(list));
    }

    /** Reads one change of a submit. */
    Change readChange(JsonNode change) {
        int length = change.toString().length();
        if (length > limits.changeBytes) {
            throw LIMIT_EXCEEDED.because("bytes of a change: " + length + " (expected: at most " + limits.changeBytes + ")");
        }
        return ChangeCodec.readSubmitted(change);
    }

    private ClientFrame.Awareness awareness(Fields fields) {
        try {
            if (ValueCodec.read(fields.required("state")) instanceof Value.Struct state) {
                requireSmall(state);
                return new ClientFrame.Awareness(state.fields(), fields.optionalBool("partial").orElse(true));
            }
        } catch (CollaborationException e) {
            if (e.problem().type() == AWARENESS_TOO_LARGE) {
                throw e;
            }
            throw MALFORMED_FRAME.because("frame.state: " + e.problem().detail());
        }
        throw fields.expected("state", "an object");
    }

    /** Also for what several partial states add up to. */
    void requireSmall(Value.Struct state) {
        int bytes = CanonicalForm.bytes(state);
        if (bytes > limits.awarenessBytes) {
            throw AWARENESS_TOO_LARGE.because("state: " + bytes + " bytes (expected: at most " + limits.awarenessBytes + ")");
        }
    }
}
