package org.chorale.branch.service;

import static org.chorale.problem.ProblemType.BRANCH_IN_USE;
import static org.chorale.problem.ProblemType.BRANCH_NAME_TAKEN;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.REVISION_AHEAD;

import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.chorale.access.Action;
import org.chorale.access.Actor;
import org.chorale.access.Role;
import org.chorale.access.SessionAccess;
import org.chorale.access.service.AccessDirectory;
import org.chorale.access.service.AccessRows;
import org.chorale.access.service.Credentials;
import org.chorale.branch.Branch;
import org.chorale.branch.BranchChange;
import org.chorale.branch.BranchRuleSource;
import org.chorale.branch.BranchRules;
import org.chorale.branch.NewBranch;
import org.chorale.document.store.BranchEntity;
import org.chorale.document.store.BranchRows;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;

/**
 * The use cases of branches, one transaction each, with their audit entries. A fork is one row, however large the document is: the log of
 * the branch it was forked from is read up to there.
 */
@Stateless
@LocalBean
@Local(BranchRuleSource.class)
public class BranchService implements BranchRuleSource {
    /** Before all branches: databases count from 0 or from 1. */
    public static final long FIRST_PAGE = -1;

    @PersistenceContext
    private EntityManager entities;
    @EJB
    private BranchRows rows;
    @EJB
    private AccessRows sessions;
    @Inject
    private AccessDirectory access;
    @Inject
    private BranchesConfig config;
    @Inject
    private Clock clock;

    /** Where a list of branches goes on: behind the one with this key. */
    public record Page(List<Branch> branches, Optional<Long> next) {
        public Page {
            branches = List.copyOf(branches);
        }
    }

    /**
     * A branch that was just made.
     *
     * @param behind changes of the parent that it does not have
     */
    public record Fork(Branch branch, long behind) {
        public Distance distance() {
            return new Distance(0, behind);
        }
    }

    /**
     * Lets a branch begin at a revision of another one, for whoever may EDIT.
     *
     * @throws org.chorale.problem.CollaborationException {@code session-not-found}, {@code session-closed}, {@code forbidden},
     *     {@code branch-not-found}, {@code branch-name-taken}, {@code revision-ahead}, {@code limit-exceeded}
     */
    public Fork fork(SessionId session, NewBranch asked, Branch.Maker maker) {
        sessions.hold(session);                             // of two of one name the later one finds the earlier one stored
        Instant now = clock.instant();
        SessionAccess rights = access.of(session);
        rights.require(maker.userId(), Action.EDIT, now);
        var id = new BranchId(session, asked.name());
        BranchEntity parent = rows.require(new BranchId(session, asked.from()));
        long revision = asked.revision().orElse(parent.head());
        if (revision < 0 || revision > parent.head()) {
            throw REVISION_AHEAD.because("revision: " + revision + " (expected: 0 to " + parent.head() + ")");
        }
        if (rows.find(id).isPresent()) {
            throw BRANCH_NAME_TAKEN.because("name (expected: one that no branch of the session has)");
        }
        requireRoom(session);
        var entity = new BranchEntity(id, parent, revision, asked.description(), maker, now());
        entities.persist(entity);
        entities.flush();
        var actor = new Actor(maker.userId(), rights.roleOf(maker.userId(), now).orElse(Role.VIEWER));
        sessions.audit(session, actor, "branch.forked", id.name(), "from " + parent.name() + " at " + revision);
        return new Fork(entity.toBranch(Optional.of(parent.name())), parent.head() - revision);
    }

    /**
     * How far apart a branch and its parent are.
     *
     * @param ahead  changes that the parent does not have
     * @param behind changes of the parent that it does not have
     */
    public record Distance(long ahead, long behind) {}

    private void requireRoom(SessionId session) {
        long present = entities.createNamedQuery("branch.count", Long.class).setParameter("session", session.value()).getSingleResult();
        if (present >= config.maxCount) {
            throw LIMIT_EXCEEDED.because("branches of a session: " + (present + 1) + " (expected: at most " + config.maxCount + ")");
        }
    }

    private long head(BranchEntity branch) {
        return entities.createNamedQuery("branch.head", Long.class).setParameter("branch", branch.key()).getSingleResult();
    }

    /** @throws org.chorale.problem.CollaborationException {@code branch-not-found} */
    public Branch find(BranchId id) {
        return toBranch(rows.require(id));
    }

    @Override
    public BranchRules of(BranchId branch) {
        return find(branch).rules();
    }

    /**
     * A session's branches, the oldest first, which is main.
     *
     * @param archived whether those are in it that were put away
     * @param after    where the page before ended, {@link #FIRST_PAGE} at the beginning
     */
    public Page list(SessionId session, boolean archived, long after, int limit) {
        List<BranchEntity> found = entities.createNamedQuery(archived ? "branch.list" : "branch.listOpen", BranchEntity.class)
            .setParameter("session", session.value()).setParameter("after", after).setMaxResults(limit + 1).getResultList();
        List<BranchEntity> page = found.subList(0, Math.min(limit, found.size()));
        return new Page(page.stream().map(this::toBranch).toList(),
            found.size() > limit ? Optional.of(page.getLast().key()) : Optional.empty());
    }

