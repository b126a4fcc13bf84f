package org.chorale.document.service;

import java.util.List;
import org.chorale.document.ChangeId;
import org.chorale.document.Note;
import org.chorale.problem.Problem;

/** What became of one submitted change. */
public sealed interface Outcome {
    ChangeId changeId();

    /** It is stored as this revision, now or before. */
    record Accepted(ChangeId changeId, long revision, List<Note> notes) implements Outcome {}

    /** It is not stored. */
    record Refused(ChangeId changeId, Problem problem) implements Outcome {}
}
