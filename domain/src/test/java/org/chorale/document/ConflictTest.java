package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.document.Note.Code.ADD_WINS;
import static org.chorale.document.Note.Code.MERGED;
import static org.chorale.document.Note.Code.OVERWROTE;
import static org.chorale.document.Note.Code.TYPE_MISMATCH;
import static org.chorale.document.Note.Code.WITHHELD;
import static org.chorale.document.Scene.add;
import static org.chorale.document.Scene.create;
import static org.chorale.document.Scene.member;
import static org.chorale.document.Scene.resolve;
import static org.chorale.document.Scene.set;
import static org.chorale.document.Scene.unset;
import static org.chorale.document.Scene.vector;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chorale.conflict.Blend;
import org.chorale.conflict.ConflictRecord;
import org.chorale.conflict.Policies;
import org.chorale.conflict.Policy;
import org.chorale.conflict.Strategy;
import org.chorale.operation.Choice;
import org.chorale.operation.ConflictId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.problem.ProblemType;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two people write one register without knowing of each other. */
class ConflictTest {
    private static final Path N = Path.of("n");
    private static final Path V = Path.of("v");

    /** A scene with a box "a", ana and ben, who both have seen it. */
    private static final class Two {
        final Scene scene;
        final Scene.Person ana;
        final Scene.Person ben;

        Two(Scene scene) {
            this.scene = scene;
            scene.accept(create("a"), set("a", N, Value.of(10)), set("a", V, vector(1, 2, 3)));
            ana = scene.person("ana");
            ben = scene.person("ben");
        }

        static Two with(Strategy strategy) {
            return new Two(Scene.with(strategy));
        }

        static Two blending(Blend blend) {
            return new Two(Scene.with(Policy.DEFAULT.withStrategy(Strategy.MERGE).withBlend(blend)));
        }

        Value n() {
            return scene.prop("a", "n");
        }

        ConflictRecord conflict() {
            return scene.document.conflicts().iterator().next();
        }
    }

    private static Operation n(double value) {
        return set("a", N, Value.of(value));
    }

    private static Operation n(double value, double previous) {
        return new Operation.SetProperty(Scene.id("a"), N, Value.of(value), Optional.of(Value.of(previous)));
    }

    private static Operation setWith(Path path, Value value, Value previous) {
        return new Operation.SetProperty(Scene.id("a"), path, value, Optional.of(previous));
    }

    @Nested
    class Detection {
        @Test
        @DisplayName("[CNF-1] whoever had not seen the last write conflicts with it, even when their base is newer")
        void given_a_rebased_change_then_what_its_author_had_seen_counts_not_its_base() {
            Two two = Two.with(Strategy.REJECT);
            two.ana.accept(n(1));
            Change rebased = two.ben.change(two.scene.document.revision(), n(2));
            assertThat(rebased.seenRevision()).isLessThan(rebased.baseRevision());
            assertThat(two.ben.submit(two.ben.frame(), rebased)).isInstanceOf(Decision.Refused.class);
        }

        @Test
        @DisplayName("[CNF-1] whoever had seen the last write replaces it")
        void given_an_author_who_has_seen_the_write_then_there_is_no_conflict() {
            Two two = Two.with(Strategy.REJECT);
            two.ana.accept(n(1));
            assertThat(two.ben.looks().notesOf(n(2))).isEmpty();
            assertThat(two.n()).isEqualTo(Value.of(2));
        }

        @Test
        @DisplayName("[CNF-1] nobody conflicts with their own client")
        void given_ones_own_unseen_write_then_there_is_no_conflict() {
            Two two = Two.with(Strategy.REJECT);
            two.ana.accept(n(1));
            assertThat(two.ana.notesOf(n(2))).isEmpty();
        }

