package org.chorale.access;

import static org.chorale.problem.ProblemType.FORBIDDEN;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chorale.access.Authorizer.Departure;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;

/** Who may do what in one session, as it was written down at one moment. */
public final class SessionAccess {
    /**
     * What is written down.
     *
     * @param version     grows with each change of anything here
     * @param members     those whose role is written down
     * @param others      what everybody else is who comes; nothing where nobody else may
     * @param frozen      whether nobody below ADMIN edits
     * @param slowMode    time between two chat messages of one user below ADMIN; zero for none
     */
    public record Written(long version, Map<String, Role> members, Optional<Role> others, Permissions permissions, List<Grant> grants,
                          boolean frozen, Duration slowMode, List<Sanction> sanctions) {
        public Written {
            members = Map.copyOf(members);
            grants = List.copyOf(grants);
            sanctions = List.copyOf(sanctions);
        }
    }

    /** A session where nobody said anything: whoever has the link takes part in everything. */
    public static final SessionAccess OPEN = new SessionAccess(new Written(0, Map.of(), Optional.of(Role.COLLABORATOR), Permissions.DEFAULT,
        List.of(), false, Duration.ZERO, List.of()));

    private static final Authorizer NOBODY = Authorizer.of("", Role.VIEWER, Set.of(), List.of());

    private final Written written;
    private final Map<Role, Authorizer> byRole = new EnumMap<>(Role.class);
    private final Map<String, Authorizer> personal = new HashMap<>();

    public SessionAccess(Written written) {
        this.written = written;
        for (Role role : Role.values()) {
            byRole.put(role, Authorizer.of("", role, written.permissions().of(role), written.grants()));
        }
        for (Grant grant : written.grants()) {
            if (grant.subject() instanceof Subject.User(var userId)) {
                writtenRoleOf(userId).ifPresent(role -> personal.computeIfAbsent(userId,
                    id -> Authorizer.of(id, role, written.permissions().of(role), written.grants())));
            }
        }
    }

    public Written written() {
        return written;
    }

    /** Whether it was written later than another. */
    public boolean isNewerThan(SessionAccess other) {
        return written.version() > other.written.version();
    }

    /** Whether only members take part. */
    public boolean isForMembersOnly() {
        return written.others().isEmpty();
    }

    /** What somebody is, or would be; bans are not looked at. */
    public Optional<Role> writtenRoleOf(String userId) {
        return userId.equals(Actor.OWNER_KEY) ? Optional.of(Role.OWNER)
            : Optional.ofNullable(written.members().get(userId)).or(written::others);
    }

    /** What somebody is at this moment; nothing where they take no part. */
    public Optional<Role> roleOf(String userId, Instant now) {
        return isBanned(userId, now) ? Optional.empty() : writtenRoleOf(userId);
    }

    public boolean isBanned(String userId, Instant now) {
        return holds(Sanction.Kind.BAN, userId, now);
    }

    public boolean isAddressBanned(String address, Instant now) {
        return written.sanctions().stream().anyMatch(each -> each.holdsAt(address, now));
    }

    /** Whether somebody may not be here. An address that is banned may be shared: it keeps out nobody who manages the session. */
    public boolean isKeptOut(String userId, String address, Instant now) {
        return isBanned(userId, now) || isAddressBanned(address, now) && !isManager(userId);
    }

    /** When somebody who is kept out may come again; empty where that has no end. */
    public Optional<Instant> keptOutUntil(String userId, String address, Instant now) {
        List<Sanction> holding = written.sanctions().stream()
            .filter(each -> each.holds(Sanction.Kind.BAN, userId, now) || each.holdsAt(address, now) && !isManager(userId)).toList();
        return holding.stream().anyMatch(each -> each.until().isEmpty()) ? Optional.empty()
            : holding.stream().flatMap(each -> each.until().stream()).max(Comparator.naturalOrder());
    }

    /** When the next ban or mute ends by itself. */
    public Optional<Instant> nextEnd(Instant now) {
        return written.sanctions().stream().flatMap(each -> each.until().stream()).filter(end -> end.isAfter(now))
            .min(Comparator.naturalOrder());
    }

