package org.chorale.session.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chorale.access.AccessSettings;
import org.chorale.access.Role;
import org.chorale.access.web.GrantJson;
import org.chorale.conflict.Policy;
import org.chorale.document.codec.Fields;
import org.chorale.document.codec.PolicyCodec;
import org.chorale.session.NewSession;
import org.chorale.session.SessionKind;
import org.chorale.session.SessionSettings;
import org.chorale.session.Visibility;

/** Reads what is asked of sessions. */
final class SessionRequests {
    private SessionRequests() {}

    /** @param maxUsers what counts where none is given */
    static NewSession newSession(Fields fields, int maxUsers) {
        fields.requireOnly("name", "kind", "maxUsers", "visibility", "conflictPolicy", "guest", "password", "defaultRole", "permissions");
        return new NewSession(fields.text("name"), constant(SessionKind.class, "kind", fields.text("kind")),
            visibility(fields).orElse(Visibility.LINK), maxUsers(fields).orElse(maxUsers), conflictPolicy(fields).orElse(Map.of()));
    }

    static SessionSettings settings(Fields fields) {
        fields.requireOnly("name", "maxUsers", "visibility", "conflictPolicy", "guest", "password", "defaultRole", "permissions");
        return new SessionSettings(fields.optionalText("name"), maxUsers(fields), visibility(fields), conflictPolicy(fields));
    }

    /** What either says about who gets in; a null password is none. */
    static AccessSettings access(Fields fields) {
        Optional<String> password = fields.present("password").map(given -> given.isNull() ? "" : fields.text("password"));
        return new AccessSettings(password, fields.optionalConstant("defaultRole", Role.class),
            fields.optional("permissions").map(given -> GrantJson.permissions(fields.object("permissions"))));
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Integer> maxUsers(Fields fields) {
        return fields.optionalInteger("maxUsers").map(number -> Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private static Optional<Visibility> visibility(Fields fields) {
        return fields.optionalText("visibility").map(text -> constant(Visibility.class, "visibility", text));
    }

    private static Optional<Map<String, Policy>> conflictPolicy(Fields fields) {
        return fields.optional("conflictPolicy").map(PolicyCodec::read);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String field, String text) {
        return Arrays.stream(type.getEnumConstants()).filter(constant -> lower(constant).equals(text)).findFirst()
            .orElseThrow(() -> INVALID_REQUEST.because(field + " (expected: one of "
                + Arrays.stream(type.getEnumConstants()).map(SessionRequests::lower).toList() + ")"));
    }
}
