package org.chorale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/permissions.md, walked row by row. */
class PermissionsTableTest {
    private static final Path PAGE = Path.of("..", "docs", "permissions.md");
    private static final String USER = "g-ana";
    private static final ElementId ELEMENT = new ElementId("element");
    private static final ElementId PARENT = new ElementId("parent");
    private static final ElementId GRANDPARENT = new ElementId("grandparent");
    private static final Tree TREE = new PlainTree()
        .with(GRANDPARENT, ElementId.ROOT, "group").with(PARENT, GRANDPARENT, "group").with(ELEMENT, PARENT, "box");

    /** One cell of the table of roles. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("cells")
    @DisplayName("[PRM-1] each role may by default what the table says")
    void given_a_role_then_it_may_what_the_table_says(Role role, Action action, boolean allowed) {
        assertThat(Permissions.DEFAULT.of(role).contains(action)).isEqualTo(allowed);
    }

    @Test
    @DisplayName("[PRM-1] the table has every role and every action")
    void given_the_table_then_nothing_is_missing() throws IOException {
        assertThat(rolesInTable()).containsExactly(Role.values());
        assertThat(actionRows().map(row -> row.get(0))).containsExactly(Arrays.stream(Action.values()).map(Enum::name)
            .toArray(String[]::new));
    }

    static Stream<Arguments> cells() throws IOException {
        List<Role> roles = rolesInTable();
        var cells = new ArrayList<Arguments>();
        actionRows().forEach(row -> {
            for (int i = 0; i < roles.size(); i++) {
                assertThat(row.get(i + 1)).isIn("yes", "no");
                cells.add(Arguments.of(roles.get(i), Action.valueOf(row.get(0)), row.get(i + 1).equals("yes")));
            }
        });
        return cells.stream();
    }

    // ---- the order of grants

    /** A kind of grant, as one combination of the order's words. */
    private record Kind(String place, String property, String subject, String effect) {
        Grant about(Action action, Role role) {
            Optional<ElementId> element = switch (place) {
                case "the element" -> Optional.of(ELEMENT);
                case "its parent" -> Optional.of(PARENT);
                case "its grandparent" -> Optional.of(GRANDPARENT);
                case "the document" -> Optional.empty();
                default -> throw new IllegalArgumentException(place);
            };
            Subject whom = subject.equals("user") ? new Subject.User(USER) : new Subject.Everybody(role);
            return new Grant(whom, element, property.equals("none") ? Optional.empty() : Optional.of(PropertyPattern.parse(property)),
                Set.of(action), effect.equals("allow"));
        }

        boolean allows() {
            return effect.equals("allow");
        }

        /** Whether it says something about what is done to an element as a whole. */
        boolean isAboutWholes() {
            return property.equals("none") || property.endsWith(".*");
        }
    }

