package org.chorale.session.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about sessions. */
final class SessionBodies {
    private static final String CONFLICT_POLICY = "How conflicts are settled, by elementType.property; either may be *. At most 200 "
        + "entries; the defaults of the session's kind hold for other names.";

    private static final String PASSWORD = "Asked of those who are no members yet, 4 to 128 characters.";
    private static final String DEFAULT_ROLE = "What those are who come by the link or with the password.";
    private static final String PERMISSIONS = "What a role may do otherwise than by default: {ROLE: [ACTION, …]} (docs/permissions.md).";

    private SessionBodies() {}

    @Schema(name = "NewSession", description = "What a session is to be.")
    record NewSessionBody(
        @Schema(description = "What people call it, 1 to 120 characters.", examples = "Bridge review", required = true) String name,
        @Schema(description = "Which workspace opens it.", enumeration = {"scene", "parameters", "canvas", "bench"}, required = true) String kind,
        @Schema(description = "How many may take part at once.", minimum = "1", maximum = "500", defaultValue = "50") Integer maxUsers,
        @Schema(description = "Who finds it: its members and whom they invite, those with the link, or everybody.",
            enumeration = {"private", "link", "public"}, defaultValue = "link")
        String visibility,
        @Schema(description = CONFLICT_POLICY) Map<String, PolicyBody> conflictPolicy,
        @Schema(description = "Who starts it, as in hello; with a secret they are its OWNER.") Object guest,
        @Schema(description = PASSWORD) String password,
        @Schema(description = DEFAULT_ROLE, enumeration = {"COLLABORATOR", "VIEWER"}, defaultValue = "COLLABORATOR") String defaultRole,
        @Schema(description = PERMISSIONS) Map<String, List<String>> permissions) {}

    @Schema(name = "SessionSettings", description = "What is to change; what is absent stays.")
    record SessionSettingsBody(
        @Schema(description = "1 to 120 characters.", examples = "Bridge review") String name,
        @Schema(description = "How many may take part at once; who is there stays.", minimum = "1", maximum = "500") Integer maxUsers,
        @Schema(enumeration = {"private", "link", "public"}) String visibility,
        @Schema(description = CONFLICT_POLICY + " It takes the place of the one given before; {} leaves all to the kind of session.")
        Map<String, PolicyBody> conflictPolicy,
        @Schema(description = "Who calls, where no header says so.") Object guest,
        @Schema(description = PASSWORD + " Null takes it away.") String password,
        @Schema(description = DEFAULT_ROLE, enumeration = {"COLLABORATOR", "VIEWER"}) String defaultRole,
        @Schema(description = PERMISSIONS + " They take the place of those given before.") Map<String, List<String>> permissions) {}

    @Schema(name = "Policy", description = "How conflicts about one property are settled; what is absent is as in the default.")
    record PolicyBody(
        @Schema(enumeration = {"LAST_WRITE_WINS", "AUTOMATIC", "MERGE", "MANUAL", "REJECT"}, defaultValue = "AUTOMATIC") String strategy,
        @Schema(enumeration = {"DELTA", "AVERAGE", "MIN", "MAX"}, defaultValue = "DELTA") String blend,
        @Schema(description = "Two people's writes within this time conflict though the later one knew the earlier.", defaultValue = "0")
        long windowMs,
        @Schema(description = "Whether the property has no components of its own.", defaultValue = "false") boolean atomic) {}

    @Schema(name = "StartedSession")
    record StartedSession(
        @Schema(description = "Ten characters, short enough to read aloud.", examples = "7k3q9m2x4r") String sessionId,
        @Schema(description = "The address to send to colleagues.", examples = "http://localhost:9080/s/7k3q9m2x4r") String joinUrl,
        Instant createdAt,
        @Schema(description = "Proves who started the session; shown only here. Needed to close it.") String ownerKey) {}

    @Schema(name = "Session")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SessionBody(
        String sessionId, String name,
        @Schema(enumeration = {"scene", "parameters", "canvas", "bench"}) String kind,
        @Schema(enumeration = {"private", "link", "public"}) String visibility,
        int maxUsers, Instant createdAt,
        @Schema(description = "Whether nobody takes part any more; also of archived ones.") boolean closed,
        @Schema(description = "Whether its OWNER can bring it back.") boolean archived,
        @Schema(description = "How many are in it now.") int participants,
        @Schema(description = "Everything that holds, defaults included.") Map<String, PolicyBody> conflictPolicy,
        @Schema(description = "What those are who come by the link or with the password.", enumeration = {"COLLABORATOR", "VIEWER"})
        String defaultRole,
        @Schema(description = "Whether those who are no members are asked for a password.") boolean password,
        @Schema(description = "What each role may do where no grant says otherwise.") Map<String, List<String>> permissions,
        @Schema(description = "The path of its picture, another one whenever the picture changes; absent where there is none.",
            examples = "/api/v1/sessions/7k3q9m2x4r/thumbnail?v=3") String thumbnail) {}

    @Schema(name = "SessionList")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SessionList(List<SessionBody> sessions, @Schema(description = "Where the next page starts; absent on the last one.") String nextCursor) {}
}