        @Test
        @DisplayName("[CNF-2] two users' writes within the window conflict though the second had seen the first")
        void given_a_window_then_writes_conflict_until_it_is_over() {
            var scene = new Scene(Limits.DEFAULT, Policies.of(Map.of("box.n",
                Policy.DEFAULT.withStrategy(Strategy.REJECT).withWindow(Duration.ofMillis(500)))));
            Two two = new Two(scene);
            scene.pass(Duration.ofSeconds(1));
            two.ana.looks().accept(n(1));
            scene.pass(Duration.ofMillis(499));
            two.ben.looks().refused(ProblemType.WRITE_REJECTED, n(2));
            scene.pass(Duration.ofMillis(1));
            assertThat(two.ben.notesOf(n(2))).isEmpty();
        }

        @Test
        @DisplayName("[CNF-2] one user's two clients do not conflict by time")
        void given_one_user_with_two_clients_then_the_window_does_not_count() {
            var scene = new Scene(Limits.DEFAULT, Policies.of(Map.of("box.n",
                Policy.DEFAULT.withStrategy(Strategy.REJECT).withWindow(Duration.ofMillis(500)))));
            new Two(scene);
            scene.pass(Duration.ofSeconds(1));
            scene.person("phone", "eve").accept(n(1));
            assertThat(scene.person("desk", "eve").notesOf(n(2))).isEmpty();
        }

        @Test
        @DisplayName("[CNF-3] the whole overlaps each component, a component only itself and the whole")
        void given_writes_of_components_then_only_overlapping_ones_conflict() {
            Two two = Two.with(Strategy.REJECT);
            two.ana.accept(set("a", Path.of("v", 0), Value.of(7)));
            assertThat(two.ben.notesOf(set("a", Path.of("v", 1), Value.of(8)))).isEmpty();
            two.ben.refused(ProblemType.WRITE_REJECTED, set("a", Path.of("v", 0), Value.of(9)));
            two.ben.refused(ProblemType.WRITE_REJECTED, set("a", V, vector(0, 0, 0)));
            Scene.Person eve = two.scene.person("eve");
            eve.accept(set("a", V, vector(4, 4, 4)));
            two.ana.refused(ProblemType.WRITE_REJECTED, set("a", Path.of("v", 2), Value.of(5)));
        }

        @Test
        @DisplayName("[CNF-3] a write of the whole is the last write of each component")
        void given_a_whole_write_over_a_component_then_the_component_conflicts_with_the_whole() {
            Two two = Two.with(Strategy.REJECT);
            two.ana.accept(set("a", Path.of("v", 0), Value.of(7)));
            Scene.Person eve = two.scene.person("eve");
            two.ben.looks().accept(set("a", V, vector(4, 4, 4)));
            eve.refused(ProblemType.WRITE_REJECTED, set("a", Path.of("v", 0), Value.of(5)));
        }

        @Test
        @DisplayName("[CNF-3] an own later component write does not hide a foreign earlier one")
        void given_own_and_foreign_component_writes_then_the_whole_conflicts_with_the_foreign_one() {
            Two two = Two.with(Strategy.REJECT);
            two.ana.accept(set("a", Path.of("v", 0), Value.of(7)));
            two.ben.accept(set("a", Path.of("v", 1), Value.of(8)));
            two.ben.refused(ProblemType.WRITE_REJECTED, set("a", V, vector(0, 0, 0)));
        }

        @Test
        @DisplayName("[CNF-4] equal values do not conflict, and adding never does")
        void given_equal_values_or_adds_then_there_is_no_conflict() {
            Two two = Two.with(Strategy.REJECT);
            two.ana.accept(n(11));
            assertThat(two.ben.notesOf(n(11))).isEmpty();
            assertThat(two.ben.notesOf(add("a", N, Value.of(1)))).isEmpty();
            assertThat(two.ana.notesOf(add("a", N, Value.of(1)))).isEmpty();
            assertThat(two.n()).isEqualTo(Value.of(13));
        }

        @Test
        @DisplayName("[CNF-4] setting what somebody added to, unseen, conflicts")
        void given_an_unseen_add_then_a_set_overwrites_it_with_a_note() {
            Two two = Two.with(Strategy.AUTOMATIC);
            two.ana.accept(add("a", N, Value.of(5)));
            assertThat(two.ben.notesOf(n(1))).containsExactly(OVERWROTE);
        }

