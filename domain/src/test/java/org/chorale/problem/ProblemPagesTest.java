package org.chorale.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("[ERR-1] docs/problems")
class ProblemPagesTest {
    private static final Path PAGES = Path.of("..", "docs", "problems");

    @ParameterizedTest
    @EnumSource
    void each_problem_has_a_page_that_names_its_slug_and_status(ProblemType type) throws IOException {
        assertThat(Files.readAllLines(PAGES.resolve(type.slug() + ".md")))
            .startsWith("# " + type.slug())
            .contains("Status: " + type.status());
    }

    @Test
    void each_page_is_about_a_problem_there_is() throws IOException {
        var slugs = Arrays.stream(ProblemType.values()).map(ProblemType::slug).toList();
        try (var pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", ""))
                .filter(name -> !name.equals("README"))).containsExactlyInAnyOrderElementsOf(slugs);
        }
    }
}
