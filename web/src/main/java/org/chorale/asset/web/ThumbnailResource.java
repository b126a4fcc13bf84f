package org.chorale.asset.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.chorale.access.Action;
import org.chorale.access.web.Needs;
import org.chorale.asset.AssetType;
import org.chorale.asset.service.ThumbnailService;
import org.chorale.asset.web.AssetBodies.LaterBody;
import org.chorale.limit.web.Counted;
import org.chorale.platform.web.ProblemJson;
import org.chorale.platform.web.StreamedBody;
import org.chorale.session.service.SessionService;
import org.chorale.session.web.Callers;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The picture by which people know a session again. */
@Path("/sessions/{sessionId}/thumbnail")
@RequestScoped
@Tag(name = "assets")
public class ThumbnailResource {
    @EJB
    private SessionService sessions;
    @EJB
    private ThumbnailService thumbnails;
    @Inject
    private Callers callers;

    @PUT
    @Needs(Action.EDIT)
    @StreamedBody
    @Counted(Counted.As.UPLOAD)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "putThumbnail", summary = "Give a session its picture",
        description = "The body is the picture itself. The last one counts; each session takes one every few seconds.")
    @RequestBody(required = true, content = {
        @Content(mediaType = "image/webp", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/png", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/jpeg", schema = @Schema(type = SchemaType.STRING, format = "binary"))})
    @APIResponse(responseCode = "202", description = "Not stored: there was one a moment ago, and that one stays.",
        headers = @Header(name = "Retry-After", description = "In seconds.", schema = @Schema(type = SchemaType.INTEGER)),
        content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = LaterBody.class)))
    @APIResponse(responseCode = "204", description = "Stored.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "422", ref = "InvalidContent")
    public Response put(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "Guest") @HeaderParam(Callers.GUEST_HEADER) String guest,
            @Parameter(hidden = true) @HeaderParam("Content-Type") @DefaultValue("") String contentType,
            @Parameter(hidden = true) @HeaderParam("Content-Length") String length, InputStream body) {
        callers.readHeader(guest);
        var session = sessions.findOpen(id.value()).id();
        AssetType type = AssetType.ofPicture(contentType);
        return thumbnails.put(session, type, PictureUpload.read(body, length, thumbnails.maxSize()))
            .map(ProblemJson::seconds)
            .map(wait -> Response.accepted(new LaterBody(wait)).type(MediaType.APPLICATION_JSON).header(HttpHeaders.RETRY_AFTER, wait).build())
            .orElseGet(() -> Response.noContent().build());
    }

    @GET
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "readThumbnail", summary = "Read a session's picture", description = "Its address is in the session's body.")
    @APIResponse(responseCode = "200", content = {
        @Content(mediaType = "image/webp", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/png", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/jpeg", schema = @Schema(type = SchemaType.STRING, format = "binary"))})
    @APIResponse(responseCode = "304", description = "The caller has it: If-None-Match names its ETag.")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "The ETag of what the caller has.") @HeaderParam("If-None-Match") String known) {
        return AssetAnswers.picture(thumbnails.find(id.value()), known);
    }
}
