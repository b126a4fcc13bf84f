package org.chorale.profile.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.chorale.account.service.AcquaintanceService;
import org.chorale.profile.AvatarLook;
import org.chorale.profile.Person;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about how people look and whom they know. */
public final class ProfileBodies {
    private ProfileBodies() {}

    /** An avatar. */
    @Schema(name = "AvatarLook", description = "A head in a scene; its own colour is the person's.")
    public record LookBody(
        @Schema(enumeration = {"round", "cube", "capsule", "gem"}) String shape,
        @Schema(enumeration = {"night", "ocean", "forest", "plum", "ruby", "amber", "sand", "snow"}) String visor,
        @Schema(description = "The colour of what is worn.",
            enumeration = {"night", "ocean", "forest", "plum", "ruby", "amber", "sand", "snow"}) String accent,
        @Schema(description = "At most one of cap, crown, antenna and bow.",
            enumeration = {"cap", "crown", "antenna", "bow", "headphones", "glasses"}) List<String> accessories) {

        public static LookBody of(AvatarLook look) {
            return new LookBody(AvatarLook.word(look.shape()), AvatarLook.word(look.visor()), AvatarLook.word(look.accent()),
                look.accessories().stream().map(AvatarLook::word).toList());
        }
    }

    @Schema(name = "Contact", description = "Somebody among one's contacts.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ContactBody(@Schema(examples = "u-7k3q9m2x4r") String userId, @Schema(examples = "Ada Lovelace") String name,
        @Schema(examples = "#336699") String color, LookBody look,
        @Schema(description = "Where their picture is.", examples = "/api/v1/users/u-7k3q9m2x4r/picture?v=1") String picture, Instant since) {

        static ContactBody of(AcquaintanceService.Contact contact) {
            Person person = contact.person();
            return new ContactBody(person.userId(), person.name(), person.color(), person.appearance().look().map(LookBody::of).orElse(null),
                person.appearance().picturePath(person.userId()).orElse(null), contact.since());
        }
    }

    @Schema(name = "ContactList")
    record ContactList(List<ContactBody> contacts) {}

    @Schema(name = "RecentPerson", description = "Somebody with whom one was in a session.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RecentBody(@Schema(examples = "u-7k3q9m2x4r") String userId, @Schema(examples = "Ada Lovelace") String name,
        @Schema(examples = "#336699") String color, LookBody look,
        @Schema(description = "Where their picture is.", examples = "/api/v1/users/u-7k3q9m2x4r/picture?v=1") String picture,
        @Schema(description = "Where one met them last.", examples = "7k3q9m2x4r") String sessionId, Instant metAt) {

        static RecentBody of(AcquaintanceService.Met met) {
            Person person = met.person();
            return new RecentBody(person.userId(), person.name(), person.color(), person.appearance().look().map(LookBody::of).orElse(null),
                person.appearance().picturePath(person.userId()).orElse(null), met.sessionId(), met.at());
        }
    }

    @Schema(name = "RecentPeople")
    record RecentList(List<RecentBody> people) {}
}
