package org.chorale.access;

import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.LAST_OWNER;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who may change whose part in a session: the OWNER everybody's, others only that of those who stand below them. */
public final class MemberRules {
    private MemberRules() {}

    /** @throws org.chorale.problem.CollaborationException {@code forbidden} unless the actor stands above the role, or is the OWNER */
    public static void requireAbove(Actor actor, Role role) {
        if (actor.role() != Role.OWNER && !actor.role().outranks(role)) {
            throw FORBIDDEN.because(actor.role() + " on " + role + " (expected: on a role below one's own)");
        }
    }

    /**
     * Whether somebody may be given a role.
     *
     * @param present what they are now; nothing for nobody
     * @param owners  how many owners the session has
     * @throws org.chorale.problem.CollaborationException {@code forbidden}, or {@code last-owner}
     */
    public static void requireChange(Actor actor, Optional<Role> present, Role wanted, long owners) {
        present.ifPresent(role -> requireAbove(actor, role));
        requireAbove(actor, wanted);
        if (wanted != Role.OWNER) {
            requireNotLast(present, owners);
        }
    }

    /**
     * Whether somebody may be taken out; everybody may leave by themselves.
     *
     * @throws org.chorale.problem.CollaborationException {@code forbidden}, or {@code last-owner}
     */
    public static void requireRemoval(Actor actor, Member member, long owners) {
        if (!actor.userId().equals(member.userId())) {
            requireAbove(actor, member.role());
        }
        requireNotLast(Optional.of(member.role()), owners);
    }

    private static void requireNotLast(Optional<Role> present, long owners) {
        if (present.filter(role -> role == Role.OWNER).isPresent() && owners <= 1) {
            throw LAST_OWNER.because("owners: " + owners + " (expected: another one first)");
        }
    }

    /**
     * Whether grants may take the place of others: what differs has to be about those below the actor.
     *
     * @param access by which it is known what a user is
     * @throws org.chorale.problem.CollaborationException {@code forbidden}
     */
    public static void requireGrants(Actor actor, List<Grant> before, List<Grant> after, SessionAccess access) {
        Set<Grant> changed = new HashSet<>(before);
        changed.removeAll(after);
        Set<Grant> added = new HashSet<>(after);
        before.forEach(added::remove);
        changed.addAll(added);
        for (Grant grant : changed) {
            switch (grant.subject()) {
                case Subject.Everybody(var role) -> requireAbove(actor, role);
                case Subject.User(var userId) -> access.writtenRoleOf(userId).ifPresent(role -> requireAbove(actor, role));
            }
        }
    }

    /**
     * Who becomes OWNER when somebody leaves for good: nobody where there is another one. Else the ADMIN who has been a member longest, and
     * without one the COLLABORATOR; never a VIEWER, to whom nobody entrusted anything.
     */
    public static Optional<Member> heir(List<Member> members, Member leaving) {
        List<Member> others = members.stream().filter(each -> !each.userId().equals(leaving.userId())).toList();
        if (leaving.role() != Role.OWNER || others.stream().anyMatch(each -> each.role() == Role.OWNER)) {
            return Optional.empty();
        }
        return Stream.of(Role.ADMIN, Role.COLLABORATOR).flatMap(role -> others.stream().filter(each -> each.role() == role)
            .sorted(Comparator.comparing(Member::since).thenComparing(Member::userId))).findFirst();
    }
}