        @Test
        @DisplayName("[CNF-5] the change's own strategy counts before the policy, the type's before anybody's")
        void given_policies_for_several_names_then_the_most_special_counts() {
            var scene = new Scene(Limits.DEFAULT, Policies.of(Map.of(
                "*.*", Policy.DEFAULT.withStrategy(Strategy.REJECT),
                "*.n", Policy.DEFAULT.withStrategy(Strategy.MANUAL),
                "box.*", Policy.DEFAULT.withStrategy(Strategy.LAST_WRITE_WINS))));
            Two two = new Two(scene);
            two.ana.accept(n(1));
            assertThat(two.ben.notesOf(n(2))).containsExactly(OVERWROTE);
            two.ana.onConflict(Strategy.REJECT).refused(ProblemType.WRITE_REJECTED, n(3));
        }

        @Test
        @DisplayName("[OPS-15] a strict change meets no unseen write, of whatever value, and has an effect")
        void given_a_strict_change_then_anything_concurrent_refuses_it() {
            Two two = Two.with(Strategy.AUTOMATIC);
            two.ana.accept(add("a", N, Value.of(1)));
            two.ben.strictly().refused(ProblemType.STRICT_CHANGE, add("a", N, Value.of(1)));
            two.ben.looks().accept(add("a", N, Value.of(1)));
            two.ben.refused(ProblemType.STRICT_CHANGE, unset("a", Path.of("nothing")));
            two.ben.refused(ProblemType.STRICT_CHANGE, set("a", Path.of("n", 0), Value.of(1)));
        }
    }

    @Nested
    class Settling {
        @Test
        @DisplayName("[CNF-6] LAST_WRITE_WINS: the later write counts, the note holds what was lost and whose it was")
        void given_last_write_wins_then_the_lost_value_is_told() {
            Two two = Two.with(Strategy.LAST_WRITE_WINS);
            two.ana.accept(n(1));
            Note note = two.ben.accept(n(2)).notes().getFirst();
            assertThat(two.n()).isEqualTo(Value.of(2));
            assertThat(note.code()).isEqualTo(OVERWROTE);
            assertThat(note.lost()).contains(Value.of(1));
            assertThat(note.writes()).containsExactly(new Note.Write(Scene.id("a"), 2, "ana"));
        }

        @Test
        @DisplayName("[CNF-7] AUTOMATIC: different components of a vector, different keys of an object: both are kept")
        void given_disjoint_changes_then_both_are_kept() {
            Two two = Two.with(Strategy.AUTOMATIC);
            two.ana.accept(setWith(V, vector(9, 2, 3), vector(1, 2, 3)));
            assertThat(two.ben.notesOf(setWith(V, vector(1, 2, 8), vector(1, 2, 3)))).containsExactly(MERGED);
            assertThat(two.scene.prop("a", "v")).isEqualTo(vector(9, 2, 8));
            assertThat(two.scene.person("eve").looks().submit(setWith(V, vector(0, 0, 0), vector(9, 2, 8)))).isNotNull();
            assertThat(two.ana.notesOf(setWith(V, vector(5, 2, 3), vector(9, 2, 3)))).containsExactly(OVERWROTE);
        }

        @Test
        @DisplayName("[CNF-7] AUTOMATIC: keys of an object, one removed")
        void given_objects_then_keys_are_merged() {
            Two two = Two.with(Strategy.AUTOMATIC);
            Value before = struct("x", 1, "y", 1);
            two.scene.accept(set("a", Path.of("o"), before));
            two.ana.looks().accept(setWith(Path.of("o"), struct("x", 2, "y", 1), before));
            two.ben.accept(setWith(Path.of("o"), struct("x", 1, "z", 3), before));
            assertThat(two.scene.prop("a", "o")).isEqualTo(struct("x", 2, "z", 3));
        }

