package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule about the document has a vector that somebody thought out. */
class RuleCoverageTest {
    private static final Pattern CITED = Pattern.compile("\\[([A-Z]{3}-\\d+)]");

    @Test
    void given_the_vectors_written_by_hand_then_each_rule_is_cited() {
        Set<String> cited = Stream.of("decide.json", "conflicts.json", "undo.json", "hostile.json", "canonical.json", "order-keys.json")
            .flatMap(file -> Vectors.cases(file).stream())
            .flatMap(vector -> CITED.matcher(vector.get("name").textValue()).results()).map(rule -> rule.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(cited).containsAll(Stream.of(rules("DOC", 1, 10), rules("OPS", 1, 17), rules("TXT", 8, 10), rules("CNF", 1, 15),
            rules("UND", 1, 8), Stream.of("SUB-2", "SUB-3", "SUB-4", "SUB-5", "SUB-6")).flatMap(each -> each).toList());
    }

    private static Stream<String> rules(String prefix, int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(number -> prefix + "-" + number);
    }
}
