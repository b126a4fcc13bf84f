package org.chorale.branch.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many branches a session may have. */
@Dependent
public class BranchesConfig {
    @Inject
    @ConfigProperty(name = "chorale.branches.max-count", defaultValue = "200")
    public int maxCount;
}
