package org.chorale.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * When signing keys come and go. A key is published for {@code overlap} before it signs, so that everybody who verifies has it by then;
 * it signs for {@code rotation}, and stays published for {@code overlap} after that, until what it signed has expired.
 */
public record KeySchedule(Duration rotation, Duration overlap) {

    /** Whether the next key has to be made. */
    public boolean isDue(Collection<Instant> created, Instant now) {
        return created.stream().max(Comparator.naturalOrder()).map(newest -> !now.isBefore(newest.plus(rotation))).orElse(true);
    }

    /** Whether a key of that age is not to be believed any more. */
    public boolean isOver(Instant created, Instant now) {
        return !now.isBefore(created.plus(rotation).plus(overlap).plus(overlap));
    }

    /** The key that signs now; empty where there is none, or none that is still good. */
    public <K> Optional<K> signer(Collection<K> keys, Function<K, Instant> createdAt, Instant now) {
        Comparator<K> byAge = Comparator.comparing(createdAt);
        Optional<K> ripe = keys.stream().filter(key -> signs(createdAt.apply(key), now)).max(byAge);
        // The first of all keys signs from the start, and so does one that was made after a long sleep.
        return ripe.or(() -> keys.stream().filter(key -> !isOver(createdAt.apply(key), now)).max(byAge));
    }

    private boolean signs(Instant created, Instant now) {
        Instant from = created.plus(overlap);
        return !now.isBefore(from) && now.isBefore(from.plus(rotation));
    }
}
