package org.chorale.access;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chorale.conflict.ConflictRecord;
import org.chorale.operation.Choice;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;

/**
 * What one user may do to the document: made once of their role's permissions and the grants about them, asked for each change with what
 * the server decided that it does. Judged is the document as the change leaves it; what moved needs its right where it came from too.
 *
 * <p>A question costs one look-up for each level of the tree, however many grants there are. Whoever may do everything is asked nothing.
 */
public final class Authorizer {
    private final Set<Action> permissions;
    private final List<Grant> everywhere = new ArrayList<>();
    private final Map<ElementId, List<Grant>> byElement = new HashMap<>();
    private final boolean unlimited;
    private final boolean properties;
    private final boolean editor;

    private Authorizer(Set<Action> permissions, List<Grant> grants) {
        this.permissions = permissions;
        for (Grant grant : grants) {
            grant.element().map(id -> byElement.computeIfAbsent(id, none -> new ArrayList<>())).orElse(everywhere).add(grant);
        }
        everywhere.sort(Grant.MOST_SPECIFIC_FIRST);
        byElement.values().forEach(each -> each.sort(Grant.MOST_SPECIFIC_FIRST));
        unlimited = permissions.containsAll(Action.OF_DOCUMENT) && grants.stream().allMatch(Grant::allowed);
        properties = grants.stream().anyMatch(grant -> grant.property().isPresent());
        editor = permissions.stream().anyMatch(Action.OF_DOCUMENT::contains) || grants.stream().anyMatch(Grant::allowed);
    }

    /**
     * For one user. The owner is bound by no grant.
     *
     * @param permissions what their role may do where no grant says otherwise
     * @param grants      of the session, whomever they are about
     */
    public static Authorizer of(String userId, Role role, Set<Action> permissions, List<Grant> grants) {
        return new Authorizer(permissions,
            role == Role.OWNER ? List.of() : grants.stream().filter(grant -> grant.concerns(userId, role)).toList());
    }

    /** Where an element stood before it moved. */
    public record Departure(ElementId element, ElementId parent) {}

    /** Whether nothing that is done to a document can be denied: no need to ask for single changes. */
    public boolean isUnlimited() {
        return unlimited;
    }

    /**
     * Why a change may not be made; empty when it may.
     *
     * @param effective  what it does, as decided
     * @param departures where that moved elements from
     */
    public Optional<Denial> authorize(List<Operation> effective, List<Departure> departures, Tree tree) {
        if (unlimited) {
            return Optional.empty();
        }
        if (effective.isEmpty()) {
            // It would take a revision all the same.
            return editor ? Optional.empty() : Optional.of(Denial.of(Action.EDIT));
        }
        return new Question(tree).ask(effective, departures);
    }

    /** Whether somebody may do it to an element as a whole; that it is there is not asked. */
    public boolean may(Action action, ElementId element, Tree tree) {
        return unlimited || new Question(tree).isAllowed(action, element, "");
    }

    /** One change's way through the rules. */
    private final class Question {
        private final Tree tree;
        private final Map<Action, Set<ElementId>> deniedBelow = new EnumMap<>(Action.class);

        Question(Tree tree) {
            this.tree = tree;
        }

        Optional<Denial> ask(List<Operation> effective, List<Departure> departures) {
            for (Operation operation : effective) {
                Denial denial = denied(operation);
                if (denial != null) {
                    return Optional.of(denial);
                }
            }
            for (Departure departure : departures) {
                Denial denial = denied(departure);
                if (denial != null) {
                    return Optional.of(denial);
                }
            }
            return Optional.empty();
        }

        // Null for what is allowed: 900 operations need no 900 objects.

        private Denial denied(Operation operation) {
            return switch (operation) {
                case Operation.Create create -> created(create);
                case Operation.SetProperty(var id, var path, var value, var previous) -> edited(id, path.property());
                case Operation.UnsetProperty(var id, var path, var previous) -> edited(id, path.property());
                case Operation.AddToProperty(var id, var path, var delta) -> edited(id, path.property());
                case Operation.EditText(var id, var name, var edit) -> edited(id, name);
                case Operation.Append(var id, var list, var items) -> edited(id, list);
                case Operation.Retract(var id, var list, var item, var retracted) -> edited(id, list);
                case Operation.SetMember(var id, var set, var member, var on) -> edited(id, set);
                case Operation.Move(var id, var parent, var position) -> whole(Action.MOVE_IN, id);
                case Operation.Delete(var id) -> withAllBelow(Action.DELETE, id);
                case Operation.Restore(var id) -> withAllBelow(Action.DELETE, id);
                case Operation.Resolve(var id, var choice, var value) -> choice == Choice.SUPERSEDED ? null : resolved(tree.conflict(id));
                case Operation.Withhold withheld -> edited(withheld.element(), withheld.path().property());
                case Operation.Returned(var write, var origins) -> denied(write);
                case Operation.Merged(var write, var siblings) -> denied(write);
                case Operation.Rebalance rebalance -> null;             // nobody's edit
            };
        }

