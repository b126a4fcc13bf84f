package org.chorale.platform.web;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A problem as the API's description shows it; {@link ProblemJson} writes it. */
@Schema(name = "Problem", description = "RFC 9457. Each type is described in docs/problems.")
public record ProblemBody(
    @Schema(examples = "urn:chorale:problem:session-not-found") String type,
    @Schema(examples = "There is no such session") String title,
    @Schema(examples = "404") int status,
    @Schema(examples = "session: 7k3q9m2x4r") String detail,
    @Schema(examples = "2", description = "Seconds until it may work: with storage-unavailable and too-many-requests only.")
    Integer retryAfter) {}
