package org.chorale.version.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import org.chorale.document.service.History;
import org.chorale.platform.web.Requests;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.version.VersionId;
import org.chorale.version.service.VersionService;

/** Reads what names a revision in a call: a number, or a version's id. */
@RequestScoped
public class Revisions {
    @EJB
    private VersionService versions;
    @EJB
    private History history;

    /** The branch that a call names, main where it names none; whether there is one is found out by reading it. */
    static BranchId branch(SessionId session, String name) {
        return name == null ? BranchId.main(session) : new BranchId(session, name);
    }

    /**
     * The revision that a parameter names, the newest one where it is absent.
     *
     * @throws org.chorale.problem.CollaborationException {@code invalid-request}, {@code version-not-found}
     */
    long read(BranchId branch, String parameter, String text) {
        if (text == null) {
            return history.head(branch);
        }
        return VersionId.looksLike(text) ? versions.find(branch, VersionId.parse(text)).revision()
            : Requests.number(parameter, text, 0, Long.MAX_VALUE, 0);
    }
}
