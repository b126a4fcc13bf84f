package org.chorale.access.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.chorale.access.Actor;
import org.chorale.access.web.AccessBodies.RemovalBody;
import org.chorale.branch.service.BranchService;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.service.History;
import org.chorale.document.service.Outcome;
import org.chorale.document.service.Submission;
import org.chorale.document.web.BranchCalls;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.problem.CollaborationException;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;

/**
 * Deletes what one user made. Who made an element is read in the log, since the document does not say; what is still live is deleted by
 * ordinary changes of the moderator, through the mailbox as everybody's, so they can be undone like any other.
 */
@ApplicationScoped
public class ContentRemoval {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PAGE = 1_000;
    private static final int BATCH = 500;
    private static final RemovalBody NOTHING = new RemovalBody(0, List.of());

    @EJB
    private History history;
    @EJB
    private BranchService sessionBranches;
    @Inject
    private BranchCalls branches;

    /** One branch after the other; archived ones are left as they are. */
    CompletionStage<RemovalBody> remove(SessionId session, Actor moderator, String userId) {
        CompletionStage<RemovalBody> done = CompletableFuture.completedStage(NOTHING);
        for (BranchId branch : open(session)) {
            done = done.thenCompose(before -> remove(branch, moderator, userId).thenApply(before::and));
        }
        return done;
    }

    private List<BranchId> open(SessionId session) {
        var found = new ArrayList<BranchId>();
        Optional<Long> next = Optional.of(BranchService.FIRST_PAGE);
        while (next.isPresent()) {
            BranchService.Page page = sessionBranches.list(session, false, next.get(), PAGE);
            page.branches().forEach(branch -> found.add(branch.id()));
            next = page.next();
        }
        return found;
    }

    private CompletionStage<RemovalBody> remove(BranchId branch, Actor moderator, String userId) {
        Set<ElementId> made = madeBy(branch, userId);
        if (made.isEmpty()) {
            return CompletableFuture.completedStage(NOTHING);
        }
        var author = new Author(moderator.userId(), "api");
        return branches.visit(branch, view -> new Live(view.live(made), view.revision())).thenCompose(live -> delete(branch, author, live));
    }

    private record Live(List<ElementId> elements, long revision) {}

    private Set<ElementId> madeBy(BranchId branch, String userId) {
        var filter = new History.Filter(Optional.of(userId), Optional.empty());
        var made = new LinkedHashSet<ElementId>();
        History.Page page;
        long at = 0;
        do {
            page = history.changes(branch, at, Long.MAX_VALUE, filter, PAGE);
            page.changes().forEach(stored -> collect(stored, made));
            at = page.lookedUpTo();
        } while (page.hasMore());
        return made;
    }

    private static void collect(StoredChange stored, Set<ElementId> made) {
        CommittedChange change = ChangeCodec.load(stored);
        change.operations().forEach(operation -> {
            if (operation instanceof Operation.Create create) {
                made.add(create.element());
            }
        });
    }

    /** All batches go together, one behind the other; the first refusal ends them. */
    private CompletionStage<RemovalBody> delete(BranchId branch, Author author, Live live) {
        String clientId = "mod-" + SessionId.random(RANDOM) + SessionId.random(RANDOM);
        var edits = new ArrayList<Submission.Edit>();
        for (int from = 0; from < live.elements().size(); from += BATCH) {
            List<Operation> deletions = live.elements().subList(from, Math.min(from + BATCH, live.elements().size())).stream()
                .<Operation>map(Operation.Delete::new).toList();
            edits.add(new Submission.Edit(new Change(new ChangeId(clientId, edits.size()), live.revision(), live.revision(), deletions)));
        }
        if (edits.isEmpty()) {
            return CompletableFuture.completedStage(NOTHING);
        }
        return branches.submit(branch, author, edits).thenApply(outcomes -> {
            if (outcomes.getFirst() instanceof Outcome.Refused(var id, var problem)) {
                throw new CollaborationException(problem);
            }
            List<String> done = outcomes.stream().filter(Outcome.Accepted.class::isInstance).map(each -> each.changeId().toString())
                .toList();
            return new RemovalBody(Math.min(done.size() * BATCH, live.elements().size()), done);
        });
    }
}
