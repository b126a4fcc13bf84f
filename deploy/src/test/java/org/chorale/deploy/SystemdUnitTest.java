package org.chorale.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit, as systemd itself reads it. */
class SystemdUnitTest {
    private static final Path UNIT = Path.of("systemd/chorale.service");
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @Test
    void given_the_unit_when_systemd_looks_at_it_then_it_finds_nothing(@TempDir Path folder) throws IOException, InterruptedException {
        assumeThat(ANALYZE).as("there is no systemd here").isExecutable();
        Path program = Files.createFile(folder.resolve("chorale"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path unit = Files.writeString(folder.resolve("chorale.service"),
            Files.readString(UNIT).replace("/opt/chorale/bin/chorale", program.toString()));

        Process analyze = new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", unit.toString()).redirectErrorStream(true).start();
        String said = new String(analyze.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // It looks at all units of this machine that come with it; only what it says of this one counts.
        assertThat(said.lines().filter(line -> line.contains("chorale.service"))).isEmpty();
        assertThat(analyze.waitFor()).as(said).isZero();
    }

    @Test
    void given_a_stop_or_wrong_settings_then_the_unit_knows_the_exit_codes() throws IOException {
        assertThat(Files.readString(UNIT).lines())
            .contains("SuccessExitStatus=143", "RestartPreventExitStatus=78", "KillSignal=SIGTERM");
    }
}
