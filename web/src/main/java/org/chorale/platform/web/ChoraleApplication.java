package org.chorale.platform.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.chorale.access.web.GrantsResource;
import org.chorale.access.web.InvitationsResource;
import org.chorale.access.web.MembersResource;
import org.chorale.access.web.ModerationResource;
import org.chorale.access.web.ReportsResource;
import org.chorale.access.web.SessionDoor;
import org.chorale.account.web.ApiKeysResource;
import org.chorale.account.web.AuditedCalls;
import org.chorale.account.web.AuthResource;
import org.chorale.account.web.BearerFilter;
import org.chorale.account.web.MeResource;
import org.chorale.account.web.UsersResource;
import org.chorale.asset.web.AssetsResource;
import org.chorale.asset.web.ThumbnailResource;
import org.chorale.audit.web.AccountAuditResource;
import org.chorale.audit.web.AuditResource;
import org.chorale.branch.web.BranchesResource;
import org.chorale.chat.web.ChatResource;
import org.chorale.document.web.ChangesResource;
import org.chorale.document.web.CompactionResource;
import org.chorale.document.web.ConflictsResource;
import org.chorale.document.web.DocumentResource;
import org.chorale.limit.web.RateFilter;
import org.chorale.lock.web.LocksResource;
import org.chorale.metrics.web.SessionMetricsResource;
import org.chorale.mergerequest.web.CherryPicksResource;
import org.chorale.mergerequest.web.MergeRequestResource;
import org.chorale.mergerequest.web.MergeRequestsResource;
import org.chorale.presence.web.CursorsResource;
import org.chorale.presence.web.ParticipantsResource;
import org.chorale.profile.web.ContactsResource;
import org.chorale.profile.web.MyPictureResource;
import org.chorale.profile.web.PictureResource;
import org.chorale.profile.web.RecentPeopleResource;
import org.chorale.session.web.ArchiveResource;
import org.chorale.session.web.SessionResource;
import org.chorale.version.web.BlameResource;
import org.chorale.version.web.DiffResource;
import org.chorale.version.web.RevertResource;
import org.chorale.version.web.TimelineCsvResource;
import org.chorale.version.web.TimelineJsonResource;
import org.chorale.version.web.TimelineResource;
import org.chorale.version.web.VersionsResource;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The REST API. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
    info = @Info(
        title = "Chorale",
        version = "1",
        description = """
            Start, find, change and close sessions: people editing one structured document together, live. The live editing goes over the \
            WebSocket `/ws/v1/sessions/{sessionId}` (sub-protocol `chorale.v1`, described in docs/protocol/SPEC.md); programs that need no \
            live connection read and write the same document here, and everybody in the session sees it at once.

            Whoever writes introduces themselves in the body: `guest {name, color, secret?}`, or, where the body is a file, in the header \
            `Chorale-Guest`. One secret is one user, on every call and every socket. With an `Idempotency-Key` a call may be repeated and is carried out once.

            Somebody with an account sends `Authorization: Bearer` with an access token (`POST /auth/login`) or an API key (`POST /api-keys`) \
            instead; a `guest` beside it is not looked at.

            Every error is an `application/problem+json` object (RFC 9457) with a stable `type`.""",
        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
    components = @Components(
        parameters = {@Parameter(name = "Guest", in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING), example = "{\"name\": \"Importer\", \"color\": \"#336699\"}",
            description = "Who sends the file: guest {name, color, secret?} as JSON, with \\u escapes for what is not ASCII. Needed unless Authorization says who calls."),
            @Parameter(name = "Caller", in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING),
            example = "{\"name\": \"Ana\", \"color\": \"#336699\", \"secret\": \"kept-by-this-program-alone\"}",
            description = "Who calls, where Authorization does not say so: guest {name, color, secret?} as JSON, with \\u escapes for what is not ASCII. "
                + "A guest in the body goes before it."),
            @Parameter(name = "OwnerKey", in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING), example = "kept-by-the-creator",
            description = "The ownerKey given when the session was created: whoever shows it acts as an OWNER."),
            @Parameter(name = "Branch", in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING), example = "main", description = "The branch's name; main where absent."),
            @Parameter(name = "IdempotencyKey", in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING, maxLength = 128), example = "import-17-step-3", description = "1 to 128 visible ASCII characters, new for each thing to be done; needs "
                + "guest.secret. The same call of the same user with the same key is carried out once and answered alike.")},
        responses = {
            @APIResponse(name = "BadRequest",
                description = "invalid-request, invalid-change, invalid-operation or invalid-value: what was sent is not well formed.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "Unauthenticated",
                description = "unauthenticated: neither a good token nor a guest says who calls; or token-expired.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "Forbidden",
                description = "forbidden: one's role or a grant does not allow it, the key is missing or wrong, or it is somebody else's.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "NotFound",
                description = "session-not-found, branch-not-found, asset-not-found, unknown-element, unknown-change or conflict-not-found.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "UserNotFound",
                description = "user-not-found.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "TooManyAttempts",
                description = "too-many-attempts: for this account, or from this address; Retry-After says when again.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "Conflict",
                description = "revision-ahead, duplicate-id, stale-base, write-rejected, strict-change, "
                    + "conflict-already-resolved or conflict-stale.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "Closed",
                description = "session-closed: it can be read, not changed.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "TooLarge",
                description = "payload-too-large or limit-exceeded.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "UnsupportedMediaType",
                description = "unsupported-media-type: not one of the types above.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "InvalidContent",
                description = "invalid-content: the bytes are not what Content-Type says, or not as many as they say.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "Locked",
                description = "locked: somebody else holds a lock on this.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class))),
            @APIResponse(name = "Unavailable",
                description = "storage-unavailable: the database does not answer, or other nodes were first again and again; try again.",
                content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
        }))
public class ChoraleApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(SessionResource.class, SessionMetricsResource.class, DocumentResource.class, ChangesResource.class,
            ConflictsResource.class, LocksResource.class, ParticipantsResource.class, CursorsResource.class, ChatResource.class,
            AssetsResource.class, ThumbnailResource.class, MembersResource.class, GrantsResource.class, InvitationsResource.class,
            ModerationResource.class, ReportsResource.class, AuditResource.class,
            BranchesResource.class, VersionsResource.class, DiffResource.class, RevertResource.class, BlameResource.class,
            TimelineResource.class, TimelineJsonResource.class, TimelineCsvResource.class,
            MergeRequestsResource.class, MergeRequestResource.class, CherryPicksResource.class,
            AuthResource.class, MeResource.class, AccountAuditResource.class, UsersResource.class, ApiKeysResource.class,
            MyPictureResource.class, PictureResource.class, ContactsResource.class, RecentPeopleResource.class, ArchiveResource.class, CompactionResource.class,
            JsonBodies.class, ProblemMapper.class, BodyLimit.class, BearerFilter.class, RateFilter.class, SessionDoor.class, AuditedCalls.class, DurableAnswers.class);
    }
}
