package org.chorale.realtime.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.chorale.access.web.GrantJson;
import org.chorale.chat.ChatMessage;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.ConflictCodec;
import org.chorale.document.codec.Json;
import org.chorale.document.codec.PolicyCodec;
import org.chorale.document.codec.ValueCodec;
import org.chorale.document.service.ConflictState;
import org.chorale.document.service.LimitsConfig;
import org.chorale.document.service.Outcome;
import org.chorale.lock.Lock;
import org.chorale.operation.ElementId;
import org.chorale.platform.web.JsonBodies;
import org.chorale.platform.web.ProblemJson;
import org.chorale.platform.web.ServerIdentity;
import org.chorale.problem.Problem;
import org.chorale.profile.AvatarLook;
import org.chorale.session.Participant;
import org.chorale.session.Session;
import org.chorale.value.Value;

/** What the server says, as text. */
final class ServerFrames {
    private ServerFrames() {}

    /**
     * What a newcomer is told besides the document.
     *
     * @param nameOfUser nothing for users who are not here
     * @param expiresAt  when a fresh token has to have come; nothing for guests
     */
    record Welcome(Session session, Participant self, Rights rights, Collection<Participant> participants, String branch,
                   long revision, Collection<Lock> locks, Collection<ConflictState> conflicts, Function<String, Optional<String>> nameOfUser,
                   LimitsConfig limits, long heartbeatSeconds, Optional<Instant> expiresAt) {}

    /** @param snapshot the encoded snapshot; without one the client resumes from {@code resumedFrom} */
    static String welcome(Welcome welcome, Optional<String> snapshot, long resumedFrom) {
        return frame("welcome", json -> {
            writeSession(json, welcome.session());
            json.writeFieldName("self");
            writeSelf(json, welcome.self(), welcome.rights());
            writeParticipants(json, "participants", welcome.participants());
            json.writeStringField("branch", welcome.branch());
            json.writeNumberField("revision", welcome.revision());
            if (snapshot.isPresent()) {
                json.writeFieldName("snapshot");
                json.writeRawValue(snapshot.get());
            } else {
                json.writeNumberField("resumedFrom", resumedFrom);
            }
            writeLocks(json, "locks", welcome.locks());
            json.writeArrayFieldStart("conflicts");
            for (ConflictState conflict : welcome.conflicts()) {
                write(json, conflict, welcome.nameOfUser());
            }
            json.writeEndArray();
            writeLimits(json, welcome.limits());
            writeEmptyArray(json, "iceServers");
            json.writeNumberField("heartbeatSeconds", welcome.heartbeatSeconds());
            json.writeStringField("serverVersion", ServerIdentity.VERSION);
            if (welcome.expiresAt().isPresent()) {
                json.writeStringField("expiresAt", welcome.expiresAt().get().toString());
            }
        });
    }

    static String authenticated(Instant expiresAt) {
        return frame("authenticated", json -> json.writeStringField("expiresAt", expiresAt.toString()));
    }

    static String snapshot(String snapshot) {
        // The snapshot is an object of its own: its fields become the frame's.
        return "{\"type\":\"snapshot\"," + snapshot.substring(1);
    }

    /**
     * @param hash of the document at {@code to}, if it is to be told
     * @param body the changes' wire forms, joined by commas
     */
    static String changes(long from, long to, Optional<String> hash, String body) {
        String fingerprint = hash.map(digits -> ",\"hash\":\"" + digits + "\"").orElse("");
        return "{\"type\":\"changes\",\"from\":" + from + ",\"to\":" + to + fingerprint + ",\"changes\":[" + body + "]}";
    }

    /** {@code {type: what, what: body, deleted?}} */
    static String news(String what, Object body, boolean deleted) {
        return frame(what, json -> {
            json.writeFieldName(what);
            json.writeRawValue(JsonBodies.write(body));
            if (deleted) {
                json.writeBooleanField("deleted", true);
            }
        });
    }

    static String conflict(ConflictState conflict, Function<String, Optional<String>> nameOfUser) {
        return frame("conflict", json -> {
            json.writeFieldName("record");
            write(json, conflict, nameOfUser);
        });
    }

    static String locks(Collection<Lock> locked, Collection<ElementId> unlocked) {
        return frame("locks", json -> {
            writeLocks(json, "locked", locked);
            json.writeArrayFieldStart("unlocked");
            for (ElementId element : unlocked) {
                json.writeString(element.value());
            }
            json.writeEndArray();
        });
    }

