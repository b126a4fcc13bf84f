package org.chorale.version.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.document.Author;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.Document;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ParameterTableTest {
    private static final ElementId HOLDER = new ElementId("parameters");

    private final List<CommittedChange> log = new ArrayList<>();
    private Optional<OrderKey> last = Optional.empty();

    @Test
    @DisplayName("[TIM-5] a row for each change that moves a parameter, with all of their values behind it")
    void given_changes_of_parameters_and_others_then_the_table_has_those_that_moved_one() {
        var props = new LinkedHashMap<String, Value>();
        props.put("mu", Value.of(1));
        props.put("kappa", Value.of(-0.5));
        props.put("definition:mu", Value.of("about mu"));
        commit(create(HOLDER, "parameters", props));
        commit(create(new ElementId("note"), "box", Map.of("mu", Value.of(9))));
        commit(set("mu", Value.of(1.25)));
        commit(set("definition:mu", Value.of("more")));
        commit(set("mu", Value.of(1.25)));
        commit(set("=evil", Value.of("=1+1")));

        var table = new ParameterTable(folded(0), folded(6));
        assertThat(table.names()).containsExactly("=evil", "kappa", "mu");
        var rows = log.stream().map(change -> table.after(change).orElse(List.of())).toList();
        assertThat(rows).containsExactly(row("", "-0.5", "1"), List.of(), row("", "-0.5", "1.25"), List.of(), List.of(),
            List.of(Csv.text("=1+1"), Csv.plain("-0.5"), Csv.plain("1.25")));
    }

    @Test
    void given_a_session_without_parameters_then_there_are_no_columns_and_no_rows() {
        commit(create(new ElementId("note"), "box", Map.of("mu", Value.of(9))));
        var table = new ParameterTable(folded(0), folded(1));
        assertThat(table.names()).isEmpty();
        assertThat(table.after(log.getFirst())).isEmpty();
    }

    @Test
    void given_a_range_behind_the_beginning_then_the_first_row_is_its_first_change() {
        commit(create(HOLDER, "parameters", Map.of("a", Value.of(1), "b", Value.of(2))));
        commit(set("a", Value.of(3)));
        commit(set("b", Value.of(4)));
        var table = new ParameterTable(folded(2), folded(3));
        assertThat(table.after(log.get(2))).contains(row("3", "4"));
    }

    private static List<Csv.Field> row(String... values) {
        return Arrays.stream(values).map(value -> value.isEmpty() ? Csv.Field.EMPTY : Csv.plain(value)).toList();
    }

    private Document folded(int revision) {
        var document = new Document();
        log.subList(0, revision).forEach(document::apply);
        document.keep();
        return document;
    }

    private void commit(Operation operation) {
        long revision = log.size() + 1L;
        log.add(new CommittedChange(revision, new ChangeId("c", revision), CommittedChange.Kind.EDIT, new Author("u", "p"),
            Instant.ofEpochSecond(revision), List.of(operation), List.of()));
    }

    private Operation create(ElementId id, String type, Map<String, Value> props) {
        last = Optional.of(OrderKey.between(last, Optional.empty()));
        return new Operation.Create(id, type, ElementId.ROOT, new Position.At(last.get()), props, Map.of(), List.of());
    }

    private static Operation set(String name, Value value) {
        return new Operation.SetProperty(HOLDER, Path.of(name), value);
    }
}
