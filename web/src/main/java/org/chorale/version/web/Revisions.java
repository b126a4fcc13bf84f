package org.chorale.version.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.chorale.branch.web.SessionBranches;
import org.chorale.document.Document;
import org.chorale.document.service.History;
import org.chorale.platform.web.Requests;
import org.chorale.session.BranchId;
import org.chorale.version.Version;
import org.chorale.version.VersionId;
import org.chorale.version.service.VersionService;

/** Reads what names a revision in a call: a number, a version's id, a branch, or a branch and a number as {@code name@12}. */
@ApplicationScoped
public class Revisions {
    private static final char AT = '@';

    @EJB
    private VersionService versions;
    @EJB
    private History history;
    @Inject
    private SessionBranches branches;

    /** A revision of a branch. */
    public record Point(BranchId branch, long revision) {}

    /**
     * What a parameter names, the newest revision where it is absent.
     *
     * @param branch that a bare number is of
     * @throws org.chorale.problem.CollaborationException {@code invalid-request}, {@code version-not-found}, {@code branch-not-found}
     */
    public Point read(BranchId branch, String parameter, String text) {
        if (text == null) {
            return newest(branch);
        }
        if (VersionId.looksLike(text)) {
            Version version = versions.find(branch.session(), VersionId.parse(text));
            return new Point(new BranchId(branch.session(), version.branch()), version.revision());
        }
        if (text.isEmpty() || !Character.isLetter(text.codePointAt(0))) {
            return new Point(branch, number(parameter, text));
        }
        int at = text.indexOf(AT);
        BranchId named = branches.of(branch.session(), Optional.of(at < 0 ? text : text.substring(0, at)));
        return at < 0 ? newest(named) : new Point(named, number(parameter, text.substring(at + 1)));
    }

    private Point newest(BranchId branch) {
        return new Point(branch, history.head(branch));
    }

    private static long number(String parameter, String text) {
        return Requests.number(parameter, text, 0, Long.MAX_VALUE, 0);
    }

    /**
     * The document there, for the caller alone.
     *
     * @throws org.chorale.problem.CollaborationException {@code revision-ahead}
     */
    public Document at(Point point) {
        return history.at(point.branch(), point.revision());
    }
}
