package org.chorale.conflict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chorale.operation.Choice;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.Path;

/** One register about which people have to decide: the document keeps its present value, the candidates wait. */
public record ConflictRecord(ConflictId id, ElementId element, Path path, List<Candidate> candidates, Optional<Resolution> resolution) {

    /** Where a record stands. Public names: they travel in {@code conflict}. */
    public enum Status { OPEN, RESOLVED, SUPERSEDED }

    /** How it ended: who chose what, and when. */
    public record Resolution(Choice choice, long revision, String userId, Instant at) {}

    public ConflictRecord {
        candidates = List.copyOf(candidates);
    }

    public Status status() {
        return resolution.map(how -> how.choice() == Choice.SUPERSEDED ? Status.SUPERSEDED : Status.RESOLVED).orElse(Status.OPEN);
    }

    /** The revision of the newest candidate: who has seen it knows all of them. */
    public long changedAt() {
        return candidates.getLast().revision();
    }

    /** The record with one more candidate, which takes the place of the same client's earlier one. */
    public ConflictRecord with(Candidate candidate) {
        var more = new ArrayList<>(candidates);
        more.removeIf(earlier -> earlier.clientId().equals(candidate.clientId()));
        more.add(candidate);
        return new ConflictRecord(id, element, path, more, resolution);
    }

    public ConflictRecord resolved(Resolution how) {
        return new ConflictRecord(id, element, path, candidates, Optional.of(how));
    }
}
