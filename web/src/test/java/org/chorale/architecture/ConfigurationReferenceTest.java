package org.chorale.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md tells every property, and its true default. */
class ConfigurationReferenceTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern IN_JAVA = Pattern.compile("@ConfigProperty\\(name = \"([^\"]+)\"(?:, defaultValue = \"([^\"]*)\")?\\)");
    private static final Pattern IN_SERVER_XML = Pattern.compile("<variable name=\"([^\"]+)\" defaultValue=\"([^\"]*)\"/>");
    private static final Pattern IN_DOCS = Pattern.compile("(?m)^\\| `([^`]+)` \\| (?:`([^`]*)`)? ?\\|");

    @Test
    void every_property_is_described_with_its_default() throws IOException {
        var code = new TreeMap<String, String>();
        for (String module : List.of("ejb", "web")) {
            try (var sources = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                    collect(IN_JAVA, Files.readString(source), code);
                }
            }
        }
        for (String part : List.of("server.xml", "tls/on.xml")) {
            collect(IN_SERVER_XML, Files.readString(ROOT.resolve("liberty-config/src/main/liberty/config").resolve(part)), code);
        }
        assertThat(code).hasSizeGreaterThan(20);
        assertThat(documented()).isEqualTo(code);
    }

    private static Map<String, String> documented() throws IOException {
        var documented = new TreeMap<String, String>();
        collect(IN_DOCS, Files.readString(ROOT.resolve("docs/configuration.md")), documented);
        return documented;
    }

    private static void collect(Pattern pattern, String text, Map<String, String> properties) {
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            properties.put(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
        }
    }
}
