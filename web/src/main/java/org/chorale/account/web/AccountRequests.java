package org.chorale.account.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.chorale.account.ProfileChange;
import org.chorale.account.Scope;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.Requests;
import org.chorale.profile.AvatarLook;

/** Reads what is asked about accounts. */
final class AccountRequests {
    private AccountRequests() {}

    /** Where a refresh token goes. */
    enum RefreshIn { COOKIE, BODY, NONE }

    /** The fields of a body that may be absent altogether. */
    static Fields optionalBody(String body, String... known) {
        return Requests.body(body == null || body.isBlank() ? "{}" : body, known);
    }

    static RefreshIn refreshIn(Fields fields) {
        return fields.optionalText("refreshIn").map(text -> constant(RefreshIn.class, "refreshIn", text)).orElse(RefreshIn.COOKIE);
    }

    static Set<Scope> scopes(Fields fields) {
        var scopes = EnumSet.noneOf(Scope.class);
        scopes.addAll(fields.items("scopes", node -> constant(Scope.class, "scopes", node.isTextual() ? node.textValue() : "")));
        return scopes;
    }

    /** @param preferencesBytes what preferences may take, in UTF-8 */
    static ProfileChange profileChange(String body, int preferencesBytes) {
        Fields fields = Requests.body(body, "name", "color", "locale", "look", "preferences");
        Optional<String> preferences = fields.optional("preferences").map(node -> preferences(node, preferencesBytes));
        Optional<AvatarLook> look = fields.optional("look").map(given -> look(fields.object("look")));
        return new ProfileChange(fields.optionalText("name"), fields.optionalText("color"), fields.optionalText("locale"), look, preferences);
    }

    private static AvatarLook look(Fields fields) {
        fields.requireOnly("shape", "visor", "accent", "accessories");
        List<AvatarLook.Accessory> accessories = fields.items("accessories",
            node -> AvatarLook.constant(AvatarLook.Accessory.class, "accessories", node.isTextual() ? node.textValue() : ""));
        return new AvatarLook(AvatarLook.constant(AvatarLook.Shape.class, "shape", fields.text("shape")),
            AvatarLook.constant(AvatarLook.Tint.class, "visor", fields.text("visor")),
            AvatarLook.constant(AvatarLook.Tint.class, "accent", fields.text("accent")), Set.copyOf(accessories));
    }

    private static String preferences(JsonNode node, int most) {
        KnownPreferences.require(node);
        String text = node.toString();
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > most) {
            throw INVALID_REQUEST.because("body.preferences: " + bytes + " bytes (expected: at most " + most + ")");
        }
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw INVALID_REQUEST.because("body.preferences (expected: Unicode text)");
        }
        return text;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String field, String text) {
        return Arrays.stream(type.getEnumConstants()).filter(constant -> lower(constant).equals(text)).findFirst()
            .orElseThrow(() -> INVALID_REQUEST.because("body." + field + " (expected: one of "
                + Arrays.stream(type.getEnumConstants()).map(AccountRequests::lower).toList() + ")"));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
