package org.chorale.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is set somewhere in a deployment is a property that there is. */
class SettingsTest {
    private static final Pattern VARIABLE = Pattern.compile("\\bCHORALE_[A-Z][A-Z0-9_]*\\b");
    private static final Pattern PROPERTY = Pattern.compile("\\bchorale\\.[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)+\\b");
    private static final Pattern IN_DOCS = Pattern.compile("(?m)^\\| `(chorale\\.[^`]+)` \\|");
    /** Not the server's: which file has the settings; what compose fills in. */
    private static final Set<String> OF_TOOLS = Set.of("CHORALE_CONF", "CHORALE_IMAGE", "CHORALE_PORT");
    /** Names of files and of a host. */
    private static final Pattern NO_PROPERTY = Pattern.compile("chorale\\.(conf|env|env\\.example|service|script|example\\.org)");

    @Test
    void given_the_files_of_a_deployment_then_each_variable_is_a_property() throws IOException {
        Set<String> known = IN_DOCS.matcher(Files.readString(Path.of("../docs/configuration.md"))).results()
            .map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        Set<String> variables = known.stream().map(name -> name.toUpperCase().replaceAll("[^A-Z0-9]", "_")).collect(Collectors.toSet());
        assertThat(known).hasSizeGreaterThan(100);

        for (Path file : files()) {
            String text = Files.readString(file);
            assertThat(found(VARIABLE, text)).as(file.toString()).filteredOn(name -> !OF_TOOLS.contains(name)).isSubsetOf(variables);
            assertThat(found(PROPERTY, text)).as(file.toString())
                .filteredOn(name -> !NO_PROPERTY.matcher(name).matches())
                .isSubsetOf(known);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> deploy = Files.walk(Path.of(".")); Stream<Path> dist = Files.walk(Path.of("../distribution/src"))) {
            List<Path> all = Stream.concat(deploy, dist).filter(Files::isRegularFile)
                .filter(file -> !file.startsWith("./src") && !file.startsWith("./target") && !file.endsWith("pom.xml")).toList();
            assertThat(all).hasSizeGreaterThan(15);
            return all;
        }
    }
}
