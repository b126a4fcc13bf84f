package org.chorale.access.store;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.chorale.access.Action;

/** Sets of actions as a column keeps them: names with commas between. */
final class Actions {
    private Actions() {}

    static String text(Set<Action> actions) {
        return actions.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }

    static Set<Action> parse(String text) {
        var actions = EnumSet.noneOf(Action.class);
        Arrays.stream(text.split(",")).filter(name -> !name.isEmpty()).map(Action::valueOf).forEach(actions::add);
        return actions;
    }
}