        @Test
        @DisplayName("[CNF-7] AUTOMATIC: an atomic property is never taken apart")
        void given_an_atomic_property_then_the_last_write_counts_and_components_are_refused_silently() {
            var scene = new Scene();
            Two two = new Two(scene);
            scene.accept(set("a", Path.of("color"), vector(1, 1, 1)));
            two.ana.looks().accept(setWith(Path.of("color"), vector(0, 1, 1), vector(1, 1, 1)));
            assertThat(two.ben.notesOf(setWith(Path.of("color"), vector(1, 1, 0), vector(1, 1, 1)))).containsExactly(OVERWROTE);
            assertThat(two.ben.looks().notesOf(set("a", Path.of("color", 0), Value.of(1)))).containsExactly(TYPE_MISMATCH);
        }

        @Test
        @DisplayName("[CNF-8] MERGE by delta: both changes of a number count")
        void given_delta_then_both_changes_are_added() {
            Two two = Two.blending(Blend.DELTA);
            two.ana.accept(n(13, 10));
            assertThat(two.ben.notesOf(n(15, 10))).containsExactly(MERGED);
            assertThat(two.n()).isEqualTo(Value.of(18));
            two.ana.accept(n(1));
            assertThat(two.scene.person("eve", "eve").looks().notesOf(n(3))).isEmpty();
        }

        @Test
        @DisplayName("[CNF-8] MERGE without knowing what the author saw: the last write counts")
        void given_delta_without_previous_then_the_last_write_counts() {
            Two two = Two.blending(Blend.DELTA);
            two.ana.accept(n(13));
            assertThat(two.ben.notesOf(n(15))).containsExactly(OVERWROTE);
            assertThat(two.n()).isEqualTo(Value.of(15));
        }

        @Test
        @DisplayName("[CNF-8] MERGE of objects: by key, the later write of one key counts")
        void given_objects_then_keys_are_merged_and_the_last_write_of_a_key_counts() {
            Two two = Two.blending(Blend.DELTA);
            Value before = struct("x", 1, "y", 1);
            two.scene.accept(set("a", Path.of("o"), before));
            two.ana.looks().accept(setWith(Path.of("o"), struct("x", 2, "y", 5), before));
            two.ben.accept(setWith(Path.of("o"), struct("x", 3, "y", 1), before));
            assertThat(two.scene.prop("a", "o")).isEqualTo(struct("x", 3, "y", 5));
        }

        @Test
        @DisplayName("[CNF-1][CNF-8] one's own later write does not hide what one still has not seen")
        void given_a_second_write_without_having_seen_the_others_then_both_count_still() {
            Two two = Two.blending(Blend.DELTA);
            two.ana.accept(n(13, 10));
            two.ben.accept(n(15, 10));
            two.ben.accept(n(17, 15));
            assertThat(two.n()).isEqualTo(Value.of(20));
            Two objects = Two.with(Strategy.AUTOMATIC);
            Value before = struct("x", 1, "y", 1);
            objects.scene.accept(set("a", Path.of("o"), before));
            objects.ana.looks().accept(setWith(Path.of("o"), struct("x", 2, "y", 1), before));
            objects.ben.accept(setWith(Path.of("o"), struct("x", 1, "y", 2), before));
            objects.ben.accept(setWith(Path.of("o"), struct("x", 1, "y", 3), struct("x", 1, "y", 2)));
            assertThat(objects.scene.prop("a", "o")).isEqualTo(struct("x", 2, "y", 3));
        }

        @Test
        @DisplayName("[CNF-6] an overwritten write is told with each change whose author had not seen it, its value only once")
        void given_a_second_write_over_the_same_unseen_one_then_it_names_it_again() {
            Two two = Two.with(Strategy.LAST_WRITE_WINS);
            two.ana.accept(n(1));
            Note first = two.ben.accept(n(2)).notes().getFirst();
            Note second = two.ben.accept(n(3)).notes().getFirst();
            assertThat(first.lost()).contains(Value.of(1));
            assertThat(second.lost()).isEmpty();
            assertThat(second.writes()).isEqualTo(first.writes());
        }

        @Test
        @DisplayName("[CNF-6] an own write of another part does not hide what is overwritten afterwards")
        void given_an_own_component_write_then_overwriting_the_whole_is_told() {
            Two two = Two.with(Strategy.LAST_WRITE_WINS);
            two.ana.accept(set("a", Path.of("v", 0), Value.of(5)));
            assertThat(two.ben.notesOf(set("a", Path.of("v", 1), Value.of(6)))).isEmpty();
            assertThat(two.ben.notesOf(set("a", V, vector(0, 0, 0)))).containsExactly(OVERWROTE);
        }

