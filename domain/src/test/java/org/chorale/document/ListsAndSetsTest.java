package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chorale.document.Scene.append;
import static org.chorale.document.Scene.create;
import static org.chorale.document.Scene.delete;
import static org.chorale.document.Scene.member;
import static org.chorale.document.Scene.move;
import static org.chorale.document.Scene.retract;
import static org.chorale.document.Scene.set;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chorale.operation.ConflictId;
import org.chorale.operation.Operation;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Origins;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.chorale.value.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lists, sets, and the order of siblings. */
class ListsAndSetsTest {
    private final Scene scene = new Scene();

    @BeforeEach
    void a_box() {
        scene.accept(create("a"));
    }

    private List<String> items() {
        return scene.document.element(Scene.id("a")).orElseThrow().list("l").stream()
            .filter(item -> !item.retracted()).map(ItemCell::id).toList();
    }

    @Test
    @DisplayName("[OPS-12] items stand in the order of their commits, whoever appended")
    void given_two_people_who_append_then_commit_order_is_list_order() {
        Scene.Person ana = scene.person("ana");
        Scene.Person ben = scene.person("ben");
        ana.accept(append("a", "l", "a1"));
        ben.accept(append("a", "l", "b1", "b2"));
        ana.accept(append("a", "l", "a2"));
        assertThat(items()).containsExactly("a1", "b1", "b2", "a2");
    }

    @Test
    @DisplayName("[OPS-12] an item's id is used once in a list")
    void given_a_used_item_id_then_it_is_refused() {
        scene.accept(append("a", "l", "i"), retract("a", "l", "i", true));
        scene.refuse(ProblemType.DUPLICATE_ID, append("a", "l", "i"));
        scene.accept(append("a", "other", "i"));
        assertThatThrownBy(() -> append("a", "l", "twice", "twice")).isInstanceOf(CollaborationException.class);
    }

    @Test
    @DisplayName("[OPS-13] a retracted item keeps its place")
    void given_a_retracted_item_then_it_comes_back_where_it_was() {
        scene.accept(append("a", "l", "i1", "i2", "i3"), retract("a", "l", "i2", true));
        assertThat(items()).containsExactly("i1", "i3");
        scene.accept(retract("a", "l", "i2", false));
        assertThat(items()).containsExactly("i1", "i2", "i3");
        assertThat(scene.accept(retract("a", "l", "i2", false)).effective()).isEmpty();
        scene.refuse(ProblemType.UNKNOWN_ELEMENT, retract("a", "l", "nobody", true));
    }

    @Test
    @DisplayName("[OPS-14] members come and go")
    void given_members_then_they_are_on_or_off() {
        scene.accept(member("a", "s", "m", true), member("a", "s", "n", false));
        var members = scene.document.element(Scene.id("a")).orElseThrow().set("s");
        assertThat(members.get("m").on()).isTrue();
        assertThat(members).doesNotContainKey("n");
    }

    @Test
    @DisplayName("[DOC-7] lists, sets and names have limits")
    void given_more_than_allowed_then_limit_exceeded() {
        var small = new Scene(new Limits(100, 100, 2, 100, 100, 10, 2, 2, 1, 16));
        small.accept(create("a"), append("a", "l", "1", "2"), member("a", "s", "m", true));
        small.refuse(ProblemType.LIMIT_EXCEEDED, append("a", "l", "3"));
        small.refuse(ProblemType.LIMIT_EXCEEDED, member("a", "s", "n", true));
        small.refuse(ProblemType.LIMIT_EXCEEDED, set("a", Path.of("x"), Value.of(1)));
    }

    @Test
    @DisplayName("[OPS-17] deleting what others edited, unseen, tells whose edits are hidden")
    void given_unseen_edits_below_then_the_delete_names_them() {
        scene.accept(create("b", "a"));
        Scene.Person ana = scene.person("ana");
        Scene.Person ben = scene.person("ben");
        ana.accept(set("b", Path.of("x"), Value.of(1)));
        Note note = ben.accept(delete("a")).notes().getFirst();
        assertThat(note.code()).isEqualTo(Note.Code.EDIT_DELETED);
        assertThat(note.writes()).containsExactly(new Note.Write(Scene.id("b"), 3, "ana"));
        assertThat(ben.looks().accept(Scene.restore("a"), delete("a")).notes()).isEmpty();
    }

