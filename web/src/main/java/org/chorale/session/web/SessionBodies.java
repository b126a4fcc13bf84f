package org.chorale.session.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about sessions. */
final class SessionBodies {
    private SessionBodies() {}

    @Schema(name = "NewSession", description = "What a session is to be.")
    record NewSessionBody(
        @Schema(description = "What people call it, 1 to 120 characters.", examples = "Bridge review", required = true) String name,
        @Schema(description = "Which workspace opens it.", enumeration = {"scene", "parameters", "canvas", "bench"}, required = true) String kind,
        @Schema(description = "How many may take part at once.", minimum = "1", maximum = "500", defaultValue = "50") Integer maxUsers,
        @Schema(description = "Who finds it: those with the link, or everybody.", enumeration = {"link", "public"}, defaultValue = "link")
        String visibility) {}

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
        @Schema(enumeration = {"link", "public"}) String visibility,
        int maxUsers, Instant createdAt, boolean closed,
        @Schema(description = "How many are in it now.") int participants) {}

    @Schema(name = "SessionList")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SessionList(List<SessionBody> sessions, @Schema(description = "Where the next page starts; absent on the last one.") String nextCursor) {}

    @Schema(name = "Problem", description = "RFC 9457. Each type is described in docs/problems.")
    record ProblemBody(
        @Schema(examples = "urn:chorale:problem:session-not-found") String type,
        @Schema(examples = "There is no such session") String title,
        @Schema(examples = "404") int status,
        @Schema(examples = "session: 7k3q9m2x4r") String detail) {}
}
