package org.chorale.version.web;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chorale.branch.web.SessionBranches;
import org.chorale.document.codec.Json;
import org.chorale.document.service.Timeline;
import org.chorale.platform.web.Requests;
import org.chorale.session.BranchId;
import org.chorale.session.service.UserNames;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A branch's past at a glance: when how much was changed, and by whom. */
@Path("/sessions/{sessionId}/timeline")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "history")
public class TimelineResource {
    private static final int DEFAULT_BUCKETS = 200;
    private static final int MAX_BUCKETS = 1_000;

    @Inject
    private SessionBranches sessionBranches;
    @EJB
    private UserNames names;
    @Inject
    private Timeline timeline;

    @GET
    @Operation(operationId = "readTimeline", summary = "See the past at a glance",
        description = "Revisions in buckets of equal size: when the last of each was committed, and who made them, the busiest first.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "two buckets", value = """
            {"from": 1, "to": 3, "head": 3, "startAt": "2026-01-31T12:00:00Z", "endAt": "2026-01-31T12:01:00Z", "buckets": [{"from": 1, \
            "to": 2, "at": "2026-01-31T12:00:10Z", "changes": 2, "users": [{"userId": "g-a1b2c3d4e5f60718", "name": "Ana", "changes": 2}]}, \
            {"from": 3, "to": 3, "at": "2026-01-31T12:01:00Z", "changes": 1, "users": [{"userId": "g-0f1e2d3c4b5a6978", "changes": 1}]}]}""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public String read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "Of this branch; main where absent.") @QueryParam("branch") String branchName,
            @Parameter(description = "The first revision, 1 where absent.", example = "1") @QueryParam("from") String from,
            @Parameter(description = "The last revision, the newest where absent.") @QueryParam("to") String to,
            @Parameter(description = "How many at most, 1 to 1000.", example = "200") @QueryParam("buckets") String buckets) {
        BranchId branch = sessionBranches.find(id, branchName);
        Timeline.Range range = range(timeline, branch, from, to);
        int most = (int) Requests.number("buckets", buckets, 1, MAX_BUCKETS, DEFAULT_BUCKETS);
        return answer(branch, timeline.overview(branch, range, most));
    }

    /** The range that a call asks for, all of the branch where it does not say. */
    static Timeline.Range range(Timeline timeline, BranchId branch, String from, String to) {
        return timeline.range(branch, Requests.number("from", from, 1, Long.MAX_VALUE, 1),
            Requests.number("to", to, 1, Long.MAX_VALUE, Long.MAX_VALUE));
    }

    private String answer(BranchId branch, Timeline.Overview overview) {
        Map<String, String> people = names.of(branch.session(), overview.buckets().stream().flatMap(bucket -> bucket.users().stream())
            .map(Timeline.Share::userId).collect(Collectors.toSet()));
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("from", overview.from());
            json.writeNumberField("to", overview.to());
            json.writeNumberField("head", overview.head());
            write(json, "startAt", overview.startAt());
            write(json, "endAt", overview.endAt());
            json.writeArrayFieldStart("buckets");
            for (Timeline.Bucket bucket : overview.buckets()) {
                write(json, bucket, people);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, String field, Optional<Instant> at) throws IOException {
        if (at.isPresent()) {
            json.writeStringField(field, at.get().toString());
        }
    }

    private static void write(JsonGenerator json, Timeline.Bucket bucket, Map<String, String> people) throws IOException {
        json.writeStartObject();
        json.writeNumberField("from", bucket.from());
        json.writeNumberField("to", bucket.to());
        json.writeStringField("at", bucket.at().toString());
        json.writeNumberField("changes", bucket.changes());
        json.writeArrayFieldStart("users");
        for (Timeline.Share share : bucket.users()) {
            json.writeStartObject();
            DiffAnswers.writeUser(json, share.userId(), people);
            json.writeNumberField("changes", share.changes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
