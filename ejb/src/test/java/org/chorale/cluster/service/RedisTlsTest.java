package org.chorale.cluster.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;
import org.chorale.platform.start.StartRefusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Redis over TLS, with a user and a password; where the machine has a Redis. */
@EnabledIf("isThere")
class RedisTlsTest {
    private static final String TRUST = "javax.net.ssl.trustStore";
    private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";
    @TempDir
    private Path folder;
    private Path keys;
    private RedisForTests redis;
    private int port;

    static boolean isThere() {
        return RedisForTests.isInstalled() && Files.isExecutable(Path.of("/usr/bin/openssl"));
    }

    @BeforeEach
    void startRedis() throws IOException, InterruptedException {
        keys = folder.resolve("keys.p12");
        Path pem = folder.resolve("keys.pem");
        run(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1",
            "-dname", "CN=redis", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", "changeit");
        run("/usr/bin/openssl", "pkcs12", "-in", keys.toString(), "-passin", "pass:changeit", "-nodes", "-out", pem.toString());
        port = RedisForTests.freePort();
        redis = RedisForTests.ofTheMachine(folder, "--tls-port", String.valueOf(port), "--tls-cert-file", pem.toString(),
            "--tls-key-file", pem.toString(), "--tls-ca-cert-file", pem.toString(), "--tls-auth-clients", "no",
            "--user", "chorale", "on", ">right", "allkeys", "allchannels", "+@all");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor()).as(List.of(command).getFirst()).isZero();
    }

    @AfterEach
    void stopRedis() throws InterruptedException {
        System.clearProperty(TRUST);
        System.clearProperty(TRUST_PASSWORD);
        redis.close();
    }

    private RedisServer server() {
        ClusterConfig config = RedisContract.config("rediss://127.0.0.1:" + port, "standalone");
        config.redisUser = Optional.of("chorale");
        config.redisPassword = Optional.of("right");
        return RedisServer.of(config, Duration.ofSeconds(20));
    }

    @Test
    void given_a_certificate_that_is_trusted_when_nodes_talk_over_tls_then_they_hear_each_other() throws InterruptedException {
        System.setProperty(TRUST, keys.toString());
        System.setProperty(TRUST_PASSWORD, "changeit");
        try (var ada = new RedisBus(new NodeId("ada-1"), "chorale", server(), new CountingProbe());
             var bob = new RedisBus(new NodeId("bob-1"), "chorale", server(), new CountingProbe())) {
            ada.start();
            bob.start();
            var heard = new Heard();
            bob.subscribe(Topic.EVERYBODY, heard);
            heard.awaitConnections(1);

            ada.publish(Topic.EVERYBODY, "whispered");

            assertThat(heard.awaitBodies(1).bodies()).containsExactly("whispered");
        }
    }

    @Test
    void given_a_certificate_that_nobody_trusts_when_a_node_starts_then_it_is_refused() {
        assertThatThrownBy(() -> new RedisCheck(server(), "chorale", Duration.ofMillis(300)).requireOwn("id-1"))
            .isInstanceOf(StartRefusal.class).hasMessageContaining("cannot be reached").hasMessageContaining("rediss://");
    }
}
