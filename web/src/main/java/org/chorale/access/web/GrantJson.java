package org.chorale.access.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chorale.access.Action;
import org.chorale.access.Grant;
import org.chorale.access.PropertyPattern;
import org.chorale.access.Role;
import org.chorale.access.Subject;
import org.chorale.document.codec.Fields;
import org.chorale.operation.ElementId;

/** Grants and permissions as JSON, in frames and bodies: {@code {user | role, element?, property?, actions?, allow}}. */
public final class GrantJson {
    private GrantJson() {}

    public static void write(JsonGenerator json, List<Grant> grants) throws IOException {
        json.writeStartArray();
        for (Grant grant : grants) {
            json.writeStartObject();
            switch (grant.subject()) {
                case Subject.User(var userId) -> json.writeStringField("user", userId);
                case Subject.Everybody(var role) -> json.writeStringField("role", role.name());
            }
            if (grant.element().isPresent()) {
                json.writeStringField("element", grant.element().get().value());
            }
            if (grant.property().isPresent()) {
                json.writeStringField("property", grant.property().get().toString());
            }
            json.writeFieldName("actions");
            write(json, grant.actions());
            json.writeBooleanField("allow", grant.allowed());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    public static void write(JsonGenerator json, Set<Action> actions) throws IOException {
        json.writeStartArray();
        for (Action action : EnumSet.allOf(Action.class)) {
            if (actions.contains(action)) {
                json.writeString(action.name());
            }
        }
        json.writeEndArray();
    }

    static Grant read(JsonNode node) {
        var fields = new Fields(node, "grant", INVALID_REQUEST);
        fields.requireOnly("user", "role", "element", "property", "actions", "allow");
        Optional<String> user = fields.optionalText("user");
        Optional<Role> role = fields.optionalConstant("role", Role.class);
        if (user.isPresent() == role.isPresent()) {
            throw fields.expected("", "either user or role");
        }
        Set<Action> actions = fields.optional("actions").isEmpty() ? Action.OF_DOCUMENT : actions(fields, "actions");
        return new Grant(user.<Subject>map(Subject.User::new).orElseGet(() -> new Subject.Everybody(role.get())),
            fields.optionalText("element").map(ElementId::of), fields.optionalText("property").map(PropertyPattern::parse), actions,
            fields.bool("allow"));
    }

    /** {@code {ROLE: [ACTION, …]}} */
    public static Map<Role, Set<Action>> permissions(Fields fields) {
        var permissions = new EnumMap<Role, Set<Action>>(Role.class);
        fields.requireOnly(Arrays.stream(Role.values()).map(Enum::name).toArray(String[]::new));
        for (Role role : Role.values()) {
            if (fields.optional(role.name()).isPresent()) {
                permissions.put(role, actions(fields, role.name()));
            }
        }
        return permissions;
    }

    private static Set<Action> actions(Fields fields, String field) {
        var actions = EnumSet.noneOf(Action.class);
        fields.items(field, item -> Arrays.stream(Action.values()).filter(action -> action.name().equals(item.textValue())).findFirst()
            .orElseThrow(() -> fields.expected(field, "some of " + List.of(Action.values())))).forEach(actions::add);
        return actions;
    }
}
