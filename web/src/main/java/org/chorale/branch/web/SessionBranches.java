package org.chorale.branch.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.chorale.branch.service.BranchService;
import org.chorale.document.codec.Fields;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionService;
import org.chorale.session.web.SessionIdParam;

/** Finds the branch that a call is about: main where it says nothing. */
@ApplicationScoped
public class SessionBranches {
    @EJB
    private SessionService sessions;
    @EJB
    private BranchService branches;

    /**
     * The branch to read.
     *
     * @param name null for main
     * @throws org.chorale.problem.CollaborationException {@code session-not-found}, {@code branch-not-found}
     */
    public BranchId find(SessionIdParam session, String name) {
        return of(sessions.find(session.value()).id(), Optional.ofNullable(name));
    }

    /**
     * The branch to write to.
     *
     * @param body whose {@code branch} names it
     * @throws org.chorale.problem.CollaborationException {@code session-closed} and as {@link #find}
     */
    public BranchId findOpen(SessionIdParam session, Fields body) {
        return of(sessions.findOpen(session.value()).id(), body.optionalText("branch"));
    }

    /**
     * A session's branch by its name.
     *
     * @throws org.chorale.problem.CollaborationException {@code branch-not-found}
     */
    public BranchId of(SessionId session, Optional<String> name) {
        // Main is there with its session: nobody need look.
        return name.filter(given -> !given.equals(BranchId.MAIN)).map(given -> branches.find(new BranchId(session, given)).id())
            .orElseGet(() -> BranchId.main(session));
    }
}
