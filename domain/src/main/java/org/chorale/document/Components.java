package org.chorale.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.chorale.conflict.Blending;
import org.chorale.operation.Path;
import org.chorale.value.Value;

/**
 * Reading and writing the part of a property that a path names. Pure: each function returns nothing where the property does not have
 * the shape that the path needs.
 */
final class Components {
    private Components() {}

    /** What the path's register holds. */
    static Optional<Value> read(Optional<Value> property, Path.Component component) {
        return switch (component) {
            case Path.Whole whole -> property;
            case Path.Index(int index) -> property.isPresent() && property.get() instanceof Value.Array(var items) && index < items.size()
                ? Optional.of(items.get(index)) : Optional.empty();
            case Path.Field(var key) -> property.isPresent() && property.get() instanceof Value.Struct(var fields)
                ? Optional.ofNullable(fields.get(key)) : Optional.empty();
        };
    }

    /** Whether the property has the shape that writing, or removing, the component needs. */
    static boolean fits(Optional<Value> property, Path.Component component, boolean removing) {
        return switch (component) {
            case Path.Whole whole -> true;
            case Path.Index(int index) -> !removing && property.isPresent()
                && property.get() instanceof Value.Array(var items) && index < items.size();
            case Path.Field key -> property.isPresent() && property.get() instanceof Value.Struct;
        };
    }

    /** The property's value after writing its component or, without a value, removing it. */
    static Optional<Value> replaced(Optional<Value> property, Path.Component component, Optional<Value> value) {
        if (!fits(property, component, value.isEmpty())) {
            return Optional.empty();
        }
        return switch (component) {
            case Path.Whole whole -> value;
            case Path.Index(int index) -> property.map(Value.Array.class::cast).map(array -> {
                var items = new ArrayList<>(array.items());
                items.set(index, value.get());
                return new Value.Array(items);
            });
            case Path.Field(var key) -> property.map(Value.Struct.class::cast).map(struct -> {
                var fields = new LinkedHashMap<>(struct.fields());
                value.ifPresentOrElse(present -> fields.put(key, present), () -> fields.remove(key));
                return new Value.Struct(fields);
            });
        };
    }

    /** Number plus number, or vector plus vector of the same length; nothing for other kinds or a result that is not finite. */
    static Optional<Value> sum(Value present, Value delta) {
        return Blending.sum(present, delta);
    }

    /** The delta that takes the delta back. */
    static Value negated(Value delta) {
        return switch (delta) {
            case Value.Num(var number) -> new Value.Num(-number);
            case Value.Array(var items) -> new Value.Array(items.stream().map(Components::negated).toList());
            case Value.Null other -> other;
            case Value.Bool other -> other;
            case Value.Text other -> other;
            case Value.Struct other -> other;
        };
    }
}
