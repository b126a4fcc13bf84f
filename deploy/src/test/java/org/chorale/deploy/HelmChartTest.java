package org.chorale.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart, rendered by Helm itself and read as strictly as a cluster would. */
@EnabledIfSystemProperty(named = "chorale.helm", matches = "true", disabledReason = "there is no Helm for this machine")
class HelmChartTest {
    private static final Path CHART = Path.of("helm/chorale");

    @Test
    void given_the_chart_when_helm_looks_at_it_then_it_finds_nothing() {
        var result = new Helm(CHART).lint().strict().call();
        assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
    }

    @Test
    void given_no_values_then_nodes_run_without_rights_in_a_read_only_file_system_and_are_watched() throws IOException {
        PodSpec pod = only(Deployment.class, render(Map.of())).getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().getFirst();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
            .map(HelmChartTest::path)).containsExactly("/health/started", "/health/live", "/health/ready");
        // What the image declares as volumes is writable here, and what it names as ports is open.
        assertThat(container.getVolumeMounts()).extracting("mountPath").contains("/var/lib/chorale", "/run/chorale", "/tmp");
    }

    @Test
    void given_a_stopping_node_then_it_has_the_time_that_it_needs() throws IOException {
        PodSpec pod = only(Deployment.class, render(Map.of())).getSpec().getTemplate().getSpec();
        List<String> wait = pod.getContainers().getFirst().getLifecycle().getPreStop().getExec().getCommand();

        assertThat(wait.getFirst()).isEqualTo("sleep");
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(Long.parseLong(wait.getLast()) + 45);
        assertThat(only(PodDisruptionBudget.class, render(Map.of())).getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
    }

    @Test
    void given_secrets_then_they_are_mounted_as_files_and_nowhere_else() throws IOException {
        List<HasMetadata> objects = render(Map.of());
        PodSpec pod = only(Deployment.class, objects).getSpec().getTemplate().getSpec();
        ConfigMap settings = only(ConfigMap.class, objects);

        assertThat(pod.getVolumes()).filteredOn(volume -> volume.getSecret() != null).singleElement()
            .satisfies(volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("chorale"));
        assertThat(settings.getData().keySet()).noneMatch(name -> name.contains("PASSWORD") || name.contains("SECRET"));
        assertThat(settings.getData()).containsEntry("VARIABLE_SOURCE_DIRS", "/run/secrets/chorale")
            .containsEntry("CHORALE_CLUSTER_ENABLED", "true").containsEntry("CHORALE_CLUSTER_BUS", "redis");
    }

    @Test
    void given_an_ingress_then_sockets_are_hashed_by_their_path_and_both_ways_are_of_one_host() throws IOException {
        List<HasMetadata> objects = render(Map.of("ingress.enabled", "true", "ingress.host", "edit.example.org"));
        List<Ingress> ways = all(Ingress.class, objects);

        assertThat(ways).extracting(way -> way.getSpec().getRules().getFirst().getHost()).containsOnly("edit.example.org");
        assertThat(ways).extracting(way -> way.getSpec().getTls().getFirst().getSecretName()).containsOnly("chorale-tls");
        assertThat(ways).extracting(way -> way.getSpec().getRules().getFirst().getHttp().getPaths().getFirst().getPath())
            .containsExactlyInAnyOrder("/", "/ws");
        assertThat(ways).filteredOn(way -> way.getMetadata().getAnnotations().containsKey("nginx.ingress.kubernetes.io/upstream-hash-by"))
            .singleElement().satisfies(way -> assertThat(way.getMetadata().getName()).endsWith("-sockets"));
        assertThat(only(ConfigMap.class, objects).getData()).containsEntry("CHORALE_PUBLIC_URL", "https://edit.example.org");
    }

    @Test
    void given_autoscaling_then_the_scaler_alone_says_how_many_nodes_there_are() throws IOException {
        List<HasMetadata> objects = render(Map.of("autoscaling.enabled", "true", "autoscaling.maxReplicas", "9"));

        assertThat(only(Deployment.class, objects).getSpec().getReplicas()).isNull();
        assertThat(only(HorizontalPodAutoscaler.class, objects).getSpec().getMaxReplicas()).isEqualTo(9);
    }

    @Test
    void given_more_settings_then_they_get_the_names_of_environment_variables() throws IOException {
        var settings = only(ConfigMap.class, render(Map.of("settings.chorale\\.presence\\.away-timeout", "PT60S"))).getData();
        assertThat(settings).containsEntry("CHORALE_PRESENCE_AWAY_TIMEOUT", "PT60S");
    }

    @Test
    void given_a_single_node_then_it_has_no_bus() throws IOException {
        var settings = only(ConfigMap.class, render(Map.of("replicaCount", "1", "cluster.bus", "local"))).getData();
        assertThat(settings).containsEntry("CHORALE_CLUSTER_ENABLED", "false").doesNotContainKey("CHORALE_CLUSTER_REDIS_URL");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
            Arguments.of(Map.of("cluster.bus", "local"), "replicaCount"),
            Arguments.of(Map.of("cluster.bus", "kafka"), "bus"),
            Arguments.of(Map.of("cluster.redisUrl", "redis://:secret@redis:6379"), "redisUrl"),
            Arguments.of(Map.of("database.url", "jdbc:hsqldb:mem:x"), "url"),
            Arguments.of(Map.of("replicaCount", "0"), "replicaCount"),
            Arguments.of(Map.of("existingSecret", ""), "existingSecret"),
            Arguments.of(Map.of("image.digest", "sha256:1"), "digest"),
            Arguments.of(Map.of("terminationGracePeriodSeconds", "5"), "terminationGracePeriodSeconds"),
            Arguments.of(Map.of("replicas", "2"), "replicas"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void given_a_wrong_value_then_helm_names_it(Map<String, String> values, String named) {
        assertThatThrownBy(() -> render(values)).hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({"image.tag, 1.2.3, chorale:1.2.3", "image.repository, reg.example.org/chorale, reg.example.org/chorale:0.1.0"})
    void given_an_image_then_nodes_have_it(String name, String value, String image) throws IOException {
        PodSpec pod = only(Deployment.class, render(Map.of(name, value))).getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers().getFirst().getImage()).isEqualTo(image);
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    private static List<HasMetadata> render(Map<String, String> values) throws IOException {
        TemplateCommand command = new Helm(CHART).template().withKubeVersion("1.30.0").withName("chorale");
        values.forEach(command::set);
        return Yaml.objects(command.call());
    }

    private static <T> T only(Class<T> type, List<HasMetadata> objects) {
        assertThat(all(type, objects)).hasSize(1);
        return all(type, objects).getFirst();
    }

    private static <T> List<T> all(Class<T> type, List<HasMetadata> objects) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
