package org.chorale.metrics.web;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about a session's numbers. */
final class SessionMetricsBodies {
    private SessionMetricsBodies() {}

    @Schema(name = "ConflictNumbers")
    record ConflictNumbers(int open, int resolved, int superseded) {}

    @Schema(name = "SessionMetrics")
    record SessionMetrics(
        @Schema(description = "The newest one.", examples = "1042") long revision,
        @Schema(description = "That people see.", examples = "200") int elements,
        ConflictNumbers conflicts,
        @Schema(description = "That hold now.") int locks,
        @Schema(description = "On this node, now.") int participants,
        @Schema(description = "Stored, of all branches.", examples = "1042") long changes,
        @Schema(description = "The stored changes' JSON, in UTF-16 code units.", examples = "351200") long logCharacters,
        long chatMessages,
        @Schema(description = "Images and models, stored.") long assets,
        @Schema(description = "Of these together.") long assetBytes,
        Instant createdAt) {}
}