    @Test
    @DisplayName("[PRM-4] the table of ranks has every kind of grant there is, and each differs from every other")
    void given_the_ranks_then_they_make_all_kinds() throws IOException {
        assertThat(kinds()).hasSize(4 * 5 * 2 * 2).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rolesAndActions")
    @DisplayName("[PRM-4] for each role and action: one grant of each kind decides alone, and of each two the first of the table counts")
    void given_two_grants_when_both_say_something_then_the_first_in_the_table_counts(Role role, Action action) throws IOException {
        List<Kind> kinds = kinds().stream().filter(kind -> action == Action.EDIT || kind.isAboutWholes()).toList();
        for (int i = 0; i < kinds.size(); i++) {
            Grant first = kinds.get(i).about(action, role);
            assertThat(may(role, action, List.of(first))).as("%s", kinds.get(i)).isEqualTo(kinds.get(i).allows());
            for (int j = i + 1; j < kinds.size(); j++) {
                Grant second = kinds.get(j).about(action, role);
                assertThat(may(role, action, List.of(first, second))).as("%s before %s", kinds.get(i), kinds.get(j))
                    .isEqualTo(kinds.get(i).allows());
                assertThat(may(role, action, List.of(second, first))).as("%s behind %s", kinds.get(i), kinds.get(j))
                    .isEqualTo(kinds.get(i).allows());
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rolesAndActions")
    @DisplayName("[PRM-4] a grant about another action, user, role, place or type says nothing")
    void given_grants_about_something_else_then_the_role_decides(Role role, Action action) {
        boolean byRole = Permissions.DEFAULT.of(role).contains(action);
        Action other = action == Action.DELETE ? Action.CREATE : Action.DELETE;
        Subject user = new Subject.User(USER);
        Role otherRole = role == Role.VIEWER ? Role.ADMIN : Role.VIEWER;
        for (boolean allowed : List.of(true, false)) {
            assertThat(may(role, action, List.of(
                new Grant(user, Optional.of(ELEMENT), Optional.empty(), Set.of(other), allowed),
                new Grant(new Subject.User("g-ben"), Optional.of(ELEMENT), Optional.empty(), Set.of(action), allowed),
                new Grant(new Subject.Everybody(otherRole), Optional.of(ELEMENT), Optional.empty(), Set.of(action), allowed),
                new Grant(user, Optional.of(new ElementId("elsewhere")), Optional.empty(), Set.of(action), allowed),
                new Grant(user, Optional.of(ELEMENT), Optional.of(PropertyPattern.parse("sphere.*")), Set.of(action), allowed),
                new Grant(user, Optional.of(ELEMENT), Optional.of(PropertyPattern.parse("box.size")), Set.of(action), allowed))))
                .isEqualTo(byRole);
        }
    }

    static Stream<Arguments> rolesAndActions() {
        return EnumSet.complementOf(EnumSet.of(Role.OWNER)).stream()
            .flatMap(role -> Action.OF_DOCUMENT.stream().map(action -> Arguments.of(role, action)));
    }

    @Test
    @DisplayName("[PRM-4] no grant binds the OWNER")
    void given_denials_of_the_owner_then_they_mean_nothing() {
        List<Grant> denials = List.of(new Grant(new Subject.User(USER), Optional.empty(), Optional.empty(), Action.OF_DOCUMENT, false));
        assertThat(Authorizer.of(USER, Role.OWNER, Permissions.DEFAULT.of(Role.OWNER), denials).isUnlimited()).isTrue();
    }

    /** EDIT is asked with the property color of a box, all else of the element as a whole. */
    private static boolean may(Role role, Action action, List<Grant> grants) {
        Authorizer authorizer = Authorizer.of(USER, role, Permissions.DEFAULT.of(role), grants);
        if (action == Action.EDIT) {
            Operation edit = new Operation.SetProperty(ELEMENT, org.chorale.operation.Path.of("color"), Value.of(1));
            return authorizer.authorize(List.of(edit), List.of(), TREE).isEmpty();
        }
        return authorizer.may(action, ELEMENT, TREE);
    }

    // ---- reading the page

    private static Stream<List<String>> actionRows() throws IOException {
        return rows("| Action |");
    }

    private static List<Role> rolesInTable() throws IOException {
        List<String> header = Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| Action |"))
            .map(PermissionsTableTest::columns)
            .findFirst().orElseThrow();
        return header.subList(1, header.size() - 1).stream().map(Role::valueOf).toList();
    }

    private static List<Kind> kinds() throws IOException {
        Map<Integer, List<String>> words = new TreeMap<>();
        rows("| Rank |").forEach(row -> words.put(Integer.valueOf(row.get(0)), List.of(row.get(2).split("; "))));
        assertThat(words).hasSize(4);
        var kinds = new ArrayList<Kind>();
        for (String place : words.get(1)) {
            for (String property : words.get(2)) {
                for (String subject : words.get(3)) {
                    for (String effect : words.get(4)) {
                        kinds.add(new Kind(place, property, subject, effect));
                    }
                }
            }
        }
        return kinds;
    }

    private static Stream<List<String>> rows(String header) throws IOException {
        return Files.readAllLines(PAGE).stream().dropWhile(line -> !line.startsWith(header)).skip(2).takeWhile(line -> line.startsWith("|"))
            .map(PermissionsTableTest::columns);
    }

    private static List<String> columns(String line) {
        return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
    }
}