    private boolean isManager(String userId) {
        Role role = written.members().get(userId);
        return role == Role.OWNER || role == Role.ADMIN;
    }

    public boolean isMuted(String userId, Instant now) {
        return holds(Sanction.Kind.MUTE, userId, now);
    }

    private boolean holds(Sanction.Kind kind, String userId, Instant now) {
        return !written.sanctions().isEmpty() && written.sanctions().stream().anyMatch(each -> each.holds(kind, userId, now));
    }

    // ---- what one may do

    /** What somebody may do where no grant says otherwise, at this moment. */
    public Set<Action> permissionsOf(String userId, Instant now) {
        Optional<Role> role = roleOf(userId, now);
        if (role.isEmpty()) {
            return Set.of();
        }
        var actions = EnumSet.noneOf(Action.class);
        actions.addAll(written.permissions().of(role.get()));
        if (isFrozenFor(role.get())) {
            actions.removeAll(Action.OF_DOCUMENT);
        }
        if (isMuted(userId, now)) {
            actions.remove(Action.CHAT);
        }
        return Collections.unmodifiableSet(actions);
    }

    /** The grants about somebody. */
    public List<Grant> grantsOf(String userId) {
        Optional<Role> role = writtenRoleOf(userId);
        return role.isEmpty() ? List.of() : written.grants().stream().filter(grant -> grant.concerns(userId, role.get())).toList();
    }

    public boolean may(String userId, Action action, Instant now) {
        return permissionsOf(userId, now).contains(action);
    }

    /** @throws org.chorale.problem.CollaborationException {@code forbidden} */
    public void require(String userId, Action action, Instant now) {
        if (!may(userId, action, now)) {
            throw FORBIDDEN.because(action + " (expected: what one's role allows)");
        }
    }

    /** How long somebody has to wait between two chat messages. */
    public Duration slowModeFor(String userId) {
        return isManager(userId) || userId.equals(Actor.OWNER_KEY) ? Duration.ZERO : written.slowMode();
    }

    /** Whether somebody's changes need no look at what they do, which then need not be found out. */
    public boolean mayEditEverything(String userId, Instant now) {
        Optional<Role> role = roleOf(userId, now);
        return role.isPresent() && !isFrozenFor(role.get()) && authorizerOf(userId, role.get()).isUnlimited();
    }

    /** As {@link Authorizer#authorize}, for somebody as they are now. */
    public Optional<Denial> authorize(String userId, Instant now, List<Operation> effective, List<Departure> departures, Tree tree) {
        Optional<Role> role = roleOf(userId, now);
        if (role.isEmpty()) {
            return Optional.of(Denial.of(Action.EDIT).because(Denial.Reason.NO_MEMBER));
        }
        if (isFrozenFor(role.get())) {
            return Optional.of(NOBODY.authorize(effective, departures, tree).orElse(Denial.of(Action.EDIT)).because(Denial.Reason.FROZEN));
        }
        return authorizerOf(userId, role.get()).authorize(effective, departures, tree);
    }

    /** Why somebody may not lock an element: that needs LOCK and EDIT there. */
    public Optional<Denial> authorizeLock(String userId, Instant now, ElementId element, Tree tree) {
        Optional<Role> role = roleOf(userId, now);
        var denial = new Denial(Action.LOCK, element, "", Denial.Reason.NOT_ALLOWED);
        if (role.isEmpty()) {
            return Optional.of(denial.because(Denial.Reason.NO_MEMBER));
        }
        if (isFrozenFor(role.get())) {
            return Optional.of(denial.because(Denial.Reason.FROZEN));
        }
        Authorizer authorizer = authorizerOf(userId, role.get());
        if (!authorizer.may(Action.LOCK, element, tree)) {
            return Optional.of(denial);
        }
        return authorizer.may(Action.EDIT, element, tree) ? Optional.empty()
            : Optional.of(new Denial(Action.EDIT, element, "", Denial.Reason.NOT_ALLOWED));
    }

    private boolean isFrozenFor(Role role) {
        return written.frozen() && Role.ADMIN.outranks(role);
    }

    private Authorizer authorizerOf(String userId, Role role) {
        Authorizer own = personal.get(userId);
        return own == null ? byRole.get(role) : own;
    }
}
