package org.chorale.session.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.chorale.access.service.AccessService;
import org.chorale.realtime.web.Rooms;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Puts sessions away that may be needed again. */
@Path("/sessions/{sessionId}/archive")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "sessions")
public class ArchiveResource {
    @EJB
    private AccessService access;
    @Inject
    private Callers callers;
    @Inject
    private Rooms rooms;

    @PUT
    @Operation(operationId = "archiveSession", summary = "Archive a session",
        description = "As closing it: open connections get bye{sessionClosed}, it is read as before and not written to. But it is listed "
            + "with archived=true, and can be brought back.")
    @APIResponse(responseCode = "204", description = "Archived, or closed before.")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public void archive(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        access.archive(id.value(), callers.credentials(ownerKey, guest));
        rooms.close(id.value());
    }

    @DELETE
    @Operation(operationId = "bringBackSession", summary = "Bring an archived session back",
        description = "It is open as before, with everything that was in it.")
    @APIResponse(responseCode = "204", description = "Open.")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    public void bringBack(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        access.bringBack(id.value(), callers.credentials(ownerKey, guest));
        rooms.reopen(id.value());
    }
}