        @Test
        @DisplayName("[CNF-7] a blend that is just what its author wrote is no blend")
        void given_a_value_that_holds_the_others_part_already_then_nothing_is_told() {
            Two two = Two.with(Strategy.AUTOMATIC);
            two.ana.accept(setWith(V, vector(9, 2, 3), vector(1, 2, 3)));
            assertThat(two.ben.notesOf(setWith(V, vector(9, 2, 8), vector(1, 2, 3)))).isEmpty();
            assertThat(two.scene.prop("a", "v")).isEqualTo(vector(9, 2, 8));
        }

        @Test
        @DisplayName("[CNF-9] the whole over another's component: the value that is there is a sibling")
        void given_components_then_the_whole_is_averaged_with_what_is_there() {
            Two two = Two.blending(Blend.AVERAGE);
            two.ana.accept(set("a", Path.of("v", 0), Value.of(3)));
            two.ben.accept(set("a", Path.of("v", 1), Value.of(4)));
            two.ben.accept(set("a", V, vector(1, 2, 3)));
            assertThat(two.scene.prop("a", "v")).isEqualTo(vector(2, 3, 3));
        }

        @Test
        @DisplayName("[CNF-6] notes hold a bounded amount of lost values")
        void given_large_lost_values_then_only_the_first_are_told() {
            Two two = Two.with(Strategy.LAST_WRITE_WINS);
            Value large = Value.of("x".repeat(40_000));
            two.ana.accept(set("a", Path.of("p"), large), set("a", Path.of("q"), large));
            List<Note> notes = two.ben.accept(set("a", Path.of("p"), Value.of(1)), set("a", Path.of("q"), Value.of(1))).notes();
            assertThat(notes.get(0).lost()).isPresent();
            assertThat(notes.get(1).lost()).isEmpty();
        }

        @Test
        @DisplayName("[CNF-9] the average of three is of all three, not of two averages")
        void given_three_unseen_writes_then_the_mean_is_of_all() {
            Two two = Two.blending(Blend.AVERAGE);
            Scene.Person eve = two.scene.person("eve");
            two.ana.accept(n(1));
            two.ben.accept(n(2));
            eve.accept(n(6));
            assertThat(two.n()).isEqualTo(Value.of(3));
        }

        @Test
        @DisplayName("[CNF-9] who has seen one of the siblings replaces that one")
        void given_a_writer_who_saw_the_first_then_only_unseen_siblings_are_averaged() {
            Two two = Two.blending(Blend.AVERAGE);
            two.ana.accept(n(1));
            Scene.Person eve = two.scene.person("eve").looks();
            two.ben.accept(n(3));
            eve.accept(n(7));
            assertThat(two.n()).isEqualTo(Value.of(5));
        }

        @ParameterizedTest
        @EnumSource(value = Blend.class, names = {"MIN", "MAX"})
        @DisplayName("[CNF-9] the least and the greatest, for each component")
        void given_least_or_greatest_then_each_component_is_it(Blend blend) {
            Two two = Two.blending(blend);
            two.ana.accept(set("a", V, vector(1, 9, 5)));
            two.ben.accept(set("a", V, vector(2, 8, 5)));
            assertThat(two.scene.prop("a", "v")).isEqualTo(blend == Blend.MIN ? vector(1, 8, 5) : vector(2, 9, 5));
        }

        @Test
        @DisplayName("[CNF-11] REJECT refuses the whole change")
        void given_reject_then_nothing_of_the_change_happens() {
            Two two = Two.with(Strategy.REJECT);
            two.ana.accept(n(1));
            two.ben.refused(ProblemType.WRITE_REJECTED, set("a", Path.of("other"), Value.of(1)), n(2));
        }

