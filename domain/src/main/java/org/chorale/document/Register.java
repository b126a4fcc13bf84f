package org.chorale.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.chorale.operation.Path;
import org.chorale.value.Value;

/**
 * Reading and writing the part of a property that a path names. Pure: each function returns the property's new value, or nothing where
 * the property does not have the shape that the path needs.
 */
final class Register {
    private Register() {}

    /** The property's value after writing its component. */
    static Optional<Value> written(Optional<Value> property, Path.Component component, Value value) {
        return switch (component) {
            case Path.Whole whole -> Optional.of(value);
            case Path.Index(int index) -> property.filter(Value.Array.class::isInstance).map(Value.Array.class::cast)
                .filter(array -> index < array.items().size())
                .map(array -> {
                    var items = new ArrayList<>(array.items());
                    items.set(index, value);
                    return new Value.Array(items);
                });
            case Path.Field(var key) -> property.filter(Value.Struct.class::isInstance).map(Value.Struct.class::cast)
                .map(struct -> {
                    var fields = new LinkedHashMap<>(struct.fields());
                    fields.put(key, value);
                    return new Value.Struct(fields);
                });
        };
    }

    /** The property's value after removing a key of it; for a struct only. */
    static Optional<Value> without(Optional<Value> property, String key) {
        return property.filter(Value.Struct.class::isInstance).map(Value.Struct.class::cast)
            .map(struct -> {
                var fields = new LinkedHashMap<>(struct.fields());
                fields.remove(key);
                return new Value.Struct(fields);
            });
    }

    /** What the path's register holds. */
    static Optional<Value> read(Optional<Value> property, Path.Component component) {
        return property.flatMap(value -> switch (component) {
            case Path.Whole whole -> Optional.of(value);
            case Path.Index(int index) -> value instanceof Value.Array(var items) && index < items.size()
                ? Optional.of(items.get(index)) : Optional.empty();
            case Path.Field(var key) -> value instanceof Value.Struct(var fields) ? Optional.ofNullable(fields.get(key)) : Optional.empty();
        });
    }

    /** Number plus number, or vector plus vector of the same length; nothing for other kinds or a result that is not finite. */
    static Optional<Value> sum(Value present, Value delta) {
        return switch (delta) {
            case Value.Num(var addend) when present instanceof Value.Num(var number) && Double.isFinite(number + addend) ->
                Optional.of(new Value.Num(number + addend));
            case Value.Array(var addends) when present instanceof Value.Array(var numbers) && numbers.size() == addends.size() -> {
                List<Value> sums = new ArrayList<>(numbers.size());
                for (int i = 0; i < numbers.size(); i++) {
                    Optional<Value> sum = addends.get(i) instanceof Value.Num ? sum(numbers.get(i), addends.get(i)) : Optional.empty();
                    if (sum.isEmpty()) {
                        yield Optional.empty();
                    }
                    sums.add(sum.get());
                }
                yield Optional.of(new Value.Array(sums));
            }
            case Value.Num other -> Optional.empty();
            case Value.Array other -> Optional.empty();
            case Value.Null other -> Optional.empty();
            case Value.Bool other -> Optional.empty();
            case Value.Text other -> Optional.empty();
            case Value.Struct other -> Optional.empty();
        };
    }
}
