package org.chorale.version.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.chorale.version.Version;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about versions. */
final class VersionBodies {
    private VersionBodies() {}

    @Schema(name = "Version", description = "A revision that somebody gave a name, for ever.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VersionBody(
        @Schema(examples = "v42") String versionId,
        @Schema(description = "That the revision is of.", examples = "main") String branch,
        @Schema(examples = "117") long revision,
        @Schema(examples = "Approved by the fire brigade") String name,
        @Schema(examples = "With the second stair.") String description,
        @Schema(description = "Who named it.") AuthorBody author,
        @Schema(description = "When it was named.") Instant createdAt) {

        static VersionBody of(Version version) {
            return new VersionBody(version.id().toString(), version.branch(), version.revision(), version.name(), version.description().orElse(null),
                new AuthorBody(version.authorId(), version.authorName()), version.at());
        }
    }

    @Schema(name = "VersionAuthor")
    record AuthorBody(@Schema(examples = "g-a1b2c3d4e5f60718") String userId,
                      @Schema(description = "What they were called then.", examples = "Ana") String name) {}

    @Schema(name = "VersionPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VersionPage(@Schema(description = "The newest first.") List<VersionBody> versions,
                       @Schema(description = "To be given as cursor for the next page; absent at the end.") String nextCursor) {}
}
