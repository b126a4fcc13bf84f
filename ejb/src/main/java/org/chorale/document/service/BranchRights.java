package org.chorale.document.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.chorale.access.Action;
import org.chorale.access.Authorizer.Departure;
import org.chorale.access.Denial;
import org.chorale.access.SessionAccess;
import org.chorale.access.Tree;
import org.chorale.branch.BranchRules;
import org.chorale.document.Decision;
import org.chorale.document.Inverse;
import org.chorale.operation.ElementId;
import org.chorale.problem.Problem;

/**
 * What a branch takes, and from whom, as far as this node knows. Whoever hears of a change writes it here, from any thread, so that what
 * waits already is judged by it.
 */
final class BranchRights {
    /** Null until the branch is used. */
    private volatile SessionAccess access;
    private volatile BranchRules rules;

    /** From now on rights are judged by this, unless what is known is newer. */
    synchronized void judgeBy(SessionAccess other) {
        if (access == null || other.isNewerThan(access)) {
            access = other;
        }
    }

    /** From now on the branch takes this. */
    synchronized void obey(BranchRules others) {
        rules = others;
    }

    /** Looks up what nobody told yet. */
    void know(Supplier<SessionAccess> storedAccess, Supplier<BranchRules> storedRules) {
        if (access == null) {
            judgeBy(storedAccess.get());
        }
        if (rules == null) {
            obeyUnlessTold(storedRules.get());
        }
    }

    private synchronized void obeyUnlessTold(BranchRules written) {
        if (rules == null) {
            rules = written;
        }
    }

    SessionAccess access() {
        return access;
    }

    /** Why the branch does not take this from anybody, or not from this user. */
    Optional<Problem> barred(Submission.Request request, String userId, Instant at) {
        BranchRules now = rules;
        boolean isForMergers = !(request instanceof Submission.Edit) && access.may(userId, Action.MERGE, at);
        return isForMergers ? now.forbidMerge() : now.forbidEdit();
    }

    /** What a change does is known only when it is decided: so all that anybody does to a document is judged here. */
    Optional<Problem> forbidden(Decision.Accepted accepted, String userId, Instant at, Tree tree) {
        SessionAccess rights = access;
        if (rights.mayEditEverything(userId, at)) {
            return Optional.empty();
        }
        List<Departure> departures = accepted.inverse().stream().filter(Inverse.OfPlace.class::isInstance)
            .map(Inverse.OfPlace.class::cast)
            .map(place -> new Departure(place.element(), place.parent())).toList();
        return rights.authorize(userId, at, accepted.effective(), departures, tree).map(Denial::problem);
    }

    /** Why this user may not lock the element. */
    Optional<Problem> forbiddenLock(String userId, Instant at, ElementId element, Tree tree) {
        return access.authorizeLock(userId, at, element, tree).map(Denial::problem);
    }
}