        private Denial created(Operation.Create create) {
            ElementId id = create.element();
            Denial denial = whole(Action.CREATE, id);
            if (denial == null && properties) {
                denial = firstDenied(Action.CREATE, id, create.props().keySet());
                denial = denial == null ? firstDenied(Action.CREATE, id, create.texts().keySet()) : denial;
            }
            for (ElementId ref : create.refs()) {
                denial = denial == null ? check(Action.CONSTRAIN, ref, "") : denial;
            }
            return denial;
        }

        private Denial firstDenied(Action action, ElementId element, Set<String> names) {
            for (String name : names) {
                Denial denial = check(action, element, name);
                if (denial != null) {
                    return denial;
                }
            }
            return null;
        }

        private Denial edited(ElementId element, String name) {
            Denial denial = check(Action.EDIT, element, name);
            return denial == null && tree.isConstraint(element) ? check(Action.CONSTRAIN, element, name) : denial;
        }

        private Denial resolved(Optional<ConflictRecord> record) {
            return record.map(each -> check(Action.RESOLVE, each.element(), each.path().property())).orElse(null);
        }

        private Denial whole(Action action, ElementId element) {
            Denial denial = check(action, element, "");
            return denial == null && tree.isConstraint(element) ? check(Action.CONSTRAIN, element, "") : denial;
        }

        /** What hides or leaves takes along all below it: nothing there may be denied. */
        private Denial withAllBelow(Action action, ElementId element) {
            Denial denial = whole(action, element);
            return denial == null && deniedBelow(action).contains(element) ? new Denial(action, element, "", Denial.Reason.NOT_ALLOWED)
                : denial;
        }

        private Denial denied(Departure departure) {
            ElementId id = departure.element();
            boolean allowed = decide(Action.MOVE_OUT, tree.typeOf(id), "", id, departure.parent());
            return allowed && !deniedBelow(Action.MOVE_OUT).contains(id) ? null
                : new Denial(Action.MOVE_OUT, id, "", Denial.Reason.NOT_ALLOWED);
        }

        private Denial check(Action action, ElementId element, String name) {
            return isAllowed(action, element, name) ? null : new Denial(action, element, name, Denial.Reason.NOT_ALLOWED);
        }

        boolean isAllowed(Action action, ElementId element, String name) {
            return decide(action, tree.typeOf(element), name, element, tree.parentOf(element));
        }

        /** The deepest place that a grant speaks about decides, and there the most specific grant; else the role. */
        private boolean decide(Action action, String type, String name, ElementId element, ElementId parent) {
            if (!byElement.isEmpty()) {
                for (ElementId at = element, next = parent; !at.isRoot(); at = next, next = at.isRoot() ? at : tree.parentOf(at)) {
                    List<Grant> here = byElement.get(at);
                    Grant grant = here == null ? null : first(here, action, type, name);
                    if (grant != null) {
                        return grant.allowed();
                    }
                }
            }
            Grant grant = first(everywhere, action, type, name);
            return grant == null ? permissions.contains(action) : grant.allowed();
        }

        private static Grant first(List<Grant> grants, Action action, String type, String name) {
            for (Grant grant : grants) {
                if (grant.matches(action, type, name)) {
                    return grant;
                }
            }
            return null;
        }

        /** Every element above one that is named in a grant, and to which the action may not be done. */
        private Set<ElementId> deniedBelow(Action action) {
            return deniedBelow.computeIfAbsent(action, asked -> {
                var above = new HashSet<ElementId>();
                for (ElementId element : byElement.keySet()) {
                    if (tree.has(element) && !isAllowed(asked, element, "")) {
                        ElementId at = tree.parentOf(element);
                        while (!at.isRoot() && above.add(at)) {
                            at = tree.parentOf(at);
                        }
                    }
                }
                return above;
            });
        }
    }
}
