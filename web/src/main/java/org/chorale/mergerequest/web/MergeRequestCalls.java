package org.chorale.mergerequest.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.access.Action;
import org.chorale.access.service.AccessDirectory;
import org.chorale.document.codec.Fields;
import org.chorale.document.codec.ResolutionCodec;
import org.chorale.document.service.LimitsConfig;
import org.chorale.mergerequest.Contributor;
import org.chorale.mergerequest.MergeRequest;
import org.chorale.mergerequest.NewMergeRequest;
import org.chorale.mergerequest.Status;
import org.chorale.mergerequest.service.Merges;
import org.chorale.mergerequest.web.MergeRequestBodies.MergeRequestBody;
import org.chorale.mergerequest.web.MergeRequestBodies.NewsBody;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.SessionId;
import org.chorale.session.service.UserNames;
import org.chorale.session.web.Caller;

/** What calls about merge requests have in common: who calls, what they say, and who is told. */
@ApplicationScoped
public class MergeRequestCalls {
    private static final String FRAME = "mergeRequest";
    private static final int MOST_CHOICES = 1_000;

    @EJB
    private Merges merges;
    @EJB
    private UserNames names;
    @Inject
    private Clock clock;
    @Inject
    private AccessDirectory access;
    @Inject
    private Rooms rooms;
    @Inject
    private LimitsConfig limits;

    /**
     * Who calls, if they may: asked before anything about the request is told.
     *
     * @throws org.chorale.problem.CollaborationException {@code forbidden}
     */
    Contributor require(SessionId session, Caller caller, Action action) {
        access.of(session).require(caller.userId(), action, clock.instant());
        return contributor(caller);
    }

    static Contributor contributor(Caller caller) {
        return new Contributor(caller.userId(), caller.name());
    }

    /** Users with what they called themselves here the last time; who never was here goes by the id. */
    List<Contributor> named(SessionId session, List<String> userIds) {
        List<String> distinct = NewMergeRequest.requireReviewers(userIds);
        Map<String, String> known = names.of(session, distinct);
        return distinct.stream().map(userId -> new Contributor(userId, known.getOrDefault(userId, userId))).toList();
    }

    MergeRequestBody body(MergeRequest request) {
        return MergeRequestBody.of(merges.standing(request));
    }

    /** Tells all who are in the session that something about a request is otherwise. */
    void tell(MergeRequest request) {
        rooms.tell(request.session(), FRAME, NewsBody.of(request));
    }

    MergeRequestBody told(MergeRequest request) {
        tell(request);
        return body(request);
    }

    // ---- reading bodies

    static Optional<List<String>> userIds(Fields fields, String field) {
        return fields.optional(field).map(present -> fields.items(field, item -> {
            if (!item.isTextual()) {
                throw fields.expected(field, "userIds");
            }
            return item.textValue();
        }));
    }

    static Optional<Status> status(Optional<String> text, Status... allowed) {
        return text.map(given -> Arrays.stream(allowed).filter(status -> MergeRequestBodies.lower(status).equals(given)).findFirst()
            .orElseThrow(() -> INVALID_REQUEST.because("status (expected: one of "
                + Arrays.stream(allowed).map(MergeRequestBodies::lower).toList() + ")")));
    }

    /** {@code choices: [{element, cell, name?, item?, choice, value?, ours?, theirs?}]} */
    List<Merges.Wish> wishes(Fields fields) {
        List<Merges.Wish> wishes = fields.items("choices", item -> {
            var choice = new Fields(item, "choice", INVALID_REQUEST);
            choice.requireOnly("element", "cell", "name", "item", "choice", "value", "ours", "theirs");
            int length = item.toString().length();
            if (length > limits.changeBytes) {
                throw INVALID_REQUEST.because("length of a choice: " + length + " (expected: at most " + limits.changeBytes + ")");
            }
            return new Merges.Wish(ResolutionCodec.read(choice), item.has("ours") || item.has("theirs"));
        });
        if (wishes.size() > MOST_CHOICES) {
            throw fields.expected("choices", "at most " + MOST_CHOICES);
        }
        return wishes;
    }
}
