package org.chorale.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chorale.conflict.Blending;
import org.chorale.operation.Operation;

/** Two edits of one gesture as one: what a drag wrote on its way is of no interest to anybody. */
final class Composition {
    private Composition() {}

    /** The operations that have the effect of both lists, where each of the later ones continues its counterpart; else nothing. */
    static Optional<List<Operation>> of(List<Operation> earlier, List<Operation> later) {
        // Where two operations are about the same thing, one would stand between the other and its continuation.
        boolean distinct = later.stream().map(Composition::thing).distinct().count() == later.size();
        if (earlier.size() != later.size() || !distinct) {
            return Optional.empty();
        }
        var composed = new ArrayList<Operation>();
        for (int i = 0; i < earlier.size(); i++) {
            Optional<Operation> both = of(earlier.get(i), later.get(i));
            if (both.isEmpty()) {
                return Optional.empty();
            }
            composed.add(both.get());
        }
        return Optional.of(composed);
    }

    private static Optional<Operation> of(Operation earlier, Operation later) {
        return switch (later) {
            case Operation.SetProperty(var id, var path, var value, var previous) -> switch (earlier) {
                case Operation.SetProperty first when first.element().equals(id) && first.path().equals(path) ->
                    Optional.of(new Operation.SetProperty(id, path, value, first.previous()));
                default -> Optional.empty();
            };
            case Operation.AddToProperty(var id, var path, var delta) -> switch (earlier) {
                case Operation.AddToProperty first when first.element().equals(id) && first.path().equals(path) ->
                    Blending.sum(first.delta(), delta).map(sum -> new Operation.AddToProperty(id, path, sum));
                case Operation.SetProperty first when first.element().equals(id) && first.path().equals(path) ->
                    Blending.sum(first.value(), delta).map(sum -> new Operation.SetProperty(id, path, sum, first.previous()));
                default -> Optional.empty();
            };
            case Operation.EditText(var id, var name, var edit) when Rebase.isOn(earlier, id, name) ->
                Optional.of(new Operation.EditText(id, name, ((Operation.EditText) earlier).edit().compose(edit)));
            case Operation.Move move when earlier instanceof Operation.Move first && first.element().equals(move.element()) ->
                Optional.of(move);
            default -> Optional.empty();            // nothing else is repeated in a gesture
        };
    }

    /** The property, the text or the place that an operation is about. */
    private static List<Object> thing(Operation operation) {
        return switch (operation) {
            case Operation.SetProperty set -> List.of("property", set.element(), set.path().property());
            case Operation.AddToProperty add -> List.of("property", add.element(), add.path().property());
            case Operation.EditText(var id, var name, var edit) -> List.of("text", id, name);
            case Operation.Move move -> List.of("place", move.element());
            default -> List.of();                   // never composed
        };
    }
}
