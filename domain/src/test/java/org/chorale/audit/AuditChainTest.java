package org.chorale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AuditChainTest {
    private static final int LENGTH = 6;

    @Test
    @DisplayName("[ACS-9] a chain that nobody touched is sound")
    void given_an_untouched_chain_then_there_is_no_fault() {
        assertThat(fault(chain(), chain().getLast())).isEmpty();
        assertThat(new AuditChain.Verification().fault(0, AuditChain.BEGINNING)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("crimes")
    @DisplayName("[ACS-9] whatever is done to an entry is found")
    void given_a_chain_that_somebody_touched_then_the_fault_is_found(String crime, Consumer<List<AuditEntry>> commit) {
        List<AuditEntry> entries = chain();
        AuditEntry newest = entries.getLast();
        commit.accept(entries);
        assertThat(fault(entries, newest)).isPresent();
    }

    static Stream<Arguments> crimes() {
        return Stream.of(
            crime("changed detail", entries -> entries.set(2, with(entries.get(2), "harmless", entries.get(2).hash()))),
            crime("changed with its own hash made anew", entries -> {
                AuditEntry before = entries.get(1);
                entries.set(2, AuditChain.next(before.number(), before.hash(), event("harmless")));
            }),
            crime("removed from the middle", entries -> entries.remove(3)),
            crime("removed first", List::removeFirst),
            crime("removed last", List::removeLast),
            crime("swapped rows", entries -> Collections.swap(entries, 1, 2)),
            crime("swapped content under the same numbers", entries -> {
                AuditEntry second = entries.get(1);
                AuditEntry third = entries.get(2);
                entries.set(1, new AuditEntry(second.number(), third.event(), second.previous(), second.hash()));
                entries.set(2, new AuditEntry(third.number(), second.event(), third.previous(), third.hash()));
            }),
            crime("an entry twice", entries -> entries.add(4, entries.get(3))),
            crime("letters moved from one field to the next", entries -> {
                AuditEntry entry = entries.get(2);
                AuditEvent event = entry.event();
                entries.set(2, new AuditEntry(entry.number(), new AuditEvent(event.sessionId(), event.at(), event.actor(), event.action()
                    + "g",
                    event.subject().substring(1), event.detail()), entry.previous(), entry.hash()));
            }));
    }

    private static Arguments crime(String name, Consumer<List<AuditEntry>> commit) {
        return Arguments.of(name, commit);
    }

    private static List<AuditEntry> chain() {
        var entries = new ArrayList<AuditEntry>();
        String hash = AuditChain.BEGINNING;
        for (int i = 0; i < LENGTH; i++) {
            entries.add(AuditChain.next(i, hash, event("detail " + i)));
            hash = entries.getLast().hash();
        }
        return entries;
    }

    private static AuditEvent event(String detail) {
        return new AuditEvent("0123456789", Instant.parse("2026-01-01T00:00:00Z"), "g-ana", "member.role", "g-ben", detail);
    }

    private static AuditEntry with(AuditEntry entry, String detail, String hash) {
        return new AuditEntry(entry.number(), event(detail), entry.previous(), hash);
    }

    private static Optional<String> fault(List<AuditEntry> entries, AuditEntry newest) {
        var verification = new AuditChain.Verification();
        entries.forEach(verification::look);
        return verification.fault(newest.number(), newest.hash());
    }
}
