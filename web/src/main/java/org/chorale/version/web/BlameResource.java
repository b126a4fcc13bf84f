package org.chorale.version.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.UNKNOWN_ELEMENT;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.chorale.branch.web.SessionBranches;
import org.chorale.document.ChangeId;
import org.chorale.document.Document;
import org.chorale.document.Element;
import org.chorale.document.Stamp;
import org.chorale.document.codec.CellCodec;
import org.chorale.document.codec.Json;
import org.chorale.document.service.History;
import org.chorale.merge.Authorship;
import org.chorale.merge.CellId;
import org.chorale.operation.ElementId;
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

/** Who wrote what a document holds, cell by cell. */
@Path("/sessions/{sessionId}/blame")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "history")
public class BlameResource {
    private static final int DEFAULT_PAGE = 500;
    private static final int MAX_PAGE = 2_000;
    private static final String CURSOR = "\\d{1,18}\\.\\d{1,9}";

    @Inject
    private SessionBranches sessionBranches;
    @EJB
    private History history;
    @EJB
    private UserNames names;
    @Inject
    private Revisions revisions;

    private record Written(Element element, CellId cell, Stamp by) {}

    /** Where a page begins: all pages of one reading are about one revision, whatever is edited meanwhile. */
    private record Start(long revision, int offset) {
        static Start parse(String cursor) {
            if (!cursor.matches(CURSOR)) {
                throw INVALID_REQUEST.because("cursor (expected: a nextCursor)");
            }
            int point = cursor.indexOf('.');
            return new Start(Long.parseLong(cursor, 0, point, 10), Integer.parseInt(cursor, point + 1, cursor.length(), 10));
        }

        @Override
        public String toString() {
            return revision + "." + offset;
        }
    }

    @GET
    @Operation(operationId = "readBlame", summary = "Who wrote what",
        description = "Each cell that somebody wrote, in the order of the elements' ids, with the change that it has its value from. All pages "
            + "are about the revision of the first one.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a colour", value = """
            {"revision": 3, "cells": [{"element": "a", "elementType": "box", "cell": "property", "name": "color", "by": {"userId": \
            "g-a1b2c3d4e5f60718", "name": "Ana", "changeId": "c-1:2", "revision": 3, "at": "2026-01-31T12:00:00Z"}}]}""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public String read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "Of this branch; main where absent.") @QueryParam("branch") String branchName,
            @Parameter(description = "At this revision, or a version's id; the newest revision where absent.", example = "3")
            @QueryParam("revision") String revision,
            @Parameter(description = "Only this element's.") @QueryParam("element") String element,
            @Parameter(description = "How many, 1 to 2000.", example = "500") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before; of revision only the branch counts then.") @QueryParam("cursor") String cursor) {
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        Revisions.Point asked = revisions.read(sessionBranches.find(id, branchName), "revision", revision);
        BranchId branch = asked.branch();
        Start start = cursor == null ? new Start(asked.revision(), 0) : Start.parse(cursor);
        Document document = history.at(branch, start.revision());
        List<Written> page = page(element == null ? inOrder(document) : List.of(require(document, element)), start.offset(), size + 1);
        boolean hasMore = page.size() > size;
        return answer(branch, document, page.subList(0, Math.min(size, page.size())),
            hasMore ? new Start(start.revision(), start.offset() + size).toString() : null);
    }

    private static List<Element> inOrder(Document document) {
        return document.elements().stream().sorted(Comparator.comparing(element -> element.id().value())).toList();
    }

    private static Element require(Document document, String element) {
        return document.element(ElementId.of(element))
            .orElseThrow(() -> UNKNOWN_ELEMENT.because("element: \"" + element + "\" (expected: one of the document's)"));
    }

    private static List<Written> page(List<Element> elements, int offset, int size) {
        var page = new ArrayList<Written>();
        int before = 0;
        for (Element element : elements) {
            for (var write : Authorship.of(element).entrySet()) {
                if (before++ >= offset) {
                    page.add(new Written(element, write.getKey(), write.getValue()));
                }
                if (page.size() == size) {
                    return page;
                }
            }
        }
        return page;
    }

    private String answer(BranchId branch, Document document, List<Written> page, String nextCursor) {
        Map<String, String> people = names.of(branch.session(), page.stream().map(each -> each.by().userId()).collect(Collectors.toSet()));
        Map<Long, ChangeId> ids = history.idsOf(branch,
            page.stream().map(each -> each.by().revision()).collect(Collectors.toCollection(TreeSet::new)));
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("revision", document.revision());
            json.writeArrayFieldStart("cells");
            for (Written written : page) {
                write(json, written, people, ids);
            }
            json.writeEndArray();
            if (nextCursor != null) {
                json.writeStringField("nextCursor", nextCursor);
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Written written, Map<String, String> people, Map<Long, ChangeId> ids) throws IOException {
        json.writeStartObject();
        CellCodec.write(json, written.cell());
        json.writeStringField("elementType", written.element().type());
        json.writeObjectFieldStart("by");
        DiffAnswers.writeUser(json, written.by().userId(), people);
        json.writeStringField("changeId", ids.get(written.by().revision()).toString());
        json.writeNumberField("revision", written.by().revision());
        json.writeStringField("at", written.by().at().toString());
        json.writeEndObject();
        json.writeEndObject();
    }
}
