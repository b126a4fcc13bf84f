package org.chorale.document.store;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chorale.session.BranchId;

/** How many branches are at once, for a node that looks whether another one did something to them. */
@Stateless
public class BranchStatuses {
    private static final int AT_ONCE = 500;

    @PersistenceContext
    private EntityManager entities;
    @Inject
    private BranchKeys keys;

    /** Those of the branches that this node has used; what is not in the answer has no row any more. */
    public Map<BranchId, BranchStatus> of(Collection<BranchId> branches) {
        var byKey = new HashMap<Long, BranchId>();
        branches.forEach(branch -> keys.known(branch).ifPresent(line -> byKey.put(line.key(), branch)));
        var statuses = new HashMap<BranchId, BranchStatus>();
        List<Long> all = List.copyOf(byKey.keySet());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Long> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
            entities.createNamedQuery("branch.states", BranchEntity.class).setParameter("branches", some).getResultStream()
                .forEach(row -> statuses.put(byKey.get(row.key()), row.status()));
        }
        return statuses;
    }
}
