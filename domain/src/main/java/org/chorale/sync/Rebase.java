package org.chorale.sync;

import java.util.ArrayList;
import java.util.List;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.text.Side;
import org.chorale.text.TextEdit;

/**
 * Moves pending changes from one confirmed document to the next. Only text edits hold places that others' edits shift; everything else is
 * addressed by id and stays as it is. Steps through, operation by operation, and never composes first.
 */
final class Rebase {
    private Rebase() {}

    /** The pending changes as they read after foreign edits, one after the other. */
    static List<Pending> over(List<Pending> pending, List<Operation.EditText> foreign) {
        List<Pending> rebased = pending;
        for (Operation.EditText edit : foreign) {
            rebased = over(rebased, edit);
        }
        return rebased;
    }

    /** The pending changes as they read after a foreign edit; in the order of commits they come later. */
    static List<Pending> over(List<Pending> pending, Operation.EditText foreign) {
        var result = new ArrayList<Pending>(pending.size());
        TextEdit others = foreign.edit();
        for (Pending change : pending) {
            if (change.operations().stream().noneMatch(operation -> isOn(operation, foreign.element(), foreign.name()))) {
                result.add(change);
                continue;
            }
            var operations = new ArrayList<Operation>(change.operations().size());
            for (Operation operation : change.operations()) {
                if (operation instanceof Operation.EditText own && isOn(own, foreign.element(), foreign.name())) {
                    operations.add(new Operation.EditText(own.element(), own.name(), own.edit().transform(others, Side.LATER)));
                    others = others.transform(own.edit(), Side.EARLIER);
                } else {
                    operations.add(operation);
                }
            }
            result.add(change.with(operations));
        }
        return result;
    }

    static boolean isOn(Operation operation, ElementId element, String name) {
        return operation instanceof Operation.EditText edit && edit.element().equals(element) && edit.name().equals(name);
    }
}
