package org.chorale.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The compose file, as far as it can be read. */
class ComposeTest {
    private final String text = Files.readString(Path.of("compose.yaml"));
    private final JsonNode compose = Yaml.read(text);

    ComposeTest() throws IOException {}

    @Test
    void given_the_file_then_there_are_two_nodes_behind_nginx_with_a_database_and_a_bus() {
        assertThat(compose.path("services").fieldNames()).toIterable()
            .containsExactlyInAnyOrder("chorale-1", "chorale-2", "postgres", "redis", "nginx");
        assertThat(compose.at("/services/postgres/image").asText()).endsWith("postgres:18");
        // Only nginx is reached from outside.
        compose.path("services").properties().forEach(service ->
            assertThat(service.getValue().has("ports")).as(service.getKey()).isEqualTo(service.getKey().equals("nginx")));
    }

    @Test
    void given_nginx_s_upstream_then_it_names_the_services() throws IOException {
        String nginx = Files.readString(Path.of("nginx/chorale.conf"));
        List<String> nodes = Pattern.compile("(?m)^ +server (\\S+):9080 ").matcher(nginx).results()
            .map(found -> found.group(1)).toList();
        assertThat(nodes).containsExactly("chorale-1", "chorale-2");
        assertThat(compose.at("/services/nginx/volumes/0").asText()).startsWith("./deploy/nginx/chorale.conf:");
    }

    @Test
    void given_a_node_then_its_files_are_read_only_and_it_has_no_rights() {
        JsonNode node = compose.path("x-node");
        assertThat(node.path("read_only").asBoolean()).isTrue();
        assertThat(node.at("/cap_drop/0").asText()).isEqualTo("ALL");
        assertThat(node.path("tmpfs")).extracting(JsonNode::asText).extracting(each -> each.replaceFirst(":.*", ""))
            .containsExactlyInAnyOrder("/tmp", "/run/chorale", "/var/lib/chorale");
    }

    @Test
    void given_secrets_then_they_are_files_and_all_of_them_are_declared() {
        assertThat(text).doesNotContainPattern("(?i)\\w(PASSWORD|SECRET): *\\S").doesNotContainPattern("://[^/ ]*@");
        compose.path("services").forEach(service -> service.path("secrets")
            .forEach(secret -> assertThat(compose.path("secrets").has(secret.asText())).as(secret.asText()).isTrue()));
    }
}