    private Branch toBranch(BranchEntity row) {
        return row.toBranch(row.parentKey().map(key -> rows.of(key).name()));
    }

    /**
     * Describes and archives, for who made the branch or may change SETTINGS; protects, for the latter.
     *
     * @throws org.chorale.problem.CollaborationException {@code forbidden}, {@code branch-not-found}, {@code invalid-request} for main put
     *     away, {@code session-closed}
     */
    public Branch change(BranchId id, Credentials credentials, BranchChange change) {
        change.requireFor(id);
        BranchEntity row = rows.require(id);
        Actor actor = change.protection().isPresent() ? sessions.require(id.session(), credentials, Action.SETTINGS)
            : requireMaker(row, credentials);
        sessions.hold(id.session());
        change.description().ifPresent(text -> row.describe(Optional.of(text).filter(given -> !given.isEmpty())));
        change.archived().ifPresent(archived -> {
            row.archive(archived ? Optional.of(now()) : Optional.empty());
            sessions.audit(id.session(), actor, archived ? "branch.archived" : "branch.brought-back", id.name(), "");
        });
        change.protection().ifPresent(protection -> {
            row.protect(protection);
            sessions.audit(id.session(), actor, protection.isPresent() ? "branch.protected" : "branch.freed", id.name(),
                protection.map(rule -> rule.approvals() + " approvals").orElse(""));
        });
        entities.flush();
        return toBranch(row);
    }

    private Actor requireMaker(BranchEntity row, Credentials credentials) {
        BranchId id = row.id();
        Actor actor = sessions.actor(id.session(), credentials);
        return row.isBy(actor.userId()) ? actor : sessions.require(id.session(), credentials, Action.SETTINGS);
    }

    /**
     * Deletes a branch, for who made it or may change SETTINGS: its name is free from now on, and nothing leads to its changes any more.
     * Whether somebody is on it is not looked at here.
     *
     * @throws org.chorale.problem.CollaborationException {@code forbidden}, {@code branch-not-found}, {@code branch-in-use},
     *     {@code session-closed}
     */
    public Branch delete(BranchId id, Credentials credentials) {
        BranchEntity row = rows.require(id);
        Actor actor = requireMaker(row, credentials);
        sessions.hold(id.session());
        if (row.parentKey().isEmpty()) {
            throw BRANCH_IN_USE.because("branch: " + id.name() + " is always there");
        }
        requireNone("branch.forks", row, "other branches were forked from it");
        requireNone("version.countOfBranch", row, "it has versions");
        requireNoMergeRequest(id);
        Branch branch = toBranch(row);
        entities.createNamedQuery("branch.rename").setParameter("name", "#" + row.key()).setParameter("now", now())
            .setParameter("branch", row.key()).executeUpdate();
        sessions.audit(id.session(), actor, "branch.deleted", id.name(), "at " + branch.head());
        return branch;
    }

    /** How far a branch and the one that it was forked from have gone since they were merged into each other. */
    public Distance distance(Branch branch) {
        if (branch.parent().isEmpty()) {
            return new Distance(0, 0);
        }
        BranchEntity child = rows.require(branch.id());
        BranchEntity parent = rows.require(new BranchId(branch.id().session(), branch.parent().get()));
        return new Distance(notIn(parent, child, branch.head(), branch.forkRevision()),
            notIn(child, parent, head(parent), branch.forkRevision()));
    }

    /** How many changes of a branch another one has not, but those that came from there. */
    private long notIn(BranchEntity other, BranchEntity branch, long head, long fork) {
        Long merged = entities.createNamedQuery("branchMerge.merged", Long.class)
            .setParameter("source", branch.key()).setParameter("target", other.key()).getSingleResult();
        long since = merged == null ? fork : merged;
        Long theirs = entities.createNamedQuery("branchMerge.changes", Long.class)
            .setParameter("source", other.key()).setParameter("target", branch.key()).setParameter("since", since).getSingleResult();
        return head - since - (theirs == null ? 0 : theirs);
    }

    private void requireNoMergeRequest(BranchId id) {
        long open = entities.createNamedQuery("mergeRequest.countOpenOfBranch", Long.class)
            .setParameter("session", id.session().value()).setParameter("name", id.name()).getSingleResult();
        if (open > 0) {
            throw BRANCH_IN_USE.because("branch: " + id.name() + " (expected: one that nothing needs; an open merge request names it)");
        }
    }

    private void requireNone(String query, BranchEntity row, String reason) {
        if (entities.createNamedQuery(query, Long.class).setParameter("branch", row.key()).getSingleResult() > 0) {
            throw BRANCH_IN_USE.because("branch: " + row.name() + " (expected: one that nothing needs; " + reason + ")");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
