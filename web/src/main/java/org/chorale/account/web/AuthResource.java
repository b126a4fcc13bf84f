package org.chorale.account.web;

import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.chorale.access.service.UnwantedWords;
import org.chorale.account.Identity;
import org.chorale.account.LinkPurpose;
import org.chorale.account.LoginName;
import org.chorale.account.service.Logins;
import org.chorale.account.service.Refresh;
import org.chorale.account.service.SignIn;
import org.chorale.account.service.SignInService;
import org.chorale.account.service.Tokens;
import org.chorale.account.web.AccountBodies.SignedIn;
import org.chorale.account.web.AccountBodies.UserBody;
import org.chorale.account.web.AccountRequests.RefreshIn;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.ProblemBody;
import org.chorale.platform.web.ProblemJson;
import org.chorale.platform.web.ProblemMapper;
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

/** Registering, logging in and out, and passwords. */
@Path("/auth")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "auth", description = "Registering, logging in and out, and passwords.")
public class AuthResource {
    /** What no other site can make a browser send: without it the cookie is not looked at. */
    static final String REFRESH_HEADER = "Chorale-Refresh";

    private static final String REFRESH_IN = "Where the refresh token goes: `refreshIn` is `cookie` (the default, for browsers), `body` "
        + "(for programs) or `none`.";

    @Inject
    private Logins logins;
    @Inject
    private Tokens tokens;
    @EJB
    private SignInService signIns;
    @Inject
    private RequestIdentity caller;
    @Inject
    private RefreshCookie cookie;
    @Inject
    private AccountLinks links;
    @Inject
    private UnwantedWords words;
    @Inject
    private Event<Revocation> revocations;
    @Context
    private UriInfo request;
    @Context
    private HttpServletRequest connection;

