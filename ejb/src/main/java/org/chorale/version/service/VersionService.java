package org.chorale.version.service;

import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.VERSION_NAME_TAKEN;
import static org.chorale.problem.ProblemType.VERSION_NOT_FOUND;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.chorale.access.Action;
import org.chorale.access.service.AccessDirectory;
import org.chorale.access.service.AccessRows;
import org.chorale.document.service.History;
import org.chorale.document.store.BranchEntity;
import org.chorale.document.store.BranchRows;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.version.NewVersion;
import org.chorale.version.Version;
import org.chorale.version.VersionId;
import org.chorale.version.store.VersionEntity;

/** The use cases of versions, one transaction each. Nothing of the document is copied: the log keeps every revision. */
@Stateless
public class VersionService {
    @PersistenceContext
    private EntityManager entities;
    @Inject
    private Clock clock;
    @Inject
    private AccessDirectory access;
    @EJB
    private AccessRows sessions;
    @EJB
    private BranchRows branches;
    @Inject
    private VersionConfig config;

    /**
     * Names a revision.
     *
     * @param userId who names it, and {@code userName} what they are called
     * @throws org.chorale.problem.CollaborationException {@code session-not-found}, {@code session-closed}, {@code forbidden},
     *     {@code branch-not-found}, {@code revision-ahead}, {@code version-name-taken}, {@code limit-exceeded}
     */
    public Version create(BranchId branch, String userId, String userName, NewVersion asked) {
        sessions.hold(branch.session());                    // of two of one name the later one finds the earlier one stored
        access.of(branch.session()).require(userId, Action.EDIT, clock.instant());
        BranchEntity row = branches.require(branch);
        long revision = asked.revision().orElse(row.head());
        History.requireWithin(revision, row.head());
        requireFree(branch.session(), asked.name());
        requireRoom(branch.session());
        var version = new Version(new VersionId(0), branch.name(), revision, asked.name(), asked.description(), userId, userName,
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var entity = new VersionEntity(branch.session(), row.key(), version);
        entities.persist(entity);
        entities.flush();
        return entity.toVersion(branch.name());
    }

    private Version toVersion(VersionEntity row) {
        return row.toVersion(branches.of(row.branchKey()).name());
    }

    private void requireFree(SessionId session, String name) {
        long same = entities.createNamedQuery("version.named", Long.class).setParameter("session", session.value())
            .setParameter("name", name).getSingleResult();
        if (same > 0) {
            throw VERSION_NAME_TAKEN.because("name (expected: one that no version of the session has)");
        }
    }

    private void requireRoom(SessionId session) {
        long present = entities.createNamedQuery("version.count", Long.class).setParameter("session", session.value())
            .getSingleResult();
        if (present >= config.maxCount) {
            throw LIMIT_EXCEEDED.because("versions of a session: " + (present + 1) + " (expected: at most " + config.maxCount + ")");
        }
    }

    /** A session's versions that were named before one, the newest first; all of them where none is given. */
    public List<Version> list(SessionId session, Optional<VersionId> before, int limit) {
        return entities.createNamedQuery("version.before", VersionEntity.class)
            .setParameter("session", session.value())
            .setParameter("before", before.map(VersionId::number).orElse(Long.MAX_VALUE))
            .setMaxResults(limit)
            .getResultStream().map(this::toVersion).toList();
    }

    /** @throws org.chorale.problem.CollaborationException {@code version-not-found}, also for another session's */
    public Version find(SessionId session, VersionId id) {
        return entities.createNamedQuery("version.one", VersionEntity.class)
            .setParameter("session", session.value()).setParameter("id", id.number())
            .getResultStream().findFirst().map(this::toVersion)
            .orElseThrow(() -> VERSION_NOT_FOUND.because("versionId: " + id + " (expected: one of the session's)"));
    }
}
