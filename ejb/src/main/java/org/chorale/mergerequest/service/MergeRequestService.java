package org.chorale.mergerequest.service;

import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.MERGE_REQUEST_NOT_FOUND;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.chorale.access.Action;
import org.chorale.access.Actor;
import org.chorale.access.Role;
import org.chorale.access.SessionAccess;
import org.chorale.access.service.AccessDirectory;
import org.chorale.access.service.AccessRows;
import org.chorale.access.service.UnwantedWords;
import org.chorale.branch.Branch;
import org.chorale.branch.Protection;
import org.chorale.branch.service.BranchService;
import org.chorale.chat.ChatRules;
import org.chorale.document.codec.CellCodec;
import org.chorale.mergerequest.ChosenResolution;
import org.chorale.mergerequest.Comment;
import org.chorale.mergerequest.Contributor;
import org.chorale.mergerequest.MergeRequest;
import org.chorale.mergerequest.MergeRequestId;
import org.chorale.mergerequest.MergeRules;
import org.chorale.mergerequest.NewMergeRequest;
import org.chorale.mergerequest.Review;
import org.chorale.mergerequest.Status;
import org.chorale.mergerequest.Target;
import org.chorale.mergerequest.Verdict;
import org.chorale.mergerequest.store.MergeChoiceEntity;
import org.chorale.mergerequest.store.MergeCommentEntity;
import org.chorale.mergerequest.store.MergeRequestEntity;
import org.chorale.mergerequest.store.MergeReviewEntity;
import org.chorale.problem.CollaborationException;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;

/**
 * What is written down about merge requests: one transaction for each call, with its audit entry. Changes of one request come one after
 * the other, by its row; what the documents have to do with it is found out elsewhere.
 */
@Stateless
public class MergeRequestService {
    @PersistenceContext
    private EntityManager entities;
    @EJB
    private AccessRows sessions;
    @EJB
    private BranchService branches;
    @Inject
    private AccessDirectory access;
    @Inject
    private UnwantedWords words;
    @Inject
    private MergeRequestConfig config;
    @Inject
    private Clock clock;

    /** What is to be otherwise about a request; what is absent stays. */
    public record Change(Optional<String> title, Optional<String> description, Optional<List<Contributor>> reviewers, Optional<Status> status) {}

    // ---- reading

    /** @throws CollaborationException {@code merge-request-not-found}, also for another session's */
    public MergeRequest find(SessionId session, MergeRequestId id) {
        return toRequest(require(session, id));
    }

    /** A session's requests before one, the newest first. */
    public List<MergeRequest> list(SessionId session, Optional<Status> status, Optional<MergeRequestId> before, int limit) {
        var query = entities.createNamedQuery(status.isPresent() ? "mergeRequest.beforeOfStatus" : "mergeRequest.before", MergeRequestEntity.class)
            .setParameter("session", session.value())
            .setParameter("before", before.map(MergeRequestId::number).orElse(Long.MAX_VALUE));
        status.ifPresent(wanted -> query.setParameter("status", wanted));
        return query.setMaxResults(limit).getResultList().stream().map(this::toRequest).toList();
    }

    /** What people chose for a request's conflicts; those for other values have lapsed. */
    public List<ChosenResolution> choices(MergeRequest request) {
        return choiceRows(request.id()).stream().map(MergeChoiceEntity::toChoice).toList();
    }

    /** What was said after a comment, in the order in which it was. */
    public List<Comment> comments(MergeRequest request, long after, int limit) {
        return entities.createNamedQuery("mergeComment.after", MergeCommentEntity.class)
            .setParameter("request", request.id().number()).setParameter("after", after)
            .setMaxResults(limit).getResultStream().map(MergeCommentEntity::toComment).toList();
    }

    // ---- asking

    /**
     * Asks for a merge of two branches that were found to be parent and child.
     *
     * @throws CollaborationException {@code forbidden}, {@code limit-exceeded}, {@code invalid-request}, {@code session-closed}
     */
    public MergeRequest create(SessionId session, NewMergeRequest asked, String target, Contributor author, List<Contributor> reviewers) {
        require(session, author, Action.EDIT);
        words.requireName(author.name());
        sessions.hold(session);
        requireRoom(session);
        NewMergeRequest covered = new NewMergeRequest(asked.source(), asked.target(), words.cover(asked.title()),
            asked.description().map(words::cover), asked.reviewers());
        var entity = new MergeRequestEntity(session, covered, target, author, now());
        entities.persist(entity);
        entities.flush();
        MergeRequest request = store(entity, entity.toMergeRequest(List.of()).reviewedBy(reviewers));
        audit(request, author, "merge-request.opened", request.source() + " into " + request.target());
        return request;
    }

