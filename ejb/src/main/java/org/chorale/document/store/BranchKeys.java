package org.chorale.document.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.chorale.session.BranchId;

/** The database's keys of branches, which never change: remembered, so that a commit need not ask for them first. */
@ApplicationScoped
public class BranchKeys {
    private static final int REMEMBERED = 100_000;

    private final Map<BranchId, Long> keys = new ConcurrentHashMap<>();

    /** @param asked is asked where the key is not remembered; nothing where there is no such branch */
    Optional<Long> of(BranchId branch, Function<BranchId, Optional<Long>> asked) {
        Long known = keys.get(branch);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Long> found = asked.apply(branch);
        if (keys.size() >= REMEMBERED) {
            keys.clear();
        }
        found.ifPresent(key -> keys.put(branch, key));
        return found;
    }
}