        @Test
        @DisplayName("[CNF-15] who takes a member out without knowing that it was put in again does not win")
        void given_an_unseen_add_then_the_removal_comes_to_nothing() {
            Two two = Two.with(Strategy.AUTOMATIC);
            two.ana.accept(member("a", "tags", "red", true));
            two.ben.looks();
            Scene.Person eve = two.scene.person("eve");
            eve.accept(member("a", "tags", "red", true));
            assertThat(two.ben.notesOf(member("a", "tags", "red", false))).containsExactly(ADD_WINS);
            assertThat(two.ben.looks().notesOf(member("a", "tags", "red", false))).isEmpty();
            assertThat(two.scene.document.element(Scene.id("a")).orElseThrow().set("tags").get("red").on()).isFalse();
        }

        @Test
        @DisplayName("[CNF-15] with LAST_WRITE_WINS a removal wins")
        void given_last_write_wins_then_an_unseen_add_is_removed() {
            Two two = Two.with(Strategy.LAST_WRITE_WINS);
            two.ana.accept(member("a", "tags", "red", true));
            assertThat(two.ben.accept(member("a", "tags", "red", false)).effective()).hasSize(1);
        }
    }

    @Nested
    class Deciding {
        @Test
        @DisplayName("[CNF-10] MANUAL keeps the earlier value; all that conflicts waits in one record")
        void given_manual_then_later_writes_wait_in_one_record() {
            Two two = manual();
            Scene.Person eve = two.scene.person("eve");
            two.ana.accept(n(1));
            assertThat(two.ben.notesOf(n(2))).containsExactly(WITHHELD);
            eve.submit(eve.frame(), eve.change(1, n(3)));
            assertThat(two.n()).isEqualTo(Value.of(1));
            assertThat(two.scene.document.conflicts()).hasSize(1);
            assertThat(two.conflict().candidates()).extracting(candidate -> candidate.value().orElseThrow())
                .containsExactly(Value.of(2), Value.of(3));
        }

        @Test
        @DisplayName("[CNF-10] a client has one candidate: its newest write")
        void given_a_second_write_of_the_same_client_then_it_takes_the_place_of_the_first() {
            Two two = manual();
            two.ana.accept(n(1));
            two.ben.accept(n(2));
            two.ben.accept(n(4));
            assertThat(two.conflict().candidates()).hasSize(1);
            assertThat(two.conflict().candidates().getFirst().value()).contains(Value.of(4));
        }

        @Test
        @DisplayName("[CNF-10] no more candidates than allowed")
        void given_too_many_candidates_then_the_write_is_refused() {
            Two two = manual();
            List<Scene.Person> crowd = IntStream.range(0, 17).mapToObj(i -> two.scene.person("p" + i)).toList();
            two.ana.accept(n(1));
            crowd.subList(0, 16).forEach(person -> person.accept(n(2)));
            crowd.get(16).refused(ProblemType.LIMIT_EXCEEDED, n(3));
        }

        @Test
        @DisplayName("[CNF-12] who writes after having seen the record ends it")
        void given_a_write_by_somebody_who_has_seen_it_then_the_record_is_superseded() {
            Two two = open();
            two.ana.looks().accept(n(5));
            assertThat(two.n()).isEqualTo(Value.of(5));
            assertThat(two.conflict().status()).isEqualTo(ConflictRecord.Status.SUPERSEDED);
        }

        @Test
        @DisplayName("[CNF-12] who has not seen the record does not end it")
        void given_a_write_by_somebody_who_has_not_seen_it_then_the_record_stays_open() {
            Two two = open();
            two.ana.accept(n(5));
            assertThat(two.conflict().status()).isEqualTo(ConflictRecord.Status.OPEN);
        }

        @Test
        @DisplayName("[CNF-12] adding after having seen the record ends it as well")
        void given_an_add_by_somebody_who_has_seen_it_then_the_record_is_superseded() {
            Two two = open();
            two.ana.looks().accept(add("a", N, Value.of(5)));
            assertThat(two.conflict().status()).isEqualTo(ConflictRecord.Status.SUPERSEDED);
        }

