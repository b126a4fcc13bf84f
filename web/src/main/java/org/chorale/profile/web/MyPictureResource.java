package org.chorale.profile.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.chorale.account.Account;
import org.chorale.account.Identity;
import org.chorale.account.service.PictureService;
import org.chorale.account.web.RequestIdentity;
import org.chorale.asset.AssetType;
import org.chorale.asset.web.PictureUpload;
import org.chorale.platform.web.StreamedBody;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One's own picture. */
@Path("/users/me/picture")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "users")
public class MyPictureResource {
    @EJB
    private PictureService pictures;
    @Inject
    private RequestIdentity caller;
    @Inject
    private Event<AppearanceChange> changes;

    /** Where the picture is now. */
    @Schema(name = "PictureAddress")
    record PictureBody(@Schema(examples = "/api/v1/users/u-7k3q9m2x4r/picture?v=1") String picture) {}

    @PUT
    @StreamedBody
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "putPicture", summary = "Give oneself a picture",
        description = "The body is the picture itself, under the rules of thumbnails. Those in the same sessions see it at once.")
    @RequestBody(required = true, content = {
        @Content(mediaType = "image/webp", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/png", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/jpeg", schema = @Schema(type = SchemaType.STRING, format = "binary"))})
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PictureBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "422", ref = "InvalidContent")
    public PictureBody put(@Parameter(hidden = true) @HeaderParam("Content-Type") @DefaultValue("") String contentType,
            @Parameter(hidden = true) @HeaderParam("Content-Length") String length, InputStream body) {
        Identity identity = caller.require();
        AssetType type = AssetType.ofPicture(contentType);
        Account account = pictures.put(identity.userId(), type, PictureUpload.read(body, length, pictures.maxSize()));
        changes.fire(new AppearanceChange(account.userId(), account.appearance()));
        return new PictureBody(account.appearance().picturePath(account.userId()).orElseThrow());
    }

    @DELETE
    @Operation(operationId = "removePicture", summary = "Take one's picture away")
    @APIResponse(responseCode = "204", description = "There is none any more.")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    public void remove() {
        Account account = pictures.remove(caller.require().userId());
        changes.fire(new AppearanceChange(account.userId(), account.appearance()));
    }
}
