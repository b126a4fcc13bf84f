package org.chorale.profile.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.chorale.account.service.AcquaintanceService;
import org.chorale.account.web.RequestIdentity;
import org.chorale.profile.web.ProfileBodies.RecentBody;
import org.chorale.profile.web.ProfileBodies.RecentList;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** With whom one worked lately. */
@Path("/users/me/recent-people")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "users")
public class RecentPeopleResource {
    @EJB
    private AcquaintanceService acquaintances;
    @Inject
    private RequestIdentity caller;

    @GET
    @Operation(operationId = "listRecentPeople", summary = "List with whom one was in a session",
        description = "The last first, guests left out; a few dozen are remembered.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RecentList.class)))
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    public RecentList list() {
        return new RecentList(acquaintances.recent(caller.require().userId()).stream().map(RecentBody::of).toList());
    }
}