        @Test
        @DisplayName("[CNF-13] what can be chosen")
        void given_an_open_conflict_then_each_choice_has_its_value() {
            assertThat(resolved("ben", Choice.MINE)).isEqualTo(Value.of(2));
            assertThat(resolved("ben", Choice.THEIRS)).isEqualTo(Value.of(1));
            assertThat(resolved("ana", Choice.MINE)).isEqualTo(Value.of(1));
            assertThat(resolved("ana", Choice.THEIRS)).isEqualTo(Value.of(2));
            assertThat(resolved("eve", Choice.AVERAGE)).isEqualTo(Value.of(1.5));
            assertThat(resolved("eve", Choice.LAST_WRITE_WINS)).isEqualTo(Value.of(2));
            assertThat(resolved("eve", Choice.REJECT)).isEqualTo(Value.of(1));
            Two two = open();
            two.scene.person("eve").accept(new Operation.Resolve(two.conflict().id(), Choice.VALUE, Optional.of(Value.of(42))));
            assertThat(two.n()).isEqualTo(Value.of(42));
            assertThat(two.conflict().status()).isEqualTo(ConflictRecord.Status.RESOLVED);
        }

        @Test
        @DisplayName("[CNF-13] MERGE blends the candidates by what their authors saw")
        void given_merge_then_changes_are_added() {
            Two two = manual();
            two.ana.accept(n(13, 10));
            two.ben.accept(n(15, 10));
            two.ana.looks().accept(resolve(two.conflict().id(), Choice.MERGE));
            assertThat(two.n()).isEqualTo(Value.of(18));
        }

        @Test
        @DisplayName("[CNF-13] MINE is for those who take part, AVERAGE for numbers")
        void given_a_choice_that_does_not_suit_then_it_is_refused() {
            Two two = open();
            two.scene.person("eve").refused(ProblemType.INVALID_OPERATION, resolve(two.conflict().id(), Choice.MINE));
            two.scene.person("eve").refused(ProblemType.INVALID_OPERATION, resolve(two.conflict().id(), Choice.SUPERSEDED));
            Two words = manual();
            words.ana.accept(set("a", N, Value.of("one")));
            words.ben.accept(set("a", N, Value.of("two")));
            words.ana.looks().refused(ProblemType.INVALID_OPERATION, resolve(words.conflict().id(), Choice.AVERAGE));
        }

        @Test
        @DisplayName("[CNF-14] the first resolution counts, the second is told")
        void given_a_resolved_conflict_then_it_cannot_be_resolved_again() {
            Two two = open();
            two.ana.looks().accept(resolve(two.conflict().id(), Choice.REJECT));
            two.ben.looks().refused(ProblemType.CONFLICT_ALREADY_RESOLVED, resolve(two.conflict().id(), Choice.MINE));
            two.ben.refused(ProblemType.CONFLICT_NOT_FOUND, resolve(new ConflictId("none"), Choice.MINE));
        }

        @Test
        @DisplayName("[CNF-14] who has not seen the newest value or candidate may not decide")
        void given_a_value_or_candidate_that_was_not_seen_then_the_resolution_is_stale() {
            Two two = open();
            Scene.Person eve = two.scene.person("eve");
            Scene.Person max = two.scene.person("max");
            two.ana.accept(n(5));
            eve.refused(ProblemType.CONFLICT_STALE, resolve(two.conflict().id(), Choice.REJECT));
            eve.looks();
            max.accept(n(6));
            eve.refused(ProblemType.CONFLICT_STALE, resolve(two.conflict().id(), Choice.REJECT));
            eve.looks().accept(resolve(two.conflict().id(), Choice.REJECT));
        }

        private Two manual() {
            return Two.with(Strategy.MANUAL);
        }

        /** Ana wrote 1, ben's 2 waits, and who comes now has seen both. */
        private Two open() {
            Two two = manual();
            two.ana.accept(n(1));
            two.ben.accept(n(2));
            return two;
        }

        private Value resolved(String who, Choice choice) {
            Two two = open();
            two.scene.person(who).accept(resolve(two.conflict().id(), choice));
            return two.n();
        }
    }

    private static Value struct(String first, double one, String second, double two) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put(first, Value.of(one));
        fields.put(second, Value.of(two));
        return new Value.Struct(fields);
    }
}
