package org.chorale.document.store;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;

/** What deleted branches leave behind, and how it is removed: in small transactions, since a branch may have a long history. */
@Stateless
public class DeletedBranches {
    private static final int CHANGES_AT_ONCE = 1_000;

    @PersistenceContext
    private EntityManager entities;
    @EJB
    private ChangeArchive archive;

    /** The keys of those that were deleted before a time, forks before what they were forked from: that is how they can be removed. */
    public List<Long> before(Instant time) {
        return entities.createNamedQuery("branch.deleted", Long.class).setParameter("time", time).getResultList();
    }

    /**
     * Removes some of what a deleted branch has, its row as the last of it.
     *
     * @return whether there is more
     */
    public boolean removeSome(long key) {
        Long first = entities.createNamedQuery("change.first", Long.class).setParameter("branch", key).getSingleResult();
        if (first != null) {
            entities.createNamedQuery("change.remove").setParameter("branch", key)
                .setParameter("first", first).setParameter("last", first + CHANGES_AT_ONCE - 1).executeUpdate();
            return true;
        }
        archive.forget(key);
        for (String removal : List.of("branchMerge.removeAll", "snapshot.removeAllParts", "snapshot.removeAll", "lock.removeAll",
            "branch.remove")) {
            entities.createNamedQuery(removal).setParameter("branch", key).executeUpdate();
        }
        return false;
    }
}
