package org.chorale.asset.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.OptionalLong;
import org.chorale.access.Action;
import org.chorale.access.web.Needs;
import org.chorale.access.web.OpenDoor;
import org.chorale.asset.Asset;
import org.chorale.asset.AssetId;
import org.chorale.asset.AssetStore;
import org.chorale.asset.AssetType;
import org.chorale.asset.service.AssetUploads;
import org.chorale.asset.service.Upload;
import org.chorale.asset.service.Uploaded;
import org.chorale.asset.web.AssetBodies.AssetBody;
import org.chorale.asset.web.AssetBodies.AssetList;
import org.chorale.limit.web.Counted;
import org.chorale.platform.web.ProblemBody;
import org.chorale.platform.web.ProblemJson;
import org.chorale.platform.web.Requests;
import org.chorale.platform.web.StreamedBody;
import org.chorale.problem.ProblemType;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionService;
import org.chorale.session.web.Callers;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Images and models that a session keeps beside its document. */
@Path("/sessions/{sessionId}/assets")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "assets", description = "Images and models that a session keeps beside its document.")
public class AssetsResource {
    @EJB
    private SessionService sessions;
    @Inject
    private AssetUploads uploads;
    @Inject
    private AssetStore store;
    @Inject
    private Callers callers;

    @POST
    @Needs(Action.EDIT)
    @StreamedBody
    @Counted(Counted.As.UPLOAD)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "uploadAsset", summary = "Keep an image or a model with a session",
        description = "The body is the file itself. The same bytes twice in one session are one asset. "
            + "Nobody sees it before all of it is stored.")
    @RequestBody(required = true, content = {
        @Content(mediaType = "image/png", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/jpeg", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/webp", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "model/gltf-binary", schema = @Schema(type = SchemaType.STRING, format = "binary"))})
    @APIResponse(responseCode = "201", description = "Stored.", content = @Content(schema = @Schema(implementation = AssetBody.class)))
    @APIResponse(responseCode = "200", description = "The session had these bytes already: as they were stored first.",
        content = @Content(schema = @Schema(implementation = AssetBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", description = "quota-exceeded: the session keeps as much as it may.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "422", ref = "InvalidContent")
    public Response upload(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "What people call it, for instance the file's name.", example = "floor plan.png")
            @QueryParam("name") @DefaultValue("") String name,
            @Parameter(ref = "Guest") @HeaderParam(Callers.GUEST_HEADER) String guest,
            @Parameter(hidden = true) @HeaderParam("Content-Type") @DefaultValue("") String contentType,
            @Parameter(hidden = true) @HeaderParam("Content-Length") String length, InputStream body) {
        callers.readHeader(guest);
        SessionId session = sessions.findOpen(id.value()).id();
        Uploaded uploaded = uploads.upload(new Upload(session, AssetType.of(contentType), name, announced(length), body));
        AssetBody answer = AssetBody.of(uploaded.asset());
        return uploaded.again() ? Response.ok(answer).build()
            : Response.created(URI.create("sessions/" + session + "/assets/" + answer.assetId())).entity(answer).build();
    }

    private static OptionalLong announced(String length) {
        return length == null ? OptionalLong.empty()
            : OptionalLong.of(Requests.number("Content-Length", length, 0, Long.MAX_VALUE, 0));
    }

    @GET
    @Operation(operationId = "listAssets", summary = "List a session's assets",
        description = "All of them, in the order in which they came.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AssetList.class)))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public AssetList list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id) {
        return new AssetList(store.list(sessions.find(id.value()).id()).stream().map(AssetBody::of).toList());
    }

    @GET
    @OpenDoor
    @Path("/{assetId}")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "readAsset", summary = "Read an asset's bytes", description = "They never change, and may be kept for ever.")
    @APIResponse(responseCode = "200", content = {
        @Content(mediaType = "image/png", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/jpeg", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "image/webp", schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "model/gltf-binary", schema = @Schema(type = SchemaType.STRING, format = "binary"))})
    @APIResponse(responseCode = "304", description = "The caller has it: If-None-Match names its ETag.")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "5g2m0c8w1n7r3t6y9a4d2k8p0s") @PathParam("assetId") String assetId,
            @Parameter(description = "The ETag of what the caller has.") @HeaderParam("If-None-Match") String known) {
        SessionId session = sessions.find(id.value()).id();
        Asset asset = store.find(session, new AssetId(assetId))
            .orElseThrow(() -> ProblemType.ASSET_NOT_FOUND.because("asset: " + assetId));
        return AssetAnswers.asset(asset, store, known);
    }
}
