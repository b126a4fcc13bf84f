package org.chorale.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The image's recipe, as far as it can be read: there may be no container engine here. */
class ContainerfileTest {
    private static final Pattern FROM = Pattern.compile("FROM (\\S+)(?: AS (\\w+))?");

    /** One instruction, its continued lines joined. */
    private record Instruction(String name, String rest) {}

    private final List<Instruction> all;

    ContainerfileTest() throws IOException {
        String joined = Files.readString(Path.of("Containerfile")).replaceAll("(?m)^#.*\n", "").replace("\\\n", " ");
        all = joined.lines().filter(line -> !line.isBlank())
            .map(line -> new Instruction(line.split("\\s+", 2)[0], line.split("\\s+", 2)[1].replaceAll("\\s+", " "))).toList();
    }

    @Test
    void given_the_recipe_then_it_has_only_instructions_that_there_are() {
        assertThat(all).extracting(Instruction::name).isSubsetOf("ARG", "FROM", "ADD", "RUN", "LABEL", "COPY", "ENV", "VOLUME", "USER",
            "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD");
        assertThat(all.getFirst().name()).isEqualTo("ARG");
        assertThat(named("FROM")).allMatch(rest -> FROM.matcher("FROM " + rest).matches()).hasSize(2);
    }

    @Test
    void given_the_base_then_it_can_be_pinned_and_is_never_the_latest() {
        assertThat(all.getFirst().rest()).startsWith("BASE=").contains(":").doesNotEndWith("latest");
        assertThat(named("FROM")).allMatch(rest -> rest.startsWith("${BASE}"));
    }

    @Test
    void given_the_image_then_somebody_without_rights_runs_it() {
        assertThat(last()).filteredOn(each -> each.name().equals("USER")).singleElement()
            .satisfies(user -> assertThat(Integer.parseInt(user.rest().split(":")[0])).isGreaterThan(1_000));
        // Nothing is copied or changed after that.
        assertThat(last().stream().dropWhile(each -> !each.name().equals("USER")).map(Instruction::name))
            .doesNotContain("RUN", "COPY", "ADD");
    }

    @Test
    void given_what_is_written_at_run_time_then_it_is_a_volume() {
        String volumes = only("VOLUME");
        assertThat(environment("CHORALE_DATA_DIR")).satisfies(folder -> assertThat(volumes).contains('"' + folder + '"'));
        assertThat(environment("WLP_OUTPUT_DIR")).satisfies(folder -> assertThat(volumes).contains('"' + folder + '"'));
        assertThat(volumes).contains("\"/tmp\"");
    }

    @Test
    void given_what_is_copied_then_the_tarball_has_it() throws IOException {
        String assembly = Files.readString(Path.of("../distribution/assembly.xml"));
        List<String> folders = Pattern.compile("<outputDirectory>([^<]+)</outputDirectory>").matcher(assembly).results()
            .map(found -> found.group(1)).toList();
        List<String> files = Pattern.compile("<include>([A-Z]+)</include>").matcher(assembly).results()
            .map(found -> found.group(1)).toList();
        List<String> copied = named("COPY").stream().flatMap(rest -> sources(rest.replace("--from=unpacked ", ""))).toList();

        assertThat(copied).hasSizeGreaterThan(3).allSatisfy(source -> assertThat(
            Stream.concat(folders.stream(), files.stream()).anyMatch(each -> each.equals(source) || each.startsWith(source + "/")))
            .as(source).isTrue());
    }

    private static Stream<String> sources(String rest) {
        String[] words = rest.split(" ");
        return Arrays.stream(words, 0, words.length - 1).map(source -> source.replaceFirst("^/opt/chorale/", ""));
    }

    @Test
    void given_the_command_then_it_gets_its_signals_itself_and_is_asked_how_it_is() {
        assertThat(only("ENTRYPOINT")).isEqualTo("[\"/opt/chorale/bin/chorale\"]");
        assertThat(only("CMD")).isEqualTo("[\"run\"]");
        assertThat(only("STOPSIGNAL")).isEqualTo("SIGTERM");
        assertThat(only("HEALTHCHECK")).contains("/health/live");
    }

    @Test
    void given_the_recipe_then_there_is_no_secret_in_it() {
        assertThat(all).noneMatch(each -> Pattern.compile("(?i)(password|secret|token|key)\\w*=").matcher(each.rest()).find());
    }

    /** Those of the image itself, not of the stage before it. */
    private List<Instruction> last() {
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            from = all.get(i).name().equals("FROM") ? i : from;
        }
        return all.subList(from, all.size());
    }

    private List<String> named(String name) {
        return all.stream().filter(each -> each.name().equals(name)).map(Instruction::rest).toList();
    }

    private String only(String name) {
        assertThat(named(name)).hasSize(1);
        return named(name).getFirst();
    }

    private String environment(String name) {
        return Arrays.stream(only("ENV").split(" ")).filter(each -> each.startsWith(name + "=")).findFirst().orElseThrow()
            .substring(name.length() + 1);
    }
}
