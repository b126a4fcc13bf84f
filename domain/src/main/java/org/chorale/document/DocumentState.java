package org.chorale.document;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.conflict.ConflictRecord;
import org.chorale.operation.ElementId;
import org.chorale.operation.OrderKey;
import org.chorale.value.Value;

/**
 * A document at one revision, immutable: what a snapshot keeps. With the last writes of all registers a document goes on from it as if it
 * had folded the whole log, but for the edits of texts: those before it are not known any more.
 */
public record DocumentState(long revision, List<ElementState> elements, List<ConflictRecord> conflicts) {
    public DocumentState {
        elements = List.copyOf(elements);
        conflicts = List.copyOf(conflicts);
    }

    /** A text and its last write. */
    public record TextState(String content, Stamp stamp) {}

    /** One element with all that it holds. */
    public record ElementState(ElementId id, String type, List<ElementId> refs, ElementId parent, OrderKey order, Stamp placed,
                               boolean deleted, Stamp flagged, LastWrites lastWrites, Map<String, Cell> props, Map<String, TextState> texts,
                               Map<String, List<ItemCell>> lists, Map<String, Map<String, MemberCell>> sets) {
        public ElementState {
            refs = List.copyOf(refs);
            props = Map.copyOf(props);
            texts = Map.copyOf(texts);
            lists = Map.copyOf(lists);
            sets = Map.copyOf(sets);
        }

        /** An element as clients get it: what it holds, but not who wrote it. */
        public static ElementState unstamped(ElementId id, String type, List<ElementId> refs, ElementId parent, OrderKey order,
                                             boolean deleted, Map<String, Value> props, Map<String, String> texts,
                                             Map<String, List<ItemCell>> lists, Map<String, Map<String, MemberCell>> sets) {
            var cells = new HashMap<String, Cell>();
            props.forEach((name, value) -> cells.put(name, new Cell(Optional.of(value), LastWrites.NONE)));
            var contents = new HashMap<String, TextState>();
            texts.forEach((name, text) -> contents.put(name, new TextState(text, Stamp.NONE)));
            return new ElementState(id, type, refs, parent, order, Stamp.NONE, deleted, Stamp.NONE, LastWrites.NONE, cells,
                contents, lists, sets);
        }
    }
}
