package org.chorale.document;

import java.util.ArrayList;
import java.util.List;
import org.chorale.text.Side;
import org.chorale.text.TextEdit;

/**
 * What others wrote in a text since one's base, seen from behind one's own edits so far.
 *
 * <pre>
 *            edit
 *        ·────────▸·
 *  other │         │ other'    other' = transform(other, edit, EARLIER)
 *        ▾         ▾
 *        ·────────▸·
 *            edit'             edit' = transform(edit, other, LATER)
 * </pre>
 */
final class Bridge {
    private final List<TextCell.Write> others;

    Bridge(List<TextCell.Write> since) {
        others = new ArrayList<>(since);
    }

    /** Takes an own edit across all others. Steps through, never composes. */
    TextEdit cross(TextEdit edit) {
        return cross(edit, others.size());
    }

    /** Takes an own edit that is known already up to its place among the others. */
    void crossKnown(ChangeId own, TextEdit edit) {
        int place = 0;
        while (place < others.size() && !others.get(place).change().equals(own)) {
            place++;
        }
        cross(edit, place);
    }

    /** A known change's own edits are no others'. */
    void forget(ChangeId own) {
        others.removeIf(other -> other.change().equals(own));
    }

    private TextEdit cross(TextEdit edit, int end) {
        TextEdit mine = edit;
        for (int i = 0; i < end; i++) {
            TextCell.Write other = others.get(i);
            others.set(i, new TextCell.Write(other.revision(), other.change(), other.edit().transform(mine, Side.EARLIER)));
            mine = mine.transform(other.edit(), Side.LATER);
        }
        return mine;
    }
}
