package org.chorale.conflict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import org.chorale.value.Value;

/**
 * Makes one value of several. Pure: each function returns nothing where the values do not have the shape that it needs. One level deep
 * only; what stands inside a component or under a key is taken as it is.
 */
public final class Blending {
    private Blending() {}

    /** Both sides' changes of a struct's keys or a vector's components, where no key or component was changed by both. */
    public static Optional<Value> lossless(Optional<Value> base, Optional<Value> ours, Optional<Value> theirs) {
        return base.isEmpty() || ours.isEmpty() || theirs.isEmpty()
            ? Optional.empty() : threeWay(base.get(), ours.get(), theirs.get(), false);
    }

    /**
     * What {@link Strategy#MERGE} writes.
     *
     * @param base     what the writer saw
     * @param ours     the present value
     * @param theirs   the value to be written
     * @param siblings all values written without knowledge of each other, {@code theirs} the last of them
     */
    public static Optional<Value> merged(Blend blend, Optional<Value> base, Value ours, Value theirs, List<Value> siblings) {
        Optional<Value> numbers = switch (blend) {
            case DELTA -> base.flatMap(before -> sum(ours, theirs, before));
            case AVERAGE -> mean(siblings);
            case MIN -> reduced(siblings, Math::min);
            case MAX -> reduced(siblings, Math::max);
        };
        return numbers.or(() -> base.flatMap(before -> threeWay(before, ours, theirs, true)));
    }

    /** The mean of numbers, or of vectors of one length. */
    public static Optional<Value> mean(List<Value> values) {
        return reduced(values, Double::sum).flatMap(sum -> each(sum, sum, (number, same) -> number / values.size()));
    }

    /** Number plus number, or vector plus vector of the same length, finite. */
    public static Optional<Value> sum(Value number, Value addend) {
        return each(number, addend, Double::sum);
    }

    private static Optional<Value> sum(Value ours, Value theirs, Value base) {
        return each(theirs, base, (mine, before) -> mine - before).flatMap(delta -> sum(ours, delta));
    }

    private static Optional<Value> reduced(List<Value> values, DoubleBinaryOperator operator) {
        Optional<Value> result = values.isEmpty() ? Optional.empty() : each(values.getFirst(), values.getFirst(), (number, same) -> number);
        for (Value value : values.subList(Math.min(1, values.size()), values.size())) {
            result = result.flatMap(soFar -> each(soFar, value, operator));
        }
        return result;
    }

    private static Optional<Value> each(Value a, Value b, DoubleBinaryOperator operator) {
        if (a instanceof Value.Num(var left) && b instanceof Value.Num(var right)) {
            double result = operator.applyAsDouble(left, right);
            return Double.isFinite(result) ? Optional.of(new Value.Num(result)) : Optional.empty();
        }
        if (!(a instanceof Value.Array(var lefts) && b instanceof Value.Array(var rights) && lefts.size() == rights.size())) {
            return Optional.empty();
        }
        var results = new ArrayList<Value>(lefts.size());
        for (int i = 0; i < lefts.size(); i++) {
            boolean numbers = lefts.get(i) instanceof Value.Num && rights.get(i) instanceof Value.Num;
            Optional<Value> result = numbers ? each(lefts.get(i), rights.get(i), operator) : Optional.empty();
            if (result.isEmpty()) {
                return Optional.empty();
            }
            results.add(result.get());
        }
        return Optional.of(new Value.Array(results));
    }

    /** @param lossy whether {@code theirs} wins what both sides changed; otherwise that yields nothing */
    private static Optional<Value> threeWay(Value base, Value ours, Value theirs, boolean lossy) {
        if (base instanceof Value.Struct(var before) && ours instanceof Value.Struct(var our) && theirs instanceof Value.Struct(var their)) {
            return threeWay(before, our, their, lossy);
        }
        boolean vectors = base instanceof Value.Array(var before) && ours instanceof Value.Array(var our)
            && theirs instanceof Value.Array(var their) && before.size() == our.size() && our.size() == their.size();
        if (!vectors) {
            return Optional.empty();
        }
        return threeWay(byIndex(base), byIndex(ours), byIndex(theirs), lossy).map(Value.Struct.class::cast)
            .map(struct -> new Value.Array(List.copyOf(struct.fields().values())));
    }

    private static Optional<Value> threeWay(Map<String, Value> base, Map<String, Value> ours, Map<String, Value> theirs, boolean lossy) {
        var result = new LinkedHashMap<String, Value>();
        var keys = new LinkedHashSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        for (String key : keys) {
            Optional<Value> before = Optional.ofNullable(base.get(key));
            Optional<Value> our = Optional.ofNullable(ours.get(key));
            Optional<Value> their = Optional.ofNullable(theirs.get(key));
            if (!lossy && !our.equals(before) && !their.equals(before) && !our.equals(their)) {
                return Optional.empty();
            }
            (their.equals(before) ? our : their).ifPresent(value -> result.put(key, value));
        }
        return Optional.of(new Value.Struct(result));
    }

    private static Map<String, Value> byIndex(Value array) {
        var byIndex = new LinkedHashMap<String, Value>();
        if (array instanceof Value.Array(var items)) {
            for (int i = 0; i < items.size(); i++) {
                byIndex.put(Integer.toString(i), items.get(i));
            }
        }
        return byIndex;
    }
}