    static String chat(ChatMessage message) {
        return frame("chat", json -> {
            json.writeStringField("id", Long.toString(message.id()));
            if (message.messageId().isPresent()) {
                json.writeStringField("messageId", message.messageId().get());
            }
            json.writeStringField("userId", message.userId());
            json.writeStringField("participantId", message.participantId());
            json.writeStringField("name", message.name());
            json.writeStringField("text", message.text());
            json.writeStringField("at", message.at().toString());
        });
    }

    /** What the receiver may do from now on. */
    static String permissions(Rights rights) {
        return frame("permissions", json -> {
            json.writeStringField("role", rights.role().name());
            writeRights(json, rights);
        });
    }

    static String session(Session session) {
        return frame("session", json -> writeSession(json, session));
    }

    static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted(var id, var revision, var notes) -> frame("accepted", json -> {
                json.writeStringField("changeId", id.toString());
                json.writeNumberField("revision", revision);
                ChangeCodec.writeNotes(json, notes);
            });
            case Outcome.Refused(var id, var problem) -> refused(id.toString(), problem);
        };
    }

    static String refused(String changeId, Problem problem) {
        return frame("refused", json -> {
            json.writeStringField("changeId", changeId);
            json.writeFieldName("problem");
            ProblemJson.write(json, problem);
        });
    }

    static String presence(Collection<Participant> joined, Collection<String> left, Collection<Participant> updated) {
        return frame("presence", json -> {
            writeParticipants(json, "joined", joined);
            json.writeArrayFieldStart("left");
            for (String participantId : left) {
                json.writeString(participantId);
            }
            json.writeEndArray();
            writeParticipants(json, "updated", updated);
        });
    }

    static String awareness(Map<String, Map<String, Value>> states) {
        return frame("awareness", json -> {
            json.writeObjectFieldStart("states");
            for (var state : states.entrySet()) {
                json.writeObjectFieldStart(state.getKey());
                for (var field : state.getValue().entrySet()) {
                    json.writeFieldName(field.getKey());
                    ValueCodec.write(json, field.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    static String pong(JsonNode t, Instant serverTime, long revision) {
        return frame("pong", json -> {
            json.writeFieldName("t");
            json.writeTree(t);
            json.writeStringField("serverTime", serverTime.toString());
            json.writeNumberField("revision", revision);
        });
    }

    static String error(Problem problem) {
        return frame("error", json -> {
            json.writeFieldName("problem");
            ProblemJson.write(json, problem);
        });
    }

    /** @param about the frame that this answers */
    static String error(Problem problem, ClientFrame about) {
        return switch (about) {
            case ClientFrame.Lock(var element, var lease) -> error(problem, "lock", "element", Optional.of(element.value()));
            case ClientFrame.Unlock(var element) -> error(problem, "unlock", "element", Optional.of(element.value()));
            case ClientFrame.Chat(var text, var messageId) -> error(problem, "chat", "messageId", messageId);
            case ClientFrame.Awareness awareness -> error(problem, "awareness", "", Optional.empty());
            case ClientFrame.Resync resync -> error(problem, "resync", "", Optional.empty());
            case ClientFrame.Authenticate authenticate -> error(problem, "authenticate", "", Optional.empty());
            // Their answers name the change, or they are the only ones of their kind.
            case ClientFrame.Hello hello -> error(problem);
            case ClientFrame.Submit submit -> error(problem);
            case ClientFrame.Undo undo -> error(problem);
            case ClientFrame.Ping ping -> error(problem);
        };
    }

    private static String error(Problem problem, String type, String field, Optional<String> name) {
        return frame("error", json -> {
            json.writeFieldName("problem");
            ProblemJson.write(json, problem);
            json.writeObjectFieldStart("about");
            json.writeStringField("type", type);
            if (name.isPresent()) {
                json.writeStringField(field, name.get());
            }
            json.writeEndObject();
        });
    }

    /** This server stops; where the client went it may be let in after some time. */
    static String draining(Duration retryAfter) {
        return frame("bye", json -> {
            json.writeStringField("reason", "draining");
            json.writeBooleanField("reconnect", true);
            json.writeNumberField("retryAfter", retryAfter.toMillis() / 1_000.0);
        });
    }

    static String bye(String reason, boolean reconnect, Optional<Long> retryAfterSeconds) {
        return frame("bye", json -> {
            json.writeStringField("reason", reason);
            json.writeBooleanField("reconnect", reconnect);
            if (retryAfterSeconds.isPresent()) {
                json.writeNumberField("retryAfter", retryAfterSeconds.get());
            }
        });
    }

    private static String frame(String type, Json.Writing fields) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            fields.to(json);
            json.writeEndObject();
        });
    }

    private static void writeSession(JsonGenerator json, Session session) throws IOException {
        json.writeObjectFieldStart("session");
        json.writeStringField("sessionId", session.id().value());
        json.writeStringField("name", session.name());
        json.writeStringField("kind", session.kind().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("maxUsers", session.maxUsers());
        json.writeStringField("createdAt", session.createdAt().toString());
        json.writeFieldName("conflictPolicy");
        PolicyCodec.write(json, session.conflictPolicy());
        json.writeEndObject();
    }

    private static void writeParticipants(JsonGenerator json, String field, Collection<Participant> participants) throws IOException {
        json.writeArrayFieldStart(field);
        for (Participant participant : participants) {
            json.writeStartObject();
            writeParticipant(json, participant);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeSelf(JsonGenerator json, Participant self, Rights rights) throws IOException {
        json.writeStartObject();
        writeParticipant(json, self);
        writeRights(json, rights);
        json.writeEndObject();
    }

    private static void writeParticipant(JsonGenerator json, Participant participant) throws IOException {
        json.writeStringField("participantId", participant.participantId());
        json.writeStringField("userId", participant.userId());
        json.writeStringField("name", participant.name());
        json.writeStringField("color", participant.color());
        json.writeStringField("role", participant.role().name());
        json.writeStringField("status", participant.status().name());
        if (participant.appearance().look().isPresent()) {
            write(json, participant.appearance().look().get());
        }
        Optional<String> picture = participant.appearance().picturePath(participant.userId());
        if (picture.isPresent()) {
            json.writeStringField("picture", picture.get());
        }
    }

    private static void write(JsonGenerator json, AvatarLook look) throws IOException {
        json.writeObjectFieldStart("look");
        json.writeStringField("shape", AvatarLook.word(look.shape()));
        json.writeStringField("visor", AvatarLook.word(look.visor()));
        json.writeStringField("accent", AvatarLook.word(look.accent()));
        json.writeArrayFieldStart("accessories");
        for (AvatarLook.Accessory accessory : look.accessories()) {
            json.writeString(AvatarLook.word(accessory));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeRights(JsonGenerator json, Rights rights) throws IOException {
        json.writeFieldName("permissions");
        GrantJson.write(json, rights.permissions());
        json.writeFieldName("grants");
        GrantJson.write(json, rights.grants());
        json.writeBooleanField("frozen", rights.frozen());
        json.writeNumberField("slowModeSeconds", rights.slowModeSeconds());
    }

    private static void writeLimits(JsonGenerator json, LimitsConfig limits) throws IOException {
        json.writeObjectFieldStart("limits");
        json.writeNumberField("frameBytes", limits.frameBytes);
        json.writeNumberField("changesPerFrame", limits.changesPerFrame);
        json.writeNumberField("operationsPerChange", limits.operationsPerChange);
        json.writeNumberField("changeBytes", limits.changeBytes);
        json.writeNumberField("valueBytes", limits.valueBytes);
        json.writeNumberField("valueDepth", limits.valueDepth);
        json.writeNumberField("textLength", limits.textLength);
        json.writeNumberField("elements", limits.elements);
        json.writeNumberField("treeDepth", limits.treeDepth);
        json.writeNumberField("names", limits.names);
        json.writeNumberField("listItems", limits.listItems);
        json.writeNumberField("setMembers", limits.setMembers);
        json.writeNumberField("candidates", limits.candidates);
        json.writeNumberField("awarenessBytes", limits.awarenessBytes);
        json.writeNumberField("chatLength", limits.chatLength);
        json.writeNumberField("locks", limits.locks);
        json.writeNumberField("leaseSeconds", limits.lease.toSeconds());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ConflictState conflict, Function<String, Optional<String>> nameOfUser) throws IOException {
        ConflictCodec.write(json, conflict.record(), conflict.current(), conflict.userId(), nameOfUser);
    }

    private static void writeLocks(JsonGenerator json, String field, Collection<Lock> locks) throws IOException {
        json.writeArrayFieldStart(field);
        for (Lock lock : locks) {
            json.writeStartObject();
            json.writeStringField("element", lock.element().value());
            json.writeStringField("participantId", lock.holder().participantId());
            json.writeStringField("userId", lock.holder().userId());
            json.writeStringField("name", lock.holder().name());
            json.writeNumberField("lease", lock.lease());
            json.writeStringField("expiresAt", lock.expiresAt().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeEmptyArray(JsonGenerator json, String field) throws IOException {
        json.writeArrayFieldStart(field);
        json.writeEndArray();
    }
}
