package org.chorale.account.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chorale.access.Report;
import org.chorale.account.Account;
import org.chorale.account.ApiKey;
import org.chorale.account.service.AccountService;
import org.chorale.account.service.AcquaintanceService;
import org.chorale.account.service.SignInService;
import org.chorale.branch.Branch;
import org.chorale.mergerequest.MergeRequest;
import org.chorale.profile.web.ProfileBodies.LookBody;
import org.chorale.session.service.UserNames;
import org.chorale.version.Version;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about accounts. */
final class AccountBodies {
    private AccountBodies() {}

    @Schema(name = "User", description = "Somebody with an account.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UserBody(
        @Schema(examples = "u-7k3q9m2x4r") String userId,
        @Schema(description = "By which they log in; absent for people of another issuer.", examples = "ada") String login,
        @Schema(description = "What others see.", examples = "Ada Lovelace") String name,
        @Schema(examples = "#336699") String color,
        @Schema(description = "A BCP 47 tag.", examples = "de-CH") String locale,
        @Schema(description = "Absent where they chose none.") LookBody look,
        @Schema(description = "Where the picture is; absent where there is none.", examples = "/api/v1/users/u-7k3q9m2x4r/picture?v=1")
        String picture,
        @Schema(description = "`theme`, `units`, `notifications`, `accessibility`, and an application's own; at most 16 KiB.", type = SchemaType.OBJECT) @JsonRawValue String preferences,
        boolean administrator, boolean disabled, Instant createdAt) {

        static UserBody of(Account account) {
            return new UserBody(account.userId(), account.login().orElse(null), account.profile().name(), account.profile().color(),
                account.profile().locale().orElse(null), account.appearance().look().map(LookBody::of).orElse(null),
                account.appearance().picturePath(account.userId()).orElse(null), account.preferences(), account.administrator(), account.isDisabled(),
                account.createdAt());
        }
    }

    @Schema(name = "UserList")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UserList(List<UserBody> users, @Schema(description = "Where the next page starts; absent on the last one.") String nextCursor) {}

    @Schema(name = "SignedIn")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SignedIn(
        @Schema(description = "A JWT, for `Authorization: Bearer` and for `hello`.") String accessToken,
        @Schema(description = "Seconds until it expires, at most 600.", examples = "600") long expiresIn,
        @Schema(description = "Good once. Only where `refreshIn` was `body`; otherwise it is in a cookie.") String refreshToken,
        UserBody user) {
        /** Never tells the tokens. */
        @Override
        public String toString() {
            return "SignedIn[" + user.userId() + "]";
        }
    }

    @Schema(name = "OneTimeLink",
        description = "Works once. Whoever has it can use it: hand it over in person, or by a channel that you trust.")
    record LinkBody(String link, Instant expiresAt) {
        @Override
        public String toString() {
            return "LinkBody[" + expiresAt + "]";
        }
    }

    @Schema(name = "ApiKey")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ApiKeyBody(
        @Schema(description = "Names the key where it is revoked.") String id,
        @Schema(examples = "nightly import") String name,
        @Schema(enumeration = {"read", "write", "admin"}) List<String> scopes,
        Instant createdAt, Instant expiresAt,
        @Schema(description = "To the minute.") Instant lastUsedAt,
        @Schema(description = "The key itself: shown only in the answer that makes it.", examples = "chk_…") String key) {

        static ApiKeyBody of(ApiKey key, Optional<String> secret) {
            return new ApiKeyBody(key.id(), key.name(),
                key.scopes().stream().sorted().map(scope -> scope.name().toLowerCase(Locale.ROOT)).toList(),
                key.createdAt(), key.expiresAt().orElse(null), key.lastUsedAt().orElse(null), secret.orElse(null));
        }

        @Override
        public String toString() {
            return "ApiKeyBody[" + id + "]";
        }
    }

    @Schema(name = "ApiKeyList")
    record ApiKeyList(List<ApiKeyBody> apiKeys) {}

