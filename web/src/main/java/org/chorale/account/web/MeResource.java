package org.chorale.account.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.Optional;
import org.chorale.access.web.AccessChange;
import org.chorale.account.Account;
import org.chorale.account.Identity;
import org.chorale.account.ProfileChange;
import org.chorale.account.service.AccountConfig;
import org.chorale.account.service.AccountService;
import org.chorale.account.service.AcquaintanceService;
import org.chorale.account.service.ApiKeyService;
import org.chorale.account.service.PictureService;
import org.chorale.account.service.SignInService;
import org.chorale.account.web.AccountBodies.AcquaintanceBody;
import org.chorale.account.web.AccountBodies.ApiKeyBody;
import org.chorale.account.web.AccountBodies.CalledBody;
import org.chorale.account.web.AccountBodies.MembershipBody;
import org.chorale.account.web.AccountBodies.AskedBody;
import org.chorale.account.web.AccountBodies.CommentedBody;
import org.chorale.account.web.AccountBodies.ForkedBody;
import org.chorale.account.web.AccountBodies.NamedBody;
import org.chorale.account.web.AccountBodies.SaidBody;
import org.chorale.account.web.AccountBodies.SignInBody;
import org.chorale.account.web.AccountBodies.ToldBody;
import org.chorale.account.web.AccountBodies.UserBody;
import org.chorale.account.web.AccountBodies.UserExport;
import org.chorale.asset.Thumbnail;
import org.chorale.profile.web.AppearanceChange;
import org.chorale.session.service.UserNames;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What somebody may see and do about themselves. */
@Path("/users/me")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "users", description = "Accounts: one's own, and for administrators everybody's.")
public class MeResource {
    @EJB
    private AccountService accounts;
    @EJB
    private SignInService signIns;
    @EJB
    private ApiKeyService apiKeys;
    @Inject
    private AccountConfig config;
    @Inject
    private RequestIdentity caller;
    @EJB
    private PictureService pictures;
    @EJB
    private AcquaintanceService acquaintances;
    @EJB
    private UserNames names;
    @Inject
    private Event<Revocation> revocations;
    @Inject
    private Event<AppearanceChange> appearances;
    @Inject
    private Event<AccessChange> access;

    @GET
    @Operation(operationId = "readMe", summary = "Read one's own account")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = UserBody.class)))
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    public Response read() {
        return answer(UserBody.of(accounts.find(caller.require().userId())));
    }

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeMe", summary = "Change one's own profile",
        description = "What is absent stays. `preferences` replaces the whole object, `look` the whole look. Another look is seen at once; "
            + "sockets that are open show the old name until they connect again.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "profile", value = """
            {"name": "Ada", "color": "#993366", "locale": "de-CH", "look": {"shape": "gem", "visor": "ocean", "accent": "amber", \
            "accessories": ["crown", "glasses"]}, "preferences": {"theme": "dark", "units": "metric"}}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = UserBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    public Response change(String body) {
        Identity identity = caller.require();
        ProfileChange change = AccountRequests.profileChange(body, config.preferencesBytes);
        Account changed = accounts.change(identity.userId(), change);
        change.look().ifPresent(given -> appearances.fire(new AppearanceChange(changed.userId(), changed.appearance())));
        return answer(UserBody.of(changed));
    }

    @GET
    @Audited("account.exported")
    @Path("/export")
    @Operation(operationId = "exportMe", summary = "Take everything along",
        description = "The profile with its picture, sign-ins, API keys without their secrets, all chat messages, what one said about merges, roles in sessions, reports "
            + "to moderators, contacts, with whom one was in sessions, and one's name in their histories. What one edited is read from each session: GET changes with one's userId.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = UserExport.class)))
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    public Response export() {
        Identity identity = caller.require();
        identity.requirePerson();
        String userId = identity.userId();
        var export = new UserExport(UserBody.of(accounts.find(userId)), signIns.list(userId).stream().map(SignInBody::of).toList(),
            apiKeys.list(userId).stream().map(key -> ApiKeyBody.of(key, Optional.empty())).toList(),
            accounts.said(userId).stream().map(SaidBody::of).toList(),
            accounts.named(userId).stream().map(NamedBody::of).toList(),
            accounts.forked(userId).stream().map(ForkedBody::of).toList(),
            accounts.asked(userId).stream().map(AskedBody::of).toList(),
            accounts.commented(userId).stream().map(CommentedBody::of).toList(),
            accounts.memberships(userId).stream().map(MembershipBody::of).toList(), accounts.told(userId).stream().map(ToldBody::of).toList(),
            pictureData(userId), acquaintances.contacts(userId).stream().map(AcquaintanceBody::of).toList(),
            acquaintances.recent(userId).stream().map(AcquaintanceBody::of).toList(),
            names.ofUser(userId).stream().map(CalledBody::of).toList());
        return Response.ok(export).header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"chorale-" + userId + ".json\"").build();
    }

    private String pictureData(String userId) {
        if (pictures.appearance(userId).pictureVersion() == 0) {
            return null;
        }
        Thumbnail picture = pictures.find(userId);
        return "data:" + picture.type().mediaType() + ";base64," + Base64.getEncoder().encodeToString(picture.content());
    }

    @DELETE
    @Operation(operationId = "eraseMe", summary = "Erase one's own account",
        description = "For good: profile, login, keys and sign-ins are gone, sockets are closed. In the history of sessions the userId stays "
            + "as a pseudonym that leads nowhere, and chat messages stay under `Former user`. Where one was the only OWNER, another member "
            + "becomes it (docs/accounts.md). The last administrator makes another one first.")
    @APIResponse(responseCode = "204", description = "Erased.")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    public void erase() {
        Identity identity = caller.require();
        identity.requirePerson();
        accounts.erase(identity.userId(), identity.userId()).forEach(left -> access.fire(new AccessChange(left.session(), left.access())));
        revocations.fire(Revocation.ofAll(identity.userId(), false));
    }

    private static Response answer(UserBody user) {
        return Response.ok(user).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
