package org.chorale.profile.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.chorale.account.service.AcquaintanceService;
import org.chorale.account.service.Overtaken;
import org.chorale.account.web.RequestIdentity;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.Requests;
import org.chorale.profile.web.ProfileBodies.ContactBody;
import org.chorale.profile.web.ProfileBodies.ContactList;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whom one wants to find again: one's own list, nobody is asked and nobody is told. */
@Path("/users/me/contacts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "users")
public class ContactsResource {
    @EJB
    private AcquaintanceService acquaintances;
    @Inject
    private RequestIdentity caller;

    @GET
    @Operation(operationId = "listContacts", summary = "List one's contacts", description = "By their names.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ContactList.class)))
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    public ContactList list() {
        return new ContactList(acquaintances.contacts(caller.require().userId()).stream().map(ContactBody::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "addContact", summary = "Put somebody among one's contacts",
        description = "By the login that they told, or by the userId under which one met them. Who is there already stays.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = {@ExampleObject(name = "by login", value = "{\"login\": \"ada\"}"),
            @ExampleObject(name = "of a session's people", value = "{\"userId\": \"u-7k3q9m2x4r\"}")}))
    @APIResponse(responseCode = "201", description = "There.", content = @Content(schema = @Schema(implementation = ContactBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "404", ref = "UserNotFound")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public Response add(String body) {
        String userId = caller.require().userId();
        Fields fields = Requests.body(body, "login", "userId");
        return Response.status(Response.Status.CREATED)
            .entity(ContactBody.of(add(userId, fields.optionalText("login"), fields.optionalText("userId")))).build();
    }

    /** Two calls at once want to write the same row: the later one finds it there. */
    private AcquaintanceService.Contact add(String userId, Optional<String> login, Optional<String> otherId) {
        try {
            return acquaintances.add(userId, login, otherId);
        } catch (Overtaken e) {
            return acquaintances.add(userId, login, otherId);
        }
    }

    @DELETE
    @Path("/{userId}")
    @Operation(operationId = "removeContact", summary = "Take somebody out of one's contacts")
    @APIResponse(responseCode = "204", description = "No contact any more.")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public void remove(@Parameter(example = "u-7k3q9m2x4r") @PathParam("userId") String userId) {
        acquaintances.remove(caller.require().userId(), userId);
    }
}