    @Test
    @DisplayName("[OPS-17][OPS-15] one's own later write does not hide another's unseen one")
    void given_an_own_write_after_anothers_then_the_delete_still_names_the_others() {
        Scene.Person ana = scene.person("ana");
        Scene.Person ben = scene.person("ben");
        ben.accept(set("a", Path.of("n"), Value.of(1)));
        ana.accept(set("a", Path.of("m"), Value.of(1)));
        assertThat(ana.accept(delete("a")).notes()).extracting(Note::code).containsExactly(Note.Code.EDIT_DELETED);
        scene.accept(Scene.restore("a"));
        Scene.Person eve = scene.person("eve2").strictly();
        ben.looks().accept(set("a", Path.of("n"), Value.of(2)));
        eve.refused(ProblemType.STRICT_CHANGE, delete("a"));
    }

    @Test
    @DisplayName("[OPS-16] a key that grew too long is shortened, with a few neighbours, in the same order, and nobody's edit is touched")
    void given_inserts_at_one_place_again_and_again_then_keys_stay_short() {
        Scene.Person ana = scene.person("ana");
        ana.accept(create("first", "a"), create("last", "a"));
        IntStream.range(0, 400).forEach(i -> ana.looks().accept(create("n" + i, "a", Scene.after("first"))));
        List<String> children = scene.children("a");
        assertThat(children).hasSize(402).startsWith("first", "n399", "n398").endsWith("n0", "last");
        assertThat(scene.document.children(Scene.id("a"))).allMatch(child -> child.order().value().length() <= 40);
        assertThat(scene.log).anyMatch(change -> change.id().isSystem());
        assertThat(scene.document.element(Scene.id("n0")).orElseThrow().placed().clientId()).isEqualTo("ana");
        var replica = new Document();
        scene.log.forEach(replica::apply);
        assertThat(Scene.text(replica)).isEqualTo(Scene.text(scene.document));
    }

    @Test
    @DisplayName("[OPS-16] keys that are spread stand in order between their bounds")
    void given_bounds_then_spread_keys_are_ascending_and_short() {
        var low = Optional.of(new OrderKey("a0"));
        var high = Optional.of(new OrderKey("a1"));
        for (var bounds : List.of(List.of(low, high), List.of(Optional.<OrderKey>empty(), high), List.of(low, Optional.<OrderKey>empty()))) {
            List<OrderKey> keys = OrderKey.spread(bounds.get(0), bounds.get(1), 100);
            assertThat(keys).hasSize(100).isSorted().doesNotHaveDuplicates().allMatch(key -> key.value().length() <= 5);
            bounds.get(0).ifPresent(bound -> assertThat(keys.getFirst()).isGreaterThan(bound));
            bounds.get(1).ifPresent(bound -> assertThat(keys.getLast()).isLessThan(bound));
        }
    }

    @Test
    @DisplayName("[OPS-9] what only the server may say is refused")
    void given_operations_of_the_servers_then_clients_may_not_send_them() {
        Operation set = set("a", Path.of("x"), Value.of(1));
        List<Operation> decided = Arrays.asList(
            new Operation.Returned(set, new Origins(1)),
            new Operation.Merged((Operation.SetProperty) set, List.of()),
            new Operation.Rebalance(Scene.id(""), Map.of()),
            new Operation.Withhold(Scene.id("a"), Path.of("x"), new ConflictId("k"), Optional.empty(), Optional.empty()),
            move("a", "", new Position.At(new OrderKey("a5"))));
        decided.forEach(operation -> scene.refuse(ProblemType.INVALID_OPERATION, operation));
        var system = new Change(ChangeId.system(2), 1, 1, List.of(set));
        assertThat(scene.person("x").frame().decide(system)).isInstanceOf(Decision.Refused.class);
    }
}
