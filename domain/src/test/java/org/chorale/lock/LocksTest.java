package org.chorale.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.Limits;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree of these tests: house / wall / window, and car. Ana holds the wall. */
class LocksTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final LockHolder ANA = new LockHolder("p-ana", "ana", "Ana");
    private static final LockHolder BEN = new LockHolder("p-ben", "ben", "Ben");
    private static final ElementId HOUSE = new ElementId("house");
    private static final ElementId WALL = new ElementId("wall");
    private static final ElementId WINDOW = new ElementId("window");
    private static final ElementId CAR = new ElementId("car");
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Document document = new Document();
    private final Decider decider = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);
    private final Locks locks = new Locks(document, 2, Duration.ofMinutes(5));
    private int counter;

    @BeforeEach
    void build() {
        for (Operation create : List.of(create("house", ElementId.ROOT), create("wall", HOUSE), create("window", WALL), create("car", ElementId.ROOT))) {
            done("ana", create);
        }
        locks.acquire(WALL, ANA, LEASE, NOON);
    }

    @Test
    @DisplayName("[LCK-3] what others may not: everything on it and below, to hide it, to take it away or to put something in")
    void given_a_lock_when_another_user_edits_within_it_then_it_is_violated() {
        List<Supplier<Operation>> forbidden = List.of(
            () -> new Operation.SetProperty(WALL, Path.of("n"), Value.of(1)),
            () -> new Operation.UnsetProperty(WINDOW, Path.of("n")),
            () -> new Operation.AddToProperty(WINDOW, Path.of("n"), Value.of(1)),
            () -> new Operation.EditText(WINDOW, "t", TextEdit.insert(0, "x")),
            () -> new Operation.SetMember(WINDOW, "s", "m", true),
            () -> create("door", WALL),
            () -> new Operation.Move(CAR, WINDOW, Position.Edge.LAST),
            () -> new Operation.Move(WINDOW, ElementId.ROOT, Position.Edge.LAST),
            () -> new Operation.Move(HOUSE, CAR, Position.Edge.LAST),
            () -> new Operation.Delete(HOUSE),
            () -> new Operation.Delete(WINDOW));
        for (Supplier<Operation> operation : forbidden) {
            int savepoint = document.savepoint();
            Decision.Accepted accepted = done("ben", operation.get());
            assertThat(locks.violatedBy(accepted, "ben")).as(operation.get().toString()).map(Lock::element).contains(WALL);
            assertThat(locks.violatedBy(accepted, "ana")).as("the holder's own").isEmpty();
            document.rollback(savepoint);
        }
    }

    @Test
    @DisplayName("[LCK-3] what others still may: everything beside and above")
    void given_a_lock_when_another_user_edits_elsewhere_then_it_is_not_violated() {
        List<Operation> allowed = List.of(new Operation.SetProperty(HOUSE, Path.of("n"), Value.of(1)), create("garden", HOUSE),
            new Operation.Move(CAR, HOUSE, Position.Edge.FIRST), new Operation.Delete(CAR), new Operation.Restore(CAR));
        for (Operation operation : allowed) {
            assertThat(locks.violatedBy(done("ben", operation), "ben")).as(operation.toString()).isEmpty();
        }
    }

    @Test
    @DisplayName("[LCK-2] what overlaps another user's lock is refused, one's own is prolonged under its number")
    void given_a_lock_when_somebody_wants_it_too_then_only_the_holder_gets_it() {
        for (ElementId wanted : List.of(HOUSE, WALL, WINDOW)) {
            assertThatThrownBy(() -> locks.acquire(wanted, BEN, LEASE, NOON)).isInstanceOfSatisfying(CollaborationException.class,
                refusal -> assertThat(refusal.problem().type()).isEqualTo(ProblemType.LOCKED)).hasMessageContaining("Ana");
        }
        Lock first = locks.all().getFirst();
        Lock longer = locks.acquire(WALL, ANA, Duration.ofMinutes(1), NOON.plusSeconds(10));
        assertThat(longer.lease()).isEqualTo(first.lease());
        assertThat(longer.expiresAt()).isEqualTo(NOON.plusSeconds(70));
        assertThat(locks.acquire(CAR, BEN, LEASE, NOON).lease()).isGreaterThan(first.lease());
        assertThat(locks.acquire(WINDOW, ANA, LEASE, NOON).element()).isEqualTo(WINDOW);
    }

    @Test
    @DisplayName("[LCK-1] a later lease has a higher number, also after a restart")
    void given_a_restart_then_leases_go_on_growing() {
        long before = locks.all().getFirst().lease();
        var restarted = new Locks(document, 2, Duration.ofMinutes(5));
        assertThat(restarted.acquire(WALL, BEN, LEASE, NOON.plusMillis(5)).lease()).isGreaterThan(before);
    }

    @Test
    @DisplayName("[LCK-4] it ends with its time, by its holder, or with the holder's seat")
    void given_a_lock_then_it_ends_in_three_ways() {
        assertThat(locks.expire(NOON.plusSeconds(29))).isEmpty();
        assertThat(locks.expire(NOON.plusSeconds(30))).containsExactly(WALL);
        locks.acquire(WALL, ANA, LEASE, NOON);
        assertThatThrownBy(() -> locks.release(WALL, "ben")).hasMessageContaining("forbidden");
        assertThat(locks.release(WALL, "ana")).isTrue();
        assertThat(locks.release(WALL, "ben")).isFalse();
        locks.acquire(WALL, ANA, LEASE, NOON);
        locks.acquire(CAR, BEN, LEASE, NOON);
        assertThat(locks.releaseAll("p-ana")).containsExactly(WALL);
        assertThat(locks.all()).extracting(Lock::element).containsExactly(CAR);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 999, 300_001, Long.MAX_VALUE})
    @DisplayName("[LCK-1] a lease that is no time at all, or too long, is refused")
    void given_a_lease_out_of_range_then_it_is_refused(long milliseconds) {
        assertThatThrownBy(() -> locks.acquire(CAR, ANA, Duration.ofMillis(milliseconds), NOON)).hasMessageContaining("leaseSeconds");
    }

    @Test
    @DisplayName("[LCK-2] what never existed, and one more than may be held")
    void given_an_unknown_element_or_too_many_then_it_is_refused() {
        assertThatThrownBy(() -> locks.acquire(new ElementId("nobody"), ANA, LEASE, NOON)).hasMessageContaining("unknown-element");
        locks.acquire(CAR, ANA, LEASE, NOON);
        assertThatThrownBy(() -> locks.acquire(HOUSE, ANA, LEASE, NOON)).hasMessageContaining("limit-exceeded");
        assertThat(locks.acquire(CAR, ANA, LEASE, NOON).element()).isEqualTo(CAR);
    }

    private static Operation.Create create(String id, ElementId parent) {
        return new Operation.Create(new ElementId(id), "box", parent, Position.Edge.LAST, Map.of("n", Value.of(0)), Map.of(), List.of());
    }

    private Decision.Accepted done(String user, Operation operation) {
        var change = new Change(new ChangeId(user, counter++), document.revision(), document.revision(), false, Optional.empty(), List.of(operation));
        return (Decision.Accepted) decider.decide(change, new Author(user, "p-" + user), NOON);
    }
}
