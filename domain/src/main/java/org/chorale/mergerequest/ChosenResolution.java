package org.chorale.mergerequest;

import java.time.Instant;
import org.chorale.merge.Resolution;

/** What somebody chose for one of a merge request's conflicts. */
public record ChosenResolution(Resolution resolution, Contributor by, Instant at) {}