    private void requireRoom(SessionId session) {
        long open = entities.createNamedQuery("mergeRequest.countOpen", Long.class).setParameter("session", session.value()).getSingleResult();
        if (open >= config.maxOpen) {
            throw LIMIT_EXCEEDED.because("open merge requests of a session: " + (open + 1) + " (expected: at most " + config.maxOpen + ")");
        }
    }

    /**
     * Changes what is written about a request, and closes it or opens it again: for its author, or who may change SETTINGS.
     *
     * @throws CollaborationException {@code merge-request-not-found}, {@code forbidden}, {@code merge-request-closed} for one that is
     *     merged, {@code limit-exceeded}, {@code invalid-request}, {@code session-closed}
     */
    public MergeRequest change(SessionId session, MergeRequestId id, Contributor by, Change change) {
        return changed(session, id, before -> {
            requireAuthor(before, by);
            MergeRequest after = before.described(change.title().map(words::cover).orElse(before.title()),
                change.description().isPresent() ? change.description().map(words::cover) : before.description());
            if (change.reviewers().isPresent()) {
                after = after.reviewedBy(change.reviewers().get());
            }
            if (change.status().isPresent()) {
                after = change.status().get() == Status.OPEN ? after.reopened() : after.closed();
            }
            if (after.isOpen() && !before.isOpen()) {
                requireRoom(session);
            }
            if (after.status() != before.status()) {
                audit(after, by, after.isOpen() ? "merge-request.reopened" : "merge-request.closed", "");
            }
            return after;
        });
    }

    private void requireAuthor(MergeRequest request, Contributor by) {
        SessionAccess rights = access.of(request.session());
        boolean isAuthor = request.author().isSameUser(by) && rights.may(by.userId(), Action.EDIT, clock.instant());
        if (!isAuthor && !rights.may(by.userId(), Action.SETTINGS, clock.instant())) {
            throw FORBIDDEN.because("caller (expected: the request's author, or somebody with " + Action.SETTINGS + ")");
        }
    }

    // ---- talking

    /**
     * Says something about a request, with words that this server does not take covered.
     *
     * @throws CollaborationException {@code merge-request-not-found}, {@code forbidden}, {@code limit-exceeded}, {@code session-closed}
     */
    public Comment comment(SessionId session, MergeRequestId id, Contributor author, String text) {
        require(session, author, Action.CHAT);
        words.requireName(author.name());
        String checked = words.cover(ChatRules.requireText(text, config.commentLength));
        sessions.hold(session);
        MergeRequestEntity request = require(session, id);
        long present = entities.createNamedQuery("mergeComment.count", Long.class).setParameter("request", request.key()).getSingleResult();
        if (present >= config.maxComments) {
            throw LIMIT_EXCEEDED.because("comments on a merge request: " + (present + 1) + " (expected: at most " + config.maxComments + ")");
        }
        var entity = new MergeCommentEntity(request.key(), author, checked, now());
        entities.persist(entity);
        entities.flush();
        return entity.toComment();
    }

    /**
     * Says what somebody found in the source as it is at a revision.
     *
     * @param text a comment that goes with it
     * @throws CollaborationException {@code merge-request-not-found}, {@code merge-request-closed}, {@code forbidden} also for its author,
     *     {@code session-closed}
     */
    public MergeRequest review(SessionId session, MergeRequestId id, Contributor reviewer, Verdict verdict, long sourceRevision,
                               Optional<String> text) {
        require(session, reviewer, Action.EDIT);
        words.requireName(reviewer.name());
        text.ifPresent(said -> comment(session, id, reviewer, said));
        return changed(session, id, request -> {
            MergeRequest reviewed = request.reviewed(reviewer, new Review.Finding(verdict, sourceRevision, now()));
            audit(request, reviewer, "merge-request.reviewed", verdict + " " + request.source() + "@" + sourceRevision);
            return reviewed;
        });
    }

    /**
     * Keeps what somebody chose; earlier choices for the same cells are gone.
     *
     * @throws CollaborationException {@code merge-request-not-found}, {@code merge-request-closed}, {@code forbidden}, {@code session-closed}
     */
    public MergeRequest choose(SessionId session, MergeRequestId id, Contributor by, List<ChosenResolution> choices) {
        require(session, by, Action.RESOLVE);
        return changed(session, id, request -> {
            request.requireOpen();
            Map<String, MergeChoiceEntity> present = choiceRows(id).stream()
                .collect(Collectors.toMap(MergeChoiceEntity::cell, Function.identity()));
            for (ChosenResolution choice : choices) {
                MergeChoiceEntity row = present.computeIfAbsent(CellCodec.key(choice.resolution().cell()), cell -> {
                    var fresh = new MergeChoiceEntity(id.number(), choice);
                    entities.persist(fresh);
                    return fresh;
                });
                row.become(choice);
            }
            return request;
        });
    }

