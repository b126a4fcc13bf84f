package org.chorale.problem;

import java.time.Duration;
import java.util.Optional;

/**
 * Everything a caller can be told is wrong. The slug is public and never renamed, the status is the HTTP status a REST answer carries;
 * each type has a page in {@code docs/problems}.
 */
public enum ProblemType {
    HELLO_EXPECTED("hello-expected", 400, "The first frame must be hello"),
    MALFORMED_FRAME("malformed-frame", 400, "The frame cannot be read"),
    UNKNOWN_TYPE("unknown-type", 400, "The frame's type is unknown"),
    FRAME_TOO_LARGE("frame-too-large", 413, "The frame is too large"),
    AWARENESS_TOO_LARGE("awareness-too-large", 413, "The awareness state is too large"),
    UNAUTHENTICATED("unauthenticated", 401, "Nobody is signed in"),
    TOKEN_EXPIRED("token-expired", 401, "The token has expired"),
    INVALID_CREDENTIALS("invalid-credentials", 401, "Login and password do not fit"),
    TOO_MANY_ATTEMPTS("too-many-attempts", 429, "There were too many attempts"),
    SERVER_BUSY("server-busy", 503, "The server has too much to do at the moment"),
    REGISTRATION_CLOSED("registration-closed", 403, "Nobody may register here by themselves"),
    INVALID_LINK("invalid-link", 403, "The link was used, is too old, or never was"),
    LOGIN_TAKEN("login-taken", 409, "Somebody else has this login"),
    WEAK_PASSWORD("weak-password", 400, "The password is too easy to guess"),
    USER_NOT_FOUND("user-not-found", 404, "There is no such user"),
    FORBIDDEN("forbidden", 403, "This is not allowed"),

    SESSION_NOT_FOUND("session-not-found", 404, "There is no such session"),
    SESSION_CLOSED("session-closed", 410, "The session is closed"),
    SESSION_FULL("session-full", 409, "The session is full"),
    PASSWORD_REQUIRED("password-required", 401, "The session asks for its password"),
    WRONG_PASSWORD("wrong-password", 403, "This is not the session's password"),
    INVITATION_INVALID("invitation-invalid", 410, "The invitation does not hold"),
    LAST_OWNER("last-owner", 409, "A session keeps an owner"),
    UNSUITABLE_WORDS("unsuitable-words", 422, "There is a word that is not taken here"),
    BRANCH_NOT_FOUND("branch-not-found", 404, "There is no such branch"),
    BRANCH_NAME_TAKEN("branch-name-taken", 409, "Another branch has this name"),
    BRANCH_IN_USE("branch-in-use", 409, "The branch is still needed"),
    BRANCH_ARCHIVED("branch-archived", 409, "The branch is archived"),
    BRANCH_PROTECTED("branch-protected", 403, "The branch is protected"),
    VERSION_NOT_FOUND("version-not-found", 404, "There is no such version"),
    VERSION_NAME_TAKEN("version-name-taken", 409, "Another version has this name"),

    INVALID_CHANGE("invalid-change", 400, "The change is not well formed"),
    INVALID_OPERATION("invalid-operation", 400, "The operation is not well formed"),
    INVALID_VALUE("invalid-value", 400, "The value cannot be part of a document"),
    REVISION_AHEAD("revision-ahead", 409, "The change builds on a revision that does not exist yet"),
    DUPLICATE_ID("duplicate-id", 409, "The element id is already used"),
    UNKNOWN_ELEMENT("unknown-element", 404, "There is no such element"),
    STALE_BASE("stale-base", 409, "The text changed beyond what the server remembers"),
    WRITE_REJECTED("write-rejected", 409, "Somebody else changed the same at the same time"),
    STRICT_CHANGE("strict-change", 409, "The strict change met somebody else's edit"),
    UNKNOWN_CHANGE("unknown-change", 404, "There is no such change"),
    CONFLICT_NOT_FOUND("conflict-not-found", 404, "There is no such conflict"),
    CONFLICT_ALREADY_RESOLVED("conflict-already-resolved", 409, "The conflict is resolved already"),
    CONFLICT_STALE("conflict-stale", 409, "The conflict changed since it was looked at"),
    UNRELATED_BRANCHES("unrelated-branches", 409, "The branches are no parent and child"),
    MERGE_REQUEST_NOT_FOUND("merge-request-not-found", 404, "There is no such merge request"),
    MERGE_REQUEST_CLOSED("merge-request-closed", 409, "The merge request is not open"),
    MERGE_CONFLICTS("merge-conflicts", 409, "There are conflicts that nobody decided"),
    MERGE_OVERTAKEN("merge-overtaken", 409, "Another merge of these branches came first"),
    APPROVALS_MISSING("approvals-missing", 409, "Not enough people approved of this"),
    CHANGES_REQUESTED("changes-requested", 409, "A reviewer wants it to be changed first"),
    ASSET_NOT_FOUND("asset-not-found", 404, "There is no such asset"),
    INVALID_CONTENT("invalid-content", 422, "The content is not what it is said to be"),
    QUOTA_EXCEEDED("quota-exceeded", 409, "The session has no room for this"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "This was done a moment ago"),
    LOCKED("locked", 423, "Somebody else holds a lock on this"),
    LIMIT_EXCEEDED("limit-exceeded", 413, "A limit is exceeded"),
    STORAGE_UNAVAILABLE("storage-unavailable", 503, "The change cannot be stored at the moment"),
    TOO_SLOW("too-slow", 503, "The connection does not keep up"),

    INVALID_REQUEST("invalid-request", 400, "The request is not well formed"),
    NOT_FOUND("not-found", 404, "There is nothing here"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "The method is not allowed here"),
    NOT_ACCEPTABLE("not-acceptable", 406, "No acceptable representation"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The content type is not supported"),
    PAYLOAD_TOO_LARGE("payload-too-large", 413, "The request body is too large"),
    INTERNAL_ERROR("internal-error", 500, "Something failed on the server");

    private final String slug;
    private final int status;
    private final String title;

    ProblemType(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    public String slug() {
        return slug;
    }

    public int status() {
        return status;
    }

    /** One short English sentence, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The {@code type} member of an RFC 9457 problem object. */
    public String uri() {
        return "urn:chorale:problem:" + slug;
    }

    public Problem with(String detail) {
        return new Problem(this, detail);
    }

    public CollaborationException because(String detail) {
        return new CollaborationException(with(detail));
    }

    /** @param retryAfter when it may work */
    public CollaborationException because(String detail, Duration retryAfter) {
        return new CollaborationException(new Problem(this, detail, Optional.of(retryAfter)));
    }
}
