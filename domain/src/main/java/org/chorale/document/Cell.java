package org.chorale.document;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.operation.Origins;
import org.chorale.operation.Path;
import org.chorale.operation.Sibling;
import org.chorale.value.Value;

/**
 * A property with its last writes. Immutable.
 *
 * @param value      nothing where the property was removed: who removed it is still known
 * @param whole      the last writes of the whole
 * @param components the last writes of components that were written after the whole
 * @param blended    the register that {@code siblings} are about
 * @param siblings   what that register's value is blended of, if it is
 */
public record Cell(Optional<Value> value, LastWrites whole, Map<Path.Component, LastWrites> components, Path.Component blended,
                   List<Sibling> siblings) {
    static final Cell UNWRITTEN = new Cell(Optional.empty(), LastWrites.NONE);

    Cell(Optional<Value> value, LastWrites whole) {
        this(value, whole, Map.of(), Path.Whole.WHOLE, List.of());
    }

    /** The last writes of exactly this register or, for a component that was never written alone, of the whole. */
    public LastWrites lastWrites(Path.Component component) {
        return component == Path.Whole.WHOLE ? whole : components.getOrDefault(component, whole);
    }

    /** The newest write that the register shares content with: for the whole, that of any component. */
    public Stamp newestWrite(Path.Component component) {
        Stamp newest = lastWrites(component).last();
        if (component == Path.Whole.WHOLE && !components.isEmpty()) {
            for (LastWrites each : components.values()) {
                newest = newer(newest, each.last());
            }
        }
        return newest;
    }

    /** The newest write by another client that the register shares content with. */
    Stamp newestWriteNotBy(String clientId, Path.Component component) {
        Stamp newest = lastWrites(component).notBy(clientId);
        if (component == Path.Whole.WHOLE && !components.isEmpty()) {
            for (LastWrites each : components.values()) {
                newest = newer(newest, each.notBy(clientId));
            }
        }
        return newest;
    }

    /** The cell after a write of one register; {@code content} is the whole property's. */
    Cell written(Path.Component component, Optional<Value> content, Stamp by) {
        if (component == Path.Whole.WHOLE) {
            return new Cell(content, new LastWrites(by, newestWriteNotBy(by.clientId(), component)));
        }
        var more = new HashMap<>(components);
        more.put(component, lastWrites(component).then(by));
        return new Cell(content, whole, Map.copyOf(more), Path.Whole.WHOLE, List.of());
    }

    /** The cell with other origins of what was just written there. */
    Cell withOrigins(Path.Component component, Origins origins) {
        var more = new HashMap<Path.Component, LastWrites>();
        if (component != Path.Whole.WHOLE) {
            more.putAll(components);
            more.computeIfPresent(component, (key, writes) -> writes.withOrigin(origins.whole()));
            return new Cell(value, whole, Map.copyOf(more), blended, siblings);
        }
        origins.components().forEach((key, origin) -> more.put(key, whole.withOrigin(origin)));
        return new Cell(value, whole.withOrigin(origins.whole()), Map.copyOf(more), blended, siblings);
    }

    Cell withSiblings(Path.Component register, List<Sibling> values) {
        return new Cell(value, whole, components, register, List.copyOf(values));
    }

    /** The values that a register is blended of; none where it is not. */
    List<Sibling> siblings(Path.Component component) {
        return component.equals(blended) ? siblings : List.of();
    }

    Origins origins(Path.Component component) {
        if (component != Path.Whole.WHOLE || components.isEmpty()) {
            return new Origins(lastWrites(component).last().origin());
        }
        var others = new HashMap<Path.Component, Long>();
        components.forEach((key, writes) -> {
            if (writes.last().origin() != whole.last().origin()) {
                others.put(key, writes.last().origin());
            }
        });
        return new Origins(whole.last().origin(), others);
    }

    private static Stamp newer(Stamp a, Stamp b) {
        return b.revision() > a.revision() ? b : a;
    }
}
