package org.chorale.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads YAML; objects of Kubernetes as strictly as its server does: a field that it does not know is none. */
final class Yaml {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
        "v1/ConfigMap", ConfigMap.class,
        "v1/Service", Service.class,
        "v1/ServiceAccount", ServiceAccount.class,
        "apps/v1/Deployment", Deployment.class,
        "autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
        "networking.k8s.io/v1/Ingress", Ingress.class,
        "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);
    private static final ObjectMapper MAPPER = new ObjectMapper(YAMLFactory.builder().build());
    private static final ObjectMapper STRICT = new ObjectMapper()
        .setAnnotationIntrospector(AnnotationIntrospector.pair(new NothingElse(), new JacksonAnnotationIntrospector()))
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Yaml() {}

    /** The models keep whatever they do not know; these here do not. */
    private static final class NothingElse extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    static JsonNode read(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** Each object of some documents, as its own kind. */
    static List<HasMetadata> objects(String text) throws IOException {
        var objects = new ArrayList<HasMetadata>();
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            for (JsonNode node : MAPPER.readValues(parser, JsonNode.class).readAll()) {
                if (node.isObject()) {
                    objects.add(object(node));
                }
            }
        }
        return objects;
    }

    private static HasMetadata object(JsonNode node) throws JsonProcessingException {
        String kind = node.path("apiVersion").asText() + "/" + node.path("kind").asText();
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("kind: " + kind + " (expected: one of " + KINDS.keySet() + ")");
        }
        return STRICT.treeToValue(node, type);
    }
}
