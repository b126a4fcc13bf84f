package org.chorale.operation;

/** Where among its siblings an element goes: clients name a neighbour, the server answers with an order key. */
public sealed interface Position {

    /** Before all siblings, or behind them. */
    enum Edge implements Position { FIRST, LAST }

    /** Right behind a sibling; behind all of them when that sibling is no longer there. */
    record After(ElementId sibling) implements Position {}

    /** At a key that the server assigned: only in effective operations. */
    record At(OrderKey key) implements Position {}
}