    @POST
    @Path("/register")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "register", summary = "Make an account", description = "And sign it in. " + REFRESH_IN)
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = {@ExampleObject(name = "open registration", value = """
            {"login": "ada", "password": "a long sentence nobody else says", "name": "Ada Lovelace", "color": "#336699"}"""),
            @ExampleObject(name = "invited, or the first administrator", value = """
            {"login": "ada", "password": "a long sentence nobody else says", "invitation": "the part of the link behind ="}""")}))
    @APIResponse(responseCode = "201", description = "Registered and signed in.",
        content = @Content(schema = @Schema(implementation = SignedIn.class)))
    @APIResponse(responseCode = "400", description = "invalid-request or weak-password.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "403", description = "registration-closed or invalid-link.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "409", description = "login-taken.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "429", ref = "TooManyAttempts")
    public Response register(String body) {
        Fields fields = Requests.body(body, "login", "password", "name", "color", "invitation", "refreshIn");
        RefreshIn refreshIn = AccountRequests.refreshIn(fields);
        words.requireName(fields.text("login"));
        fields.optionalText("name").ifPresent(words::requireName);
        SignIn signIn = logins.register(new LoginName(fields.text("login")), fields.text("password"), fields.optionalText("name"),
            fields.optionalText("color"), fields.optionalText("invitation"), connection.getRemoteAddr());
        return signedIn(Response.Status.CREATED, signIn, refreshIn);
    }

    @POST
    @Path("/login")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "login", summary = "Log in", description = REFRESH_IN)
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = {@ExampleObject(name = "a browser", value = "{\"login\": \"ada\", \"password\": \"a long sentence nobody else says\"}"),
            @ExampleObject(name = "a program", value = """
            {"login": "ada", "password": "a long sentence nobody else says", "refreshIn": "body"}""")}))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SignedIn.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", description = "invalid-credentials: whichever of the two is wrong.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "429", ref = "TooManyAttempts")
    @APIResponse(responseCode = "503", description = "server-busy or storage-unavailable.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    public Response logIn(String body) {
        Fields fields = Requests.body(body, "login", "password", "refreshIn");
        RefreshIn refreshIn = AccountRequests.refreshIn(fields);
        SignIn signIn = logins.logIn(fields.text("login"), fields.text("password"), connection.getRemoteAddr());
        return signedIn(Response.Status.OK, signIn, refreshIn);
    }

    @POST
    @Path("/refresh")
    @Operation(operationId = "refresh", summary = "Get a fresh access token",
        description = "Programs send their `refreshToken` and get the next one; each is good once. Browsers send none: theirs is in "
            + "the cookie, "
            + "which is looked at only together with the header `" + REFRESH_HEADER + "`.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = {@ExampleObject(name = "a browser", value = "{}"),
            @ExampleObject(name = "a program", value = "{\"refreshToken\": \"the one of the last answer\"}")}))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SignedIn.class)))
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    public Response refresh(
            @Parameter(description = "Anything, for browsers: a form on another site cannot send it.", example = "1")
            @HeaderParam(REFRESH_HEADER) String header,
            @Parameter(hidden = true) @CookieParam(RefreshCookie.NAME) String kept, String body) {
        Optional<String> sent = AccountRequests.optionalBody(body, "refreshToken").optionalText("refreshToken");
        if (sent.isEmpty() && header == null) {
            throw FORBIDDEN.because(REFRESH_HEADER + " (expected: with a cookie; or a refreshToken in the body)");
        }
        String token = sent.or(() -> Optional.ofNullable(kept))
            .orElseThrow(() -> UNAUTHENTICATED.because("refreshToken (expected: to be signed in)"));
        return switch (signIns.refresh(token)) {
            case Refresh.Renewed(var signIn) -> signedIn(Response.Status.OK, signIn, sent.isPresent() ? RefreshIn.BODY : RefreshIn.COOKIE);
            case Refresh.Refused() -> signedOut();
            case Refresh.Reused(var userId, var signInId) -> {
                revocations.fire(Revocation.ofSignIn(userId, signInId));
                yield signedOut();
            }
        };
    }

    /** A cookie that is worth nothing goes. */
    private Response signedOut() {
        var problem = UNAUTHENTICATED.with("refreshToken (expected: the newest one of a sign-in that was not ended)");
        return ProblemMapper.answer(problem).header(HttpHeaders.SET_COOKIE, cookie.remove(request)).build();
    }

    @POST
    @Path("/logout")
    @Operation(operationId = "logout", summary = "Log out",
        description = "Here, or everywhere: all access and refresh tokens of the sign-in, "
        + "or of all sign-ins, are worth nothing at once, and the sockets opened with them are closed. API keys stay.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = {@ExampleObject(name = "here", value = "{}"), @ExampleObject(name = "everywhere", value = "{\"everywhere\": true}")}))
    @APIResponse(responseCode = "204", description = "Logged out.")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    public Response logOut(String body) {
        boolean everywhere = AccountRequests.optionalBody(body, "everywhere").optionalBool("everywhere").orElse(false);
        Identity identity = caller.require();
        identity.requirePerson();
        if (everywhere) {
            signIns.endAll(identity.userId());
            revocations.fire(Revocation.ofAll(identity.userId(), false));
        } else if (identity.signIn().isPresent()) {
            signIns.end(identity.userId(), identity.signIn().get());
            revocations.fire(Revocation.ofSignIn(identity.userId(), identity.signIn().get()));
        }
        return Response.noContent().header(HttpHeaders.SET_COOKIE, cookie.remove(request)).build();
    }

    @POST
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changePassword", summary = "Change or reset a password",
        description = "Who is signed in changes it by the present one, and gets new tokens. Who has a one-time link resets it by the "
            + "link's "
            + "token, and logs in then. Either way every earlier sign-in is ended. " + REFRESH_IN)
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = {@ExampleObject(name = "change", value = """
            {"currentPassword": "a long sentence nobody else says", "newPassword": "another sentence for the next years"}"""),
            @ExampleObject(name = "reset", value = """
            {"token": "the part of the link behind =", "newPassword": "another sentence for the next years"}""")}))
    @APIResponse(responseCode = "200", description = "Changed.", content = @Content(schema = @Schema(implementation = SignedIn.class)))
    @APIResponse(responseCode = "204", description = "Reset.")
    @APIResponse(responseCode = "400", description = "invalid-request or weak-password.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "401", description = "unauthenticated or invalid-credentials.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "403", description = "forbidden or invalid-link.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "429", ref = "TooManyAttempts")
    public Response changePassword(String body) {
        Fields fields = Requests.body(body, "currentPassword", "newPassword", "token", "refreshIn");
        RefreshIn refreshIn = AccountRequests.refreshIn(fields);
        Optional<String> link = fields.optionalText("token");
        if (link.isPresent()) {
            String userId = logins.resetPassword(link.get(), fields.text("newPassword"), connection.getRemoteAddr());
            revocations.fire(Revocation.ofAll(userId, true));
            return Response.noContent().build();
        }
        Identity identity = caller.require();
        identity.requirePerson();
        SignIn signIn = logins.changePassword(identity.userId(), fields.text("currentPassword"), fields.text("newPassword"));
        revocations.fire(Revocation.ofAll(identity.userId(), true));
        return signedIn(Response.Status.OK, signIn, refreshIn);
    }

    @POST
    @Path("/password/reset-requests")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "requestPasswordReset", summary = "Ask the operator for a reset link",
        description = "There is no mail here: the link is printed on the server's console, for its operator to pass on to somebody whom "
            + "they know. "
            + "The answer is the same whether the login exists or not.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "forgotten", value = "{\"login\": \"ada\"}")))
    @APIResponse(responseCode = "202", description = "If there is such an account, the operator sees a link.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "429", ref = "TooManyAttempts")
    public Response requestReset(String body) {
        Fields fields = Requests.body(body, "login");
        logins.requestReset(fields.text("login"), connection.getRemoteAddr()).ifPresent(made ->
            // Standard output on purpose, as with the address: it is for the person at the terminal.
            System.out.println("Somebody asked for a new password. If you know who, pass this link on; it works once, for "
                + links.lifetime() + ": " + links.address(LinkPurpose.RESET, made.token())));
        return Response.accepted().build();
    }

    private Response signedIn(Response.Status status, SignIn signIn, RefreshIn refreshIn) {
        Tokens.Access access = tokens.issue(signIn);
        String inBody = refreshIn == RefreshIn.BODY ? signIn.refreshToken() : null;
        var answer = Response.status(status).header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(new SignedIn(access.token(), access.expiresInSeconds(), inBody, UserBody.of(signIn.account())));
        if (refreshIn == RefreshIn.COOKIE) {
            answer.header(HttpHeaders.SET_COOKIE, cookie.keep(signIn.refreshToken(), signIn.expiresAt(), request));
        }
        return answer.build();
    }
}
