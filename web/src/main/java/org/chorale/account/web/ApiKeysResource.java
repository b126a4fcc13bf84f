package org.chorale.account.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.chorale.account.Identity;
import org.chorale.account.Scope;
import org.chorale.account.service.ApiKeyService;
import org.chorale.account.web.AccountBodies.ApiKeyBody;
import org.chorale.account.web.AccountBodies.ApiKeyList;
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

/** Keys by which programs act as the user who made them. */
@Path("/api-keys")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "api-keys", description = "Keys by which programs act as the user who made them.")
public class ApiKeysResource {
    @EJB
    private ApiKeyService apiKeys;
    @Inject
    private RequestIdentity caller;
    @Inject
    private Event<Revocation> revocations;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "makeApiKey", summary = "Make a key",
        description = "The answer is the only place where it is shown. A program sends it as `Authorization: Bearer chk_…`, or as "
            + "`token` of hello. "
            + "`read` lets it look, `write` change documents and take part in sessions, `admin` (for administrators) manage accounts.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "for a nightly job", value = """
            {"name": "nightly import", "scopes": ["read", "write"], "expiresAt": "2099-01-01T00:00:00Z"}""")))
    @APIResponse(responseCode = "201", description = "Made.", content = @Content(schema = @Schema(implementation = ApiKeyBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public Response make(String body) {
        Identity identity = requirePerson();
        Fields fields = Requests.body(body, "name", "scopes", "expiresAt");
        Set<Scope> scopes = AccountRequests.scopes(fields);
        if (scopes.contains(Scope.ADMIN)) {
            identity.requireAdministrator();
        }
        Optional<Instant> expiresAt = fields.optionalText("expiresAt").map(text -> Requests.instant("body.expiresAt", text));
        ApiKeyService.Made made = apiKeys.make(identity.userId(), fields.text("name"), scopes, expiresAt);
        return Response.status(Response.Status.CREATED).header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(ApiKeyBody.of(made.key(), Optional.of(made.secret()))).build();
    }

    @GET
    @Operation(operationId = "listApiKeys", summary = "List one's own keys", description = "Without the keys themselves; the oldest first.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ApiKeyList.class)))
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    public ApiKeyList list() {
        return new ApiKeyList(apiKeys.list(requirePerson().userId()).stream().map(key -> ApiKeyBody.of(key, Optional.empty())).toList());
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeApiKey", summary = "Revoke a key", description = "At once: its sockets are closed too.")
    @APIResponse(responseCode = "204", description = "Revoked.")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public void revoke(@Parameter(example = "7k3q9m2x4r7k3q9m2x4r") @PathParam("id") String id) {
        String userId = requirePerson().userId();
        apiKeys.revoke(userId, id);
        revocations.fire(Revocation.ofApiKey(userId, id));
    }

    private Identity requirePerson() {
        Identity identity = caller.require();
        identity.requirePerson();
        return identity;
    }
}
