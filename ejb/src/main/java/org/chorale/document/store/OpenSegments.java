package org.chorale.document.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.chorale.document.StoredChange;

/** The segments that were read last, since whoever reads one change of a segment reads the next one soon. They never change. */
@ApplicationScoped
public class OpenSegments {
    /** Of a change, beside its texts. */
    private static final int OVERHEAD = 200;

    private final Map<Place, Open> open = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    @Inject
    private ArchiveConfig config;

    private record Place(long branch, long first) {}

    private record Open(List<StoredChange> changes, long bytes) {}

    /** @param read is asked where the segment is not remembered */
    List<StoredChange> of(long branch, long first, Supplier<List<StoredChange>> read) {
        var place = new Place(branch, first);
        synchronized (open) {
            Open known = open.get(place);
            if (known != null) {
                return known.changes();
            }
        }
        List<StoredChange> changes = read.get();
        remember(place, changes);
        return changes;
    }

    private void remember(Place place, List<StoredChange> changes) {
        long size = changes.stream().mapToLong(change -> OVERHEAD + 2L * (change.content().length() + change.inverse().length())).sum();
        synchronized (open) {
            Open before = open.put(place, new Open(changes, size));
            bytes += size - (before == null ? 0 : before.bytes());
            for (Iterator<Open> oldest = open.values().iterator(); bytes > config.archiveMemory && oldest.hasNext(); ) {
                bytes -= oldest.next().bytes();
                oldest.remove();
            }
        }
    }
}