    @Schema(name = "UserExport",
        description = "Everything that the server keeps of somebody outside of the documents that they edited.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UserExport(UserBody user, List<SignInBody> signIns, List<ApiKeyBody> apiKeys, List<SaidBody> messages,
        @Schema(description = "Revisions of sessions that one named.") List<NamedBody> versions,
        @Schema(description = "Branches that one made.") List<ForkedBody> branches,
        @Schema(description = "Merges that one asked for.") List<AskedBody> mergeRequests,
        @Schema(description = "What one said about merge requests.") List<CommentedBody> mergeComments,
        List<MembershipBody> memberships, List<ToldBody> reports,
        @Schema(description = "The picture itself, as a data: URL; absent where there is none.") String pictureData,
        @Schema(description = "The userIds of one's contacts, with names as they are now.") List<AcquaintanceBody> contacts,
        @Schema(description = "With whom one was in a session, and when for the last time.") List<AcquaintanceBody> recentPeople,
        @Schema(description = "What the history of sessions calls one.") List<CalledBody> names) {}

    @Schema(name = "Called", description = "The name that a session's history has for somebody.")
    record CalledBody(String sessionId, String name) {
        static CalledBody of(UserNames.Known known) {
            return new CalledBody(known.sessionId(), known.name());
        }
    }

    @Schema(name = "Acquaintance", description = "Somebody whom one knows.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AcquaintanceBody(String userId, String name, Instant since, String sessionId) {
        static AcquaintanceBody of(AcquaintanceService.Contact contact) {
            return new AcquaintanceBody(contact.person().userId(), contact.person().name(), contact.since(), null);
        }

        static AcquaintanceBody of(AcquaintanceService.Met met) {
            return new AcquaintanceBody(met.person().userId(), met.person().name(), met.at(), met.sessionId());
        }
    }

    @Schema(name = "SignIn")
    record SignInBody(Instant createdAt, Instant expiresAt) {
        static SignInBody of(SignInService.Open open) {
            return new SignInBody(open.createdAt(), open.expiresAt());
        }
    }

    @Schema(name = "Membership", description = "A role in a session.")
    record MembershipBody(String sessionId, @Schema(examples = "COLLABORATOR") String role, String name, Instant since) {
        static MembershipBody of(AccountService.Membership membership) {
            return new MembershipBody(membership.sessionId(), membership.member().role().name(), membership.member().name(),
                membership.member().since());
        }
    }

    @Schema(name = "Named", description = "A revision of a session that one named.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NamedBody(String sessionId, Instant at, long revision, String name, String description) {
        static NamedBody of(AccountService.Named named) {
            Version version = named.version();
            return new NamedBody(named.sessionId(), version.at(), version.revision(), version.name(), version.description().orElse(null));
        }
    }

    @Schema(name = "AskedMerge", description = "A merge request of one's own.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AskedBody(String sessionId, Instant at, String id, String source, String target, String title, String description) {
        static AskedBody of(MergeRequest request) {
            return new AskedBody(request.session().value(), request.createdAt(), request.id().toString(), request.source(), request.target(),
                request.title(), request.description().orElse(null));
        }
    }

    @Schema(name = "MergeCommentMade", description = "What one said about a merge request.")
    record CommentedBody(String mergeRequestId, Instant at, String text) {
        static CommentedBody of(AccountService.Commented commented) {
            return new CommentedBody(commented.request().toString(), commented.comment().at(), commented.comment().text());
        }
    }

    @Schema(name = "Forked", description = "A branch of a session that one made.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ForkedBody(String sessionId, Instant at, String name, String description) {
        static ForkedBody of(Branch branch) {
            return new ForkedBody(branch.id().session().value(), branch.createdAt(), branch.id().name(), branch.description().orElse(null));
        }
    }

    @Schema(name = "Told", description = "A report to the moderators of a session.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ToldBody(String sessionId, Instant at, String userId, String element, String messageId, String reason) {
        static ToldBody of(AccountService.Told told) {
            Report report = told.report();
            return new ToldBody(told.sessionId(), report.at(), report.userId().orElse(null), report.element().orElse(null),
                report.message().map(String::valueOf).orElse(null), report.reason());
        }
    }

    @Schema(name = "Said", description = "A chat message.")
    record SaidBody(String sessionId, Instant at, String name, String text) {
        static SaidBody of(AccountService.Said said) {
            return new SaidBody(said.sessionId(), said.message().at(), said.message().name(), said.message().text());
        }
    }
}
