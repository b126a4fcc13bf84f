package org.chorale.profile.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.chorale.account.service.PictureService;
import org.chorale.asset.web.AssetAnswers;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The pictures of people, for whoever was told their ids. */
@Path("/users/{userId}/picture")
@RequestScoped
@Tag(name = "users")
public class PictureResource {
    @EJB
    private PictureService pictures;

    @GET
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "readPicture", summary = "Read somebody's picture",
        description = "Needs no token, so that a page can show it: whoever knows a user's id may see it. Its address is told with the "
            + "person.")
    @APIResponse(responseCode = "200", content = {
        @Content(mediaType = "image/webp", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/png", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/jpeg", schema = @Schema(type = SchemaType.STRING, format = "binary"))})
    @APIResponse(responseCode = "304", description = "The caller has it: If-None-Match names its ETag.")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response read(@Parameter(example = "u-7k3q9m2x4r") @PathParam("userId") String userId,
            @Parameter(description = "The ETag of what the caller has.") @HeaderParam("If-None-Match") String known) {
        return AssetAnswers.picture(pictures.find(userId), known);
    }
}
