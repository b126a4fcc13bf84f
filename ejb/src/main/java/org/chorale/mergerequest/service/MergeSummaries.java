package org.chorale.mergerequest.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.chorale.merge.Resolution;
import org.chorale.mergerequest.MergeRequest;
import org.chorale.session.SessionId;

/**
 * What merges came to, for as long as nothing changes that they depend on: lists of requests are asked for often, and each answer takes
 * three documents. A key says all that counts, so nothing here is ever wrong.
 */
@ApplicationScoped
public class MergeSummaries {
    private static final int REMEMBERED = 1_000;

    /** What a request's open merge, or a finished one, comes to. */
    public record Summary(int openConflicts, int differences) {}

    /** An open merge: both heads, what they had in common last, and what was chosen. */
    record Key(Merges.Pair pair, List<Resolution> choices) {}

    /** A merge that is done. */
    record Merged(SessionId session, MergeRequest.Merged how) {}

    private final Map<Object, Summary> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Summary> eldest) {
            return size() > REMEMBERED;
        }
    };

    Summary of(Object key, Supplier<Summary> work) {
        synchronized (known) {
            Summary present = known.get(key);
            if (present != null) {
                return present;
            }
        }
        Summary fresh = work.get();
        synchronized (known) {
            known.put(key, fresh);
        }
        return fresh;
    }
}