    // ---- merging

    /** What there is to know about a branch that is merged into. */
    public static Target target(Branch branch) {
        return new Target(branch.archivedAt().isPresent(), branch.protection().map(Protection::approvals));
    }

    /**
     * Whether somebody may bring something into a branch: EDIT, and MERGE where it is protected.
     *
     * @throws CollaborationException {@code forbidden}
     */
    public void requireMayMergeInto(Branch target, String userId) {
        Action needed = target.protection().isPresent() ? Action.MERGE : Action.EDIT;
        access.of(target.id().session()).require(userId, needed, clock.instant());
    }

    /**
     * Closes a request that is merged in the transaction that this is called in, if nothing is in the way at this moment: so of two who
     * merge it one does, and what was allowed when the merge was worked out is asked again.
     *
     * @throws CollaborationException the first thing that is in the way, which undoes the merge
     */
    public void merged(SessionId session, MergeRequestId id, MergeRequest.Merged how) {
        MergeRequestEntity entity = held(session, id);
        MergeRequest request = toRequest(entity);
        Branch target = branches.find(new BranchId(session, request.target()));
        MergeRules.blockers(request, how.source().revision(), target(target), 0).stream().findFirst().ifPresent(problem -> {
            throw new CollaborationException(problem);
        });
        requireMayMergeInto(target, how.by().userId());
        entity.become(request.merged(how));
        entities.flush();
        audit(request, how.by(), "merge-request.merged", how.source() + " into " + request.target() + "@" + how.revision());
    }

    // ---- rows

    private MergeRequest changed(SessionId session, MergeRequestId id, UnaryOperator<MergeRequest> change) {
        sessions.hold(session);
        MergeRequestEntity entity = held(session, id);
        return store(entity, change.apply(toRequest(entity)));
    }

    /** The row as it is now, for this transaction alone. */
    private MergeRequestEntity held(SessionId session, MergeRequestId id) {
        entities.createNamedQuery("mergeRequest.hold").setParameter("id", id.number()).executeUpdate();
        MergeRequestEntity entity = require(session, id);
        entities.refresh(entity);
        return entity;
    }

    private MergeRequestEntity require(SessionId session, MergeRequestId id) {
        return entities.createNamedQuery("mergeRequest.one", MergeRequestEntity.class)
            .setParameter("session", session.value()).setParameter("id", id.number()).getResultStream().findFirst()
            .orElseThrow(() -> MERGE_REQUEST_NOT_FOUND.because("merge request: " + id + " (expected: one of the session's)"));
    }

    private MergeRequest toRequest(MergeRequestEntity entity) {
        return entity.toMergeRequest(reviewRows(entity.key()).stream().map(MergeReviewEntity::toReview).toList());
    }

    private List<MergeReviewEntity> reviewRows(long request) {
        return entities.createNamedQuery("mergeReview.all", MergeReviewEntity.class).setParameter("request", request).getResultList();
    }

    private List<MergeChoiceEntity> choiceRows(MergeRequestId request) {
        return entities.createNamedQuery("mergeChoice.all", MergeChoiceEntity.class).setParameter("request", request.number()).getResultList();
    }

    private MergeRequest store(MergeRequestEntity entity, MergeRequest request) {
        entity.become(request);
        Map<String, Review> now = request.reviews().stream().collect(Collectors.toMap(review -> review.reviewer().userId(), Function.identity()));
        List<MergeReviewEntity> rows = reviewRows(entity.key());
        for (MergeReviewEntity row : rows) {
            Optional.ofNullable(now.get(row.reviewerId())).ifPresentOrElse(row::become, () -> entities.remove(row));
        }
        request.reviews().stream().filter(review -> rows.stream().noneMatch(row -> row.reviewerId().equals(review.reviewer().userId())))
            .forEach(review -> entities.persist(new MergeReviewEntity(entity.key(), review)));
        entities.flush();
        return request;
    }

    private void require(SessionId session, Contributor who, Action action) {
        access.of(session).require(who.userId(), action, clock.instant());
    }

    private void audit(MergeRequest request, Contributor by, String action, String detail) {
        Role role = access.of(request.session()).roleOf(by.userId(), clock.instant()).orElse(Role.VIEWER);
        sessions.audit(request.session(), new Actor(by.userId(), role), action, request.id().toString(), detail);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
