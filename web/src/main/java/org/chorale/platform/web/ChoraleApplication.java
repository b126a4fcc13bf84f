package org.chorale.platform.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.chorale.session.web.SessionResource;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;

/** The REST API. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(info = @Info(
    title = "Chorale",
    version = "1",
    description = """
        Start, find and close sessions: people editing one structured document together, live. The editing itself goes over the WebSocket \
        `/ws/v1/sessions/{sessionId}` (sub-protocol `chorale.v1`, described in docs/protocol/SPEC.md).

        Every error is an `application/problem+json` object (RFC 9457) with a stable `type`.""",
    license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")))
public class ChoraleApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(SessionResource.class, JsonBodies.class, ProblemMapper.class, BodyLimit.class);
    }
}
