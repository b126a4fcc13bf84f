package org.chorale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.chorale.access.Authorizer.Departure;
import org.chorale.conflict.ConflictRecord;
import org.chorale.operation.Choice;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.ListItem;
import org.chorale.operation.Operation;
import org.chorale.operation.Origins;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuthorizerTest {
    private static final String USER = "g-ana";
    private static final List<String> TYPES = List.of("box", "group");
    private static final List<String> NAMES = List.of("color", "size");
    private static final List<String> HALVES = List.of("*", "box", "group");
    private static final ConflictId CONFLICT = ConflictId.of(1, 0);
    private static final ElementId A = new ElementId("a");
    private static final ElementId B = new ElementId("b");
    private static final ElementId BELOW = new ElementId("below");
    private static final PlainTree TREE = new PlainTree().with(A, ElementId.ROOT, "group").with(BELOW, A, "box")
        .with(B, ElementId.ROOT, "box");

    // ---- against a naive reference

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[PRM-4] the authorizer agrees with one that looks at every grant for every question")
    void given_any_tree_grants_and_change_then_both_say_the_same(long seed) {
        var random = new Random(seed);
        var elements = new ArrayList<ElementId>();
        PlainTree tree = tree(random, elements);
        List<Grant> grants = IntStream.range(0, random.nextInt(12)).mapToObj(i -> grant(random, elements)).toList();
        Role role = Role.values()[random.nextInt(Role.values().length)];
        Set<Action> permissions = random.nextBoolean() ? Permissions.DEFAULT.of(role) : some(random);
        List<Operation> operations = IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> operation(random, elements)).toList();
        List<Departure> departures = random.nextInt(3) > 0 ? List.of()
            : List.of(new Departure(any(random, elements), random.nextBoolean() ? ElementId.ROOT : elements.getFirst()));
        boolean allowed = Authorizer.of(USER, role, permissions, grants).authorize(operations, departures, tree).isEmpty();
        var reference = new Reference(role, permissions, grants, tree);
        assertThat(allowed).isEqualTo(role == Role.OWNER && permissions.containsAll(Action.OF_DOCUMENT)
            || operations.stream().allMatch(reference::allows) && departures.stream().allMatch(reference::allows));
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(2, 41), new Random().longs(1_000));
    }

    /** Says it the long way: collect every grant that says something, sort, take the first. */
    private record Reference(Role role, Set<Action> permissions, List<Grant> grants, Tree tree) {

        boolean allows(Operation operation) {
            return switch (operation) {
                case Operation.Create create -> whole(Action.CREATE, create.element())
                    && create.props().keySet().stream().allMatch(name -> may(Action.CREATE, create.element(), name))
                    && create.texts().keySet().stream().allMatch(name -> may(Action.CREATE, create.element(), name))
                    && create.refs().stream().allMatch(ref -> may(Action.CONSTRAIN, ref, ""));
                case Operation.SetProperty set -> edit(set.element(), set.path().property());
                case Operation.UnsetProperty unset -> edit(unset.element(), unset.path().property());
                case Operation.AddToProperty add -> edit(add.element(), add.path().property());
                case Operation.EditText text -> edit(text.element(), text.name());
                case Operation.Append append -> edit(append.element(), append.list());
                case Operation.Retract retract -> edit(retract.element(), retract.list());
                case Operation.SetMember member -> edit(member.element(), member.set());
                case Operation.Move move -> whole(Action.MOVE_IN, move.element());
                case Operation.Delete delete -> whole(Action.DELETE, delete.element()) && noneBelow(Action.DELETE, delete.element());
                case Operation.Restore restore -> whole(Action.DELETE, restore.element()) && noneBelow(Action.DELETE, restore.element());
                case Operation.Resolve resolve -> {
                    ConflictRecord record = tree.conflict(resolve.conflict()).orElseThrow();
                    yield resolve.choice() == Choice.SUPERSEDED || may(Action.RESOLVE, record.element(), record.path().property());
                }
                case Operation.Withhold withhold -> edit(withhold.element(), withhold.path().property());
                case Operation.Returned returned -> allows(returned.write());
                case Operation.Merged merged -> allows(merged.write());
                case Operation.Rebalance rebalance -> true;
            };
        }

        boolean allows(Departure departure) {
            var path = new ArrayList<ElementId>();
            path.add(departure.element());
            for (ElementId at = departure.parent(); !at.isRoot(); at = tree.parentOf(at)) {
                path.add(at);
            }
            return decide(Action.MOVE_OUT, tree.typeOf(departure.element()), "", path) && noneBelow(Action.MOVE_OUT, departure.element());
        }

        private boolean edit(ElementId element, String name) {
            return may(Action.EDIT, element, name) && (!tree.isConstraint(element) || may(Action.CONSTRAIN, element, name));
        }

        private boolean whole(Action action, ElementId element) {
            return may(action, element, "") && (!tree.isConstraint(element) || may(Action.CONSTRAIN, element, ""));
        }

        private boolean noneBelow(Action action, ElementId element) {
            return grants.stream().filter(grant -> concerned(grant) && grant.element().isPresent()).map(grant -> grant.element().get())
                .filter(named -> tree.has(named) && !named.equals(element) && path(named).contains(element))
                    .allMatch(named -> may(action, named, ""));
        }

        private boolean concerned(Grant grant) {
            return role != Role.OWNER && switch (grant.subject()) {
                case Subject.User(var user) -> user.equals(USER);
                case Subject.Everybody(var everybody) -> everybody == role;
            };
        }

        private boolean may(Action action, ElementId element, String name) {
            return decide(action, tree.typeOf(element), name, path(element));
        }

        private boolean decide(Action action, String type, String name, List<ElementId> path) {
            return grants.stream().filter(this::concerned).filter(grant -> grant.actions().contains(action))
                .filter(grant -> grant.element().isEmpty() || path.contains(grant.element().get()))
                .filter(grant -> grant.property().isEmpty() || fits(grant.property().get(), type, name))
                .min(Comparator.comparingInt((Grant grant) -> grant.element().map(path::indexOf).orElse(Integer.MAX_VALUE))
                    .thenComparingInt(grant -> grant.property().map(Reference::vagueness).orElse(4))
                    .thenComparingInt(grant -> grant.subject() instanceof Subject.User ? 0 : 1)
                    .thenComparingInt(grant -> grant.allowed() ? 1 : 0))
                .map(Grant::allowed).orElse(permissions.contains(action));
        }

        private static boolean fits(PropertyPattern pattern, String type, String name) {
            return List.of("*", type).contains(pattern.elementType()) && (pattern.property().equals("*") || pattern.property()
                .equals(name));
        }

        private static int vagueness(PropertyPattern pattern) {
            boolean anyType = pattern.elementType().equals("*");
            boolean anyProperty = pattern.property().equals("*");
            return anyType && anyProperty ? 3 : anyType ? 2 : anyProperty ? 1 : 0;
        }

        private List<ElementId> path(ElementId element) {
            var path = new ArrayList<ElementId>();
            for (ElementId at = element; !at.isRoot(); at = tree.parentOf(at)) {
                path.add(at);
            }
            return path;
        }
    }

    private static PlainTree tree(Random random, List<ElementId> elements) {
        var tree = new PlainTree();
        int size = 2 + random.nextInt(8);
        for (int i = 0; i < size; i++) {
            var id = new ElementId("e" + i);
            ElementId parent = elements.isEmpty() || random.nextInt(4) == 0 ? ElementId.ROOT : any(random, elements);
            if (random.nextInt(6) == 0) {
                tree.withConstraint(id, parent, pick(random, TYPES));
            } else {
                tree.with(id, parent, pick(random, TYPES));
            }
            elements.add(id);
        }
        return tree.with(new ConflictRecord(CONFLICT, any(random, elements), Path.of(pick(random, NAMES)), List.of(), Optional.empty()));
    }

    private static Grant grant(Random random, List<ElementId> elements) {
        Subject subject = random.nextBoolean() ? new Subject.User(random.nextInt(4) == 0 ? "g-ben" : USER)
            : new Subject.Everybody(Role.values()[1 + random.nextInt(3)]);
        Optional<ElementId> element = random.nextInt(4) == 0 ? Optional.empty()
            : Optional.of(random.nextInt(8) == 0 ? new ElementId("unknown") : any(random, elements));
        Optional<PropertyPattern> property = random.nextBoolean() ? Optional.empty()
            : Optional.of(new PropertyPattern(pick(random, HALVES), random.nextInt(3) == 0 ? "*" : pick(random, NAMES)));
        return new Grant(subject, element, property, random.nextInt(3) == 0 ? Action.OF_DOCUMENT : some(random), random.nextBoolean());
    }

    private static Set<Action> some(Random random) {
        var some = EnumSet.of(List.copyOf(Action.OF_DOCUMENT).get(random.nextInt(Action.OF_DOCUMENT.size())));
        Action.OF_DOCUMENT.stream().filter(action -> random.nextInt(3) == 0).forEach(some::add);
        return some;
    }

    private static Operation operation(Random random, List<ElementId> elements) {
        ElementId element = any(random, elements);
        String name = pick(random, NAMES);
        var set = new Operation.SetProperty(element, Path.of(name), Value.of(1));
        return switch (random.nextInt(15)) {
            case 0 -> new Operation.Create(element, "box", ElementId.ROOT, Position.Edge.LAST, random.nextBoolean() ? Map.of()
                : Map.of(name, Value.of(1)),
                random.nextBoolean() ? Map.of() : Map.of(pick(random, NAMES), "text"), random.nextBoolean() ? List.of()
                    : List.of(any(random, elements)));
            case 1 -> set;
            case 2 -> new Operation.UnsetProperty(element, Path.of(name));
            case 3 -> new Operation.AddToProperty(element, Path.of(name), Value.of(1));
            case 4 -> new Operation.EditText(element, name, TextEdit.insert(0, "text"));
            case 5 -> new Operation.Append(element, name, List.of(new ListItem("i", Value.of(1))));
            case 6 -> new Operation.Retract(element, name, "i", true);
            case 7 -> new Operation.SetMember(element, name, "m", true);
            case 8 -> new Operation.Move(element, ElementId.ROOT, Position.Edge.LAST);
            case 9 -> new Operation.Delete(element);
            case 10 -> new Operation.Restore(element);
            case 11 -> new Operation.Resolve(CONFLICT, random.nextBoolean() ? Choice.MINE : Choice.SUPERSEDED, Optional.empty());
            case 12 -> new Operation.Withhold(element, Path.of(name), CONFLICT, Optional.empty(), Optional.empty());
            case 13 -> new Operation.Returned(random.nextBoolean() ? set : new Operation.Delete(element), new Origins(1));
            default -> new Operation.Merged(set, List.of());
        };
    }

    private static ElementId any(Random random, List<ElementId> elements) {
        return pick(random, elements);
    }

    private static <T> T pick(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    // ---- single rules

    @ParameterizedTest
    @EnumSource(names = {"DELETE", "MOVE_OUT"})
    @DisplayName("[PRM-4] what takes along all below it is refused where that is denied below")
    void given_a_denial_below_when_the_whole_is_to_go_then_it_is_refused(Action action) {
        Authorizer authorizer = collaborator(new Grant(new Subject.User(USER), Optional.of(BELOW), Optional.empty(), Set.of(action),
            false));
        assertThat(gone(authorizer, action, A)).contains(new Denial(action, A, "", Denial.Reason.NOT_ALLOWED));
        assertThat(gone(authorizer, action, B)).isEmpty();
        Authorizer exempt = collaborator(new Grant(new Subject.Everybody(Role.COLLABORATOR), Optional.of(BELOW), Optional.empty(),
            Set.of(action), false),
            new Grant(new Subject.User(USER), Optional.of(BELOW), Optional.empty(), Set.of(action), true));
        assertThat(gone(exempt, action, A)).isEmpty();
    }

    private static Optional<Denial> gone(Authorizer authorizer, Action action, ElementId element) {
        return action == Action.DELETE ? authorizer.authorize(List.of(new Operation.Delete(element)), List.of(), TREE)
            : authorizer.authorize(List.of(new Operation.Move(element, ElementId.ROOT, Position.Edge.LAST)),
                List.of(new Departure(element, ElementId.ROOT)), TREE);
    }

    @Test
    @DisplayName("[PRM-4] what moved is judged where it was, too")
    void given_a_denial_where_it_was_when_it_has_moved_then_it_is_refused() {
        Authorizer authorizer = collaborator(new Grant(new Subject.User(USER), Optional.of(A), Optional.empty(), Set.of(Action.MOVE_OUT),
            false));
        var move = new Operation.Move(B, ElementId.ROOT, Position.Edge.LAST);
        assertThat(authorizer.authorize(List.of(move), List.of(new Departure(B, A)), TREE))
            .contains(new Denial(Action.MOVE_OUT, B, "", Denial.Reason.NOT_ALLOWED));
        assertThat(authorizer.authorize(List.of(move), List.of(new Departure(B, ElementId.ROOT)), TREE)).isEmpty();
    }

    @Test
    @DisplayName("[PRM-2] a refusal names action, element and property, and no value")
    void given_a_refusal_then_it_tells_names_and_no_values() {
        Authorizer viewer = Authorizer.of(USER, Role.VIEWER, Permissions.DEFAULT.of(Role.VIEWER), List.of());
        Operation edit = new Operation.SetProperty(BELOW, Path.of("color"), new Value.Text("very secret"));
        assertThat(viewer.authorize(List.of(edit), List.of(), TREE).orElseThrow().problem().detail())
            .contains("EDIT", "\"below\"", "\"color\"").doesNotContain("secret");
    }

    @Test
    @DisplayName("[PRM-3] a change that comes to nothing needs that one may edit at all")
    void given_nothing_effective_then_viewers_are_refused_all_the_same() {
        Authorizer viewer = Authorizer.of(USER, Role.VIEWER, Permissions.DEFAULT.of(Role.VIEWER), List.of());
        Authorizer granted = Authorizer.of(USER, Role.VIEWER, Permissions.DEFAULT.of(Role.VIEWER),
            List.of(new Grant(new Subject.User(USER), Optional.of(A), Optional.empty(), Set.of(Action.EDIT), true)));
        assertThat(viewer.authorize(List.of(), List.of(), TREE)).isPresent();
        assertThat(granted.authorize(List.of(), List.of(), TREE)).isEmpty();
    }

    private static Authorizer collaborator(Grant... grants) {
        return Authorizer.of(USER, Role.COLLABORATOR, Permissions.DEFAULT.of(Role.COLLABORATOR), List.of(grants));
    }

    // ---- what it costs

    @Test
    @DisplayName("[PRM-2] 900 operations under 100 grants take a few milliseconds at most, without grants they take nothing")
    void given_many_grants_and_operations_then_a_question_stays_cheap() {
        var tree = new PlainTree();
        ElementId parent = ElementId.ROOT;
        for (int depth = 0; depth < 8; depth++) {
            var id = new ElementId("level" + depth);
            tree.with(id, parent, "group");
            parent = id;
        }
        var grants = new ArrayList<Grant>();
        var operations = new ArrayList<Operation>();
        for (int i = 0; i < 900; i++) {
            var id = new ElementId("e" + i);
            tree.with(id, parent, "box");
            operations.add(i % 3 == 0 ? new Operation.Delete(id) : new Operation.SetProperty(id, Path.of("p" + i % 7), Value.of(i)));
            if (i < 99) {
                grants.add(new Grant(new Subject.User(USER), Optional.of(id), Optional.of(PropertyPattern.parse("box.p" + i)),
                    Action.OF_DOCUMENT, true));
            }
        }
        grants.add(new Grant(new Subject.User(USER), Optional.of(new ElementId("level0")), Optional.of(PropertyPattern.parse("sphere.*")),
            Action.OF_DOCUMENT, false));
        Authorizer authorizer = collaborator(grants.toArray(Grant[]::new));
        assertThat(authorizer.isUnlimited()).isFalse();
        long best = Long.MAX_VALUE;
        for (int run = 0; run < 400; run++) {
            long start = System.nanoTime();
            Optional<Denial> denial = authorizer.authorize(operations, List.of(), tree);
            best = Math.min(best, System.nanoTime() - start);
            assertThat(denial).isEmpty();
        }
        System.getLogger(AuthorizerTest.class.getName()).log(System.Logger.Level.INFO, "900 operations under 100 grants: " + best / 1_000
            + " µs");
        assertThat(best).isLessThan(5_000_000);
        assertThat(collaborator().isUnlimited()).isTrue();
    }
}
