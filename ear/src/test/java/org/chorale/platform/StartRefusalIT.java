package org.chorale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A packaged server that is configured wrongly: the one thing that needs a process of its own is how that ends. */
@DisabledOnOs(OS.WINDOWS)
class StartRefusalIT {
    private static final int PATIENCE_MINUTES = 3;
    @TempDir
    private Path data;

    @Test
    void given_one_of_several_without_a_bus_when_the_server_starts_then_it_says_one_line_and_ends_with_78() throws IOException, InterruptedException {
        Process server = start(Map.of("CHORALE_CLUSTER_ENABLED", "true", "CHORALE_CLUSTER_REDIS_PASSWORD", "not-to-be-told"));

        String said = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(server.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        List<String> errors = said.lines().filter(line -> line.startsWith("[ERROR")).toList();
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst()).contains("Chorale does not start: chorale.cluster.enabled", "Set chorale.cluster.bus to postgresql or redis");
        assertThat(said).doesNotContain("not-to-be-told");
        assertThat(server.exitValue()).isEqualTo(78);
    }

    private Process start(Map<String, String> settings) throws IOException {
        File output = data.resolve("server").toFile();
        var builder = new ProcessBuilder(Path.of(System.getProperty("liberty.home"), "bin", "server").toString(), "run", "chorale")
            .redirectErrorStream(true);
        builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "CHORALE_HTTP_PORT", "-1", "JVM_ARGS", "-XX:TieredStopAtLevel=1",
            "WLP_USER_DIR", Path.of(System.getProperty("chorale.ear")).resolveSibling("liberty").toString(),
            "WLP_OUTPUT_DIR", output.toString(), "CHORALE_DATA_DIR", data.toString()));
        builder.environment().putAll(settings);
        return builder.start();
    }
}
