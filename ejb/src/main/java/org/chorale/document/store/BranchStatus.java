package org.chorale.document.store;

import org.chorale.branch.BranchRules;
import org.chorale.document.BranchState;

/** How a branch's row is: what was committed and locked, what it takes, and whether it was deleted. */
public record BranchStatus(BranchState state, BranchRules rules, boolean deleted) {}
