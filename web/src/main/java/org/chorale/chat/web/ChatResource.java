package org.chorale.chat.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chorale.chat.ChatMessage;
import org.chorale.chat.service.ChatService;
import org.chorale.chat.service.Posted;
import org.chorale.chat.web.ChatBodies.ChatHistory;
import org.chorale.chat.web.ChatBodies.ChatMessageBody;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.Requests;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionService;
import org.chorale.session.web.Caller;
import org.chorale.session.web.Callers;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people say to each other in a session. */
@Path("/sessions/{sessionId}/chat")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "chat", description = "What people say to each other in a session.")
public class ChatResource {
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 200;

    @EJB
    private SessionService sessions;
    @EJB
    private ChatService chat;
    @Inject
    private Rooms rooms;
    @Inject
    private Callers callers;

    @GET
    @Operation(operationId = "listChat", summary = "Read what was said", description = "The newest first.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ChatHistory.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public ChatHistory list(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "How many, 1 to 200.", example = "50") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor) {
        SessionId session = sessions.find(id.value()).id();
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        OptionalLong before = cursor == null ? OptionalLong.empty()
            : OptionalLong.of(Requests.number("cursor", cursor, 0, Long.MAX_VALUE, 0));
        List<ChatMessage> found = chat.history(session, before, size + 1);
        List<ChatMessage> page = found.subList(0, Math.min(size, found.size()));
        String next = found.size() > size ? Long.toString(page.getLast().id()) : null;
        return new ChatHistory(page.stream().map(ChatMessageBody::of).toList(), next);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "postChat", summary = "Say something", description = "Everybody in the session sees it at once.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a message", value = """
            {"guest": {"name": "Importer", "color": "#336699", "secret": "kept-by-this-program-alone"}, "text": "The import is done.", \
            "messageId": "import-17-done"}""")))
    @APIResponse(responseCode = "201", description = "Stored.",
        content = @Content(schema = @Schema(implementation = ChatMessageBody.class)))
    @APIResponse(responseCode = "200", description = "It was stored before, by the same user under the same name: as it was then.",
        content = @Content(schema = @Schema(implementation = ChatMessageBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public Response post(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "IdempotencyKey") @HeaderParam("Idempotency-Key") String key, String body) {
        Fields fields = Requests.body(body, "guest", "text", "messageId");
        Caller caller = callers.read(fields, key, "chat");
        Optional<String> messageId = fields.optionalText("messageId").or(caller::key);
        SessionId session = id.value();
        Posted posted = chat.post(session, caller.chatAuthor(), messageId, fields.text("text"));
        if (!posted.again()) {
            rooms.tellChat(session, posted.message());
        }
        return Response.status(posted.again() ? Response.Status.OK : Response.Status.CREATED)
            .entity(ChatMessageBody.of(posted.message())).build();
    }
}
