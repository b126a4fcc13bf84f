package org.chorale.mergerequest.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How much there may be of merge requests. */
@Dependent
public class MergeRequestConfig {
    /** Open ones of a session. */
    @Inject
    @ConfigProperty(name = "chorale.merge-requests.max-open", defaultValue = "100")
    public int maxOpen;

    /** Comments on one of them. */
    @Inject
    @ConfigProperty(name = "chorale.merge-requests.max-comments", defaultValue = "1000")
    public int maxComments;

    /** Characters of a comment. */
    @Inject
    @ConfigProperty(name = "chorale.merge-requests.comment-length", defaultValue = "4000")
    public int commentLength;
}
