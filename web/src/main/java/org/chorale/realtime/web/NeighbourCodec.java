package org.chorale.realtime.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chorale.access.Role;
import org.chorale.account.web.Revocation;
import org.chorale.document.codec.Json;
import org.chorale.document.codec.ValueCodec;
import org.chorale.profile.Appearance;
import org.chorale.profile.AvatarLook;
import org.chorale.session.Participant;
import org.chorale.session.SessionId;
import org.chorale.value.Value;

/** Messages between nodes as JSON. All nodes of a cluster run this version or the next one: fields are added, never changed. */
final class NeighbourCodec {
    private NeighbourCodec() {}

    /**
     * A message with its number.
     *
     * @param number among those that the sender sends about the session; 0 of a node where nobody is in it
     */
    record Numbered(long number, NeighbourMessage message) {}

    static String write(long number, NeighbourMessage message) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("n", number);
            json.writeStringField("kind", message.getClass().getSimpleName());
            switch (message) {
                case NeighbourMessage.Here here -> {
                    json.writeBooleanField("first", here.first());
                    json.writeBooleanField("last", here.last());
                    writeSeats(json, "seats", here.seats());
                }
                case NeighbourMessage.Presence presence -> {
                    writeSeats(json, "joined", presence.joined());
                    writeTexts(json, "left", presence.left());
                    json.writeArrayFieldStart("updated");
                    for (Participant participant : presence.updated()) {
                        write(json, participant);
                    }
                    json.writeEndArray();
                }
                case NeighbourMessage.Aware aware -> {
                    json.writeStringField("branch", aware.branch());
                    json.writeObjectFieldStart("states");
                    for (var state : aware.states().entrySet()) {
                        json.writeFieldName(state.getKey());
                        write(json, state.getValue());
                    }
                    json.writeEndObject();
                }
                case NeighbourMessage.Tell(var frame) -> json.writeStringField("frame", frame);
                case NeighbourMessage.Kick(var userId) -> json.writeStringField("userId", userId);
                case NeighbourMessage.Who(var session, var to) -> {
                    json.writeStringField("session", session.value());
                    json.writeStringField("to", to.orElse(""));
                }
                case NeighbourMessage.Revoked(var revocation) -> write(json, revocation);
                case NeighbourMessage.Looks(var userId, var appearance) -> {
                    json.writeStringField("userId", userId);
                    write(json, appearance);
                }
                case NeighbourMessage.Look look -> { }
                case NeighbourMessage.Beat beat -> { }
                case NeighbourMessage.Alive alive -> { }
                case NeighbourMessage.Leaving leaving -> { }
            }
            json.writeEndObject();
        });
    }

    /**
     * @return nothing for a kind that only a newer version knows
     * @throws IllegalArgumentException where it is no message
     */
    static Optional<Numbered> read(String body) {
        try {
            JsonNode json = Json.read(body);
            long number = json.required("n").longValue();
            return message(json).map(message -> new Numbered(number, message));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("message of a node (expected: as this version writes it): " + e.getMessage(), e);
        }
    }

    private static Optional<NeighbourMessage> message(JsonNode json) {
        return Optional.ofNullable(switch (json.required("kind").textValue()) {
            case "Here" -> new NeighbourMessage.Here(json.required("first").booleanValue(), json.required("last").booleanValue(),
                seats(json.required("seats")));
            case "Presence" -> new NeighbourMessage.Presence(seats(json.required("joined")), texts(json.required("left")),
                participants(json.required("updated")));
            case "Aware" -> new NeighbourMessage.Aware(json.required("branch").textValue(), states(json.required("states")));
            case "Tell" -> new NeighbourMessage.Tell(text(json, "frame"));
            case "Kick" -> new NeighbourMessage.Kick(text(json, "userId"));
            case "Look" -> new NeighbourMessage.Look();
            case "Beat" -> new NeighbourMessage.Beat();
            case "Alive" -> new NeighbourMessage.Alive();
            case "Leaving" -> new NeighbourMessage.Leaving();
            case "Who" -> new NeighbourMessage.Who(new SessionId(text(json, "session")), Optional.of(text(json, "to")).filter(to -> !to.isEmpty()));
            case "Revoked" -> new NeighbourMessage.Revoked(new Revocation(text(json, "userId"), optional(json, "signIn"), optional(json, "apiKey"),
                json.required("mayReturn").booleanValue()));
            case "Looks" -> new NeighbourMessage.Looks(text(json, "userId"), appearance(json));
            default -> null;
        });
    }

    private static void write(JsonGenerator json, Revocation revocation) throws IOException {
        json.writeStringField("userId", revocation.userId());
        json.writeStringField("signIn", revocation.signIn().orElse(""));
        json.writeStringField("apiKey", revocation.apiKey().orElse(""));
        json.writeBooleanField("mayReturn", revocation.mayReturn());
    }

    private static void write(JsonGenerator json, Appearance appearance) throws IOException {
        json.writeStringField("look", appearance.look().map(AvatarLook::text).orElse(""));
        json.writeNumberField("picture", appearance.pictureVersion());
    }

    private static Appearance appearance(JsonNode json) {
        return new Appearance(optional(json, "look").map(AvatarLook::parse), json.required("picture").longValue());
    }

    private static void writeSeats(JsonGenerator json, String name, Collection<RemoteSeat> seats) throws IOException {
        json.writeArrayFieldStart(name);
        for (RemoteSeat seat : seats) {
            json.writeStartObject();
            json.writeStringField("branch", seat.branch());
            json.writeStringField("clientId", seat.clientId());
            json.writeStringField("address", seat.address());
            json.writeNumberField("takenAt", seat.takenAt());
            json.writeFieldName("participant");
            write(json, seat.participant());
            json.writeFieldName("awareness");
            write(json, seat.awareness());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static List<RemoteSeat> seats(JsonNode items) {
        var seats = new ArrayList<RemoteSeat>();
        for (JsonNode item : items) {
            seats.add(new RemoteSeat(text(item, "branch"), text(item, "clientId"), text(item, "address"), item.required("takenAt").longValue(),
                participant(item.required("participant")), state(item.required("awareness"))));
        }
        return seats;
    }

    private static void write(JsonGenerator json, Participant participant) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", participant.participantId());
        json.writeStringField("userId", participant.userId());
        json.writeStringField("name", participant.name());
        json.writeStringField("color", participant.color());
        write(json, participant.appearance());
        json.writeStringField("role", participant.role().name());
        json.writeStringField("status", participant.status().name());
        json.writeEndObject();
    }

    private static Participant participant(JsonNode json) {
        return new Participant(text(json, "id"), text(json, "userId"), text(json, "name"), text(json, "color"), appearance(json),
            Role.valueOf(text(json, "role")), Participant.Status.valueOf(text(json, "status")));
    }

    private static List<Participant> participants(JsonNode items) {
        var participants = new ArrayList<Participant>();
        items.forEach(item -> participants.add(participant(item)));
        return participants;
    }

    private static void write(JsonGenerator json, Map<String, Value> state) throws IOException {
        json.writeStartObject();
        for (var field : state.entrySet()) {
            json.writeFieldName(field.getKey());
            ValueCodec.write(json, field.getValue());
        }
        json.writeEndObject();
    }

    private static Map<String, Map<String, Value>> states(JsonNode json) {
        var states = new HashMap<String, Map<String, Value>>();
        json.properties().forEach(state -> states.put(state.getKey(), state(state.getValue())));
        return states;
    }

    private static Map<String, Value> state(JsonNode json) {
        var state = new HashMap<String, Value>();
        json.properties().forEach(field -> state.put(field.getKey(), ValueCodec.read(field.getValue())));
        return state;
    }

    private static void writeTexts(JsonGenerator json, String name, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static Set<String> texts(JsonNode items) {
        var texts = new HashSet<String>();
        items.forEach(item -> texts.add(item.textValue()));
        return texts;
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.required(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " (expected: a text)");
        }
        return value.textValue();
    }

    private static Optional<String> optional(JsonNode json, String name) {
        return Optional.of(text(json, name)).filter(text -> !text.isEmpty());
    }
}
