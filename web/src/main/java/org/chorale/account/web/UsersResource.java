package org.chorale.account.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.chorale.access.web.AccessChange;
import org.chorale.account.Account;
import org.chorale.account.Identity;
import org.chorale.account.LinkPurpose;
import org.chorale.account.service.AccountService;
import org.chorale.account.service.Logins;
import org.chorale.account.service.OneTimeLinkService;
import org.chorale.account.web.AccountBodies.LinkBody;
import org.chorale.account.web.AccountBodies.UserBody;
import org.chorale.account.web.AccountBodies.UserList;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.Requests;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What administrators do about accounts. */
@Path("/users")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "users", description = "Accounts: one's own, and for administrators everybody's.")
public class UsersResource {
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 200;

    @EJB
    private AccountService accounts;
    @EJB
    private OneTimeLinkService oneTimeLinks;
    @Inject
    private Logins logins;
    @Inject
    private AccountLinks links;
    @Inject
    private RequestIdentity caller;
    @Inject
    private Event<Revocation> revocations;
    @Inject
    private Event<AccessChange> access;

    @GET
    @Audited("users.listed")
    @Operation(operationId = "listUsers", summary = "List accounts", description = "In the order of their ids. For administrators.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = UserList.class)))
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    public UserList list(
            @Parameter(description = "How many, 1 to 200.", example = "50") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor) {
        requireAdministrator();
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        List<Account> found = accounts.list(cursor == null ? "" : cursor, size + 1);
        List<Account> page = found.subList(0, Math.min(size, found.size()));
        return new UserList(page.stream().map(UserBody::of).toList(), found.size() > size ? page.getLast().userId() : null);
    }

    @GET
    @Audited("users.read")
    @Path("/{userId}")
    @Operation(operationId = "readUser", summary = "Read an account", description = "For administrators.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = UserBody.class)))
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "UserNotFound")
    public UserBody read(@Parameter(example = "u-7k3q9m2x4r") @PathParam("userId") String userId) {
        requireAdministrator();
        return UserBody.of(accounts.find(userId));
    }

    @PATCH
    @Path("/{userId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "administerUser", summary = "Disable an account, or make it an administrator's",
        description = "To disable ends every sign-in at once and closes the sockets; API keys stay and are worth nothing meanwhile. "
            + "The last "
            + "administrator stays one. For administrators.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = {@ExampleObject(name = "disable", value = "{\"disabled\": true}"),
            @ExampleObject(name = "promote", value = "{\"administrator\": true}")}))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = UserBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "UserNotFound")
    public UserBody administer(@Parameter(example = "u-7k3q9m2x4r") @PathParam("userId") String userId, String body) {
        Identity administrator = requireAdministrator();
        Fields fields = Requests.body(body, "administrator", "disabled");
        Account account = accounts.administer(administrator.userId(), userId, fields.optionalBool("administrator"), fields.optionalBool("disabled"));
        if (account.isDisabled()) {
            revocations.fire(Revocation.ofAll(userId, false));
        }
        return UserBody.of(account);
    }

    @DELETE
    @Path("/{userId}")
    @Operation(operationId = "eraseUser", summary = "Erase an account", description = "As its owner can: see eraseMe. For administrators.")
    @APIResponse(responseCode = "204", description = "Erased.")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "UserNotFound")
    public void erase(@Parameter(example = "u-7k3q9m2x4r") @PathParam("userId") String userId) {
        Identity administrator = requireAdministrator();
        accounts.erase(administrator.userId(), userId).forEach(left -> access.fire(new AccessChange(left.session(), left.access())));
        revocations.fire(Revocation.ofAll(userId, false));
    }

    @POST
    @Path("/{userId}/reset-link")
    @Operation(operationId = "makeResetLink", summary = "Make a link by which somebody chooses a new password",
        description = "Works once; the newest one of a user alone does. The password stays until it is used. For administrators.")
    @APIResponse(responseCode = "201", description = "Made.", content = @Content(schema = @Schema(implementation = LinkBody.class)))
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "UserNotFound")
    public Response makeResetLink(@Parameter(example = "u-7k3q9m2x4r") @PathParam("userId") String userId) {
        Identity administrator = requireAdministrator();
        return made(LinkPurpose.RESET, logins.makeResetLink(administrator.userId(), userId));
    }

    @POST
    @Path("/invitations")
    @Operation(operationId = "inviteUser", summary = "Make a link by which one person registers",
        description = "Works once. For administrators.")
    @APIResponse(responseCode = "201", description = "Made.", content = @Content(schema = @Schema(implementation = LinkBody.class)))
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    public Response invite() {
        Identity administrator = requireAdministrator();
        return made(LinkPurpose.INVITATION, oneTimeLinks.invite(administrator.userId()));
    }

    private Identity requireAdministrator() {
        Identity identity = caller.require();
        identity.requireAdministrator();
        return identity;
    }

    private Response made(LinkPurpose purpose, OneTimeLinkService.Made made) {
        return Response.status(Response.Status.CREATED).header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(new LinkBody(links.address(purpose, made.token()), made.expiresAt())).build();
    }
}
