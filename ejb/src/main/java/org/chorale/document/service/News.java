package org.chorale.document.service;

import java.util.List;
import java.util.Optional;
import org.chorale.document.StoredChange;

/**
 * What a branch committed since it told last.
 *
 * @param changes   contiguous, at least one
 * @param conflicts the records that these opened, changed or ended, as they are now
 * @param hash      of the document behind the last change, where it is time to compare
 * @param since     when the oldest of them came in, by {@link System#nanoTime}
 */
public record News(List<StoredChange> changes, List<ConflictState> conflicts, Optional<String> hash, long since) {
    public News {
        changes = List.copyOf(changes);
        conflicts = List.copyOf(conflicts);
    }
}
