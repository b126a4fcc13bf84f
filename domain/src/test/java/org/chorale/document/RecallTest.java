package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.chorale.conflict.Policies;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Position;
import org.chorale.problem.ProblemType;
import org.chorale.text.TextEdit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a document that goes on from a snapshot knows of the edits before it. */
class RecallTest {
    private static final ElementId NOTE = new ElementId("note");
    private static final Author AUTHOR = new Author("u", "p");

    private final List<CommittedChange> log = new ArrayList<>();
    private Document document = new Document();

    @Test
    @DisplayName("[TXT-10] without what led to the snapshot, only bases from a text's last edit on are known")
    void given_a_document_from_a_snapshot_when_an_older_base_comes_then_it_is_stale_for_that_text_only() {
        history();
        document = Document.of(document.state());
        assertThat(typing(2, "t", 100)).isEqualTo("STALE_BASE");
        assertThat(typing(1, "quiet", 101)).isEqualTo("ACCEPTED");
        assertThat(typing(6, "t", 102)).isEqualTo("ACCEPTED");
    }

    @Test
    @DisplayName("[TXT-8][TXT-10] recalled edits are transformed over, as if the document had folded them")
    void given_recalled_changes_when_a_base_among_them_comes_then_the_edit_finds_its_place() {
        history();
        document = Document.of(document.state());
        document.recall(log.subList(2, 6));
        assertThat(typing(1, "t", 100)).isEqualTo("STALE_BASE");
        assertThat(typing(2, "t", 101)).isEqualTo("ACCEPTED");
        assertThat(document.element(NOTE).orElseThrow().text("t")).isEqualTo("XXXXX*");
    }

    @Test
    void given_changes_that_do_not_lead_to_the_snapshot_then_they_are_refused() {
        history();
        assertThatThrownBy(() -> document.recall(log.subList(0, 3))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Revision 1 makes the note, 2 to 6 put an X each in front of the text. */
    private void history() {
        commit(0, 0, new Operation.Create(NOTE, "note", ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of("quiet", "…"), List.of()));
        for (int i = 1; i <= 5; i++) {
            commit(i, i, new Operation.EditText(NOTE, "t", TextEdit.insert(0, "X")));
        }
    }

    /** An edit by somebody who saw the text as it was at the base: behind all X that were there. */
    private String typing(long base, String text, int counter) {
        int behind = text.equals("t") ? (int) base - 1 : 0;
        Decision decision = commit(counter, base, new Operation.EditText(NOTE, text, TextEdit.insert(behind, "*")));
        return decision instanceof Decision.Refused(var problem) ? problem.type().name() : "ACCEPTED";
    }

    private Decision commit(int counter, long base, Operation operation) {
        var id = new ChangeId("c", counter);
        Decision decision = new Decider(document, Limits.DEFAULT, Policies.DEFAULT)
            .decide(new Change(id, base, base, List.of(operation)), AUTHOR, Instant.EPOCH);
        if (decision instanceof Decision.Accepted accepted) {
            log.add(new CommittedChange(document.revision(), id, CommittedChange.Kind.EDIT, AUTHOR, Instant.EPOCH, accepted.effective(),
                accepted.notes()));
        } else {
            assertThat(((Decision.Refused) decision).problem().type()).isEqualTo(ProblemType.STALE_BASE);
        }
        document.keep();
        return decision;
    }
}
