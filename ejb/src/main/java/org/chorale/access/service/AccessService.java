package org.chorale.access.service;

import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.NOT_FOUND;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.chorale.access.AccessSettings;
import org.chorale.access.Action;
import org.chorale.access.Actor;
import org.chorale.access.Grant;
import org.chorale.access.Member;
import org.chorale.access.MemberRules;
import org.chorale.access.Permissions;
import org.chorale.access.Role;
import org.chorale.access.SessionAccess;
import org.chorale.access.store.SessionAccessEntity;
import org.chorale.access.store.SessionGrantEntity;
import org.chorale.access.store.SessionMemberEntity;
import org.chorale.platform.password.PasswordHasher;
import org.chorale.session.NewSession;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.SessionSettings;
import org.chorale.session.Visibility;
import org.chorale.session.service.SessionService;

/** The use cases about a session's settings, members and grants, one transaction each, with their audit entries. */
@Stateless
public class AccessService {
    private static final int MAX_USER_ID = 64;
    private static final String SYSTEM = "system";

    @PersistenceContext
    private EntityManager entities;
    @EJB
    private AccessRows rows;
    @EJB
    private SessionService sessions;
    @Inject
    private AccessConfig config;
    @Inject
    private PasswordHasher hasher;

    /** A session whose settings changed, with who may do what in it now. */
    public record Changed(Session session, SessionAccess access) {}

    /** Starts a session; who is known owns it from then on. */
    public SessionService.Started start(NewSession request, AccessSettings settings, Optional<User> creator) {
        Optional<String> hash = settings.password().filter(password -> !password.isEmpty()).map(this::hash);
        SessionService.Started started = sessions.start(request);
        SessionId id = started.session().id();
        boolean byDefault = creator.isEmpty() && settings.equals(AccessSettings.NONE) && request.visibility() != Visibility.PRIVATE;
        if (!byDefault) {
            creator.ifPresent(who -> entities.persist(
                new SessionMemberEntity(id, new Member(who.userId(), Role.OWNER, who.name(), rows.now()))));
            write(rows.row(id), settings, hash);
            rows.changed(id);
        }
        Actor actor = creator.map(who -> new Actor(who.userId(), Role.OWNER)).orElseGet(Actor::withOwnerKey);
        rows.audit(id, actor, "session.created", "", "visibility " + request.visibility());
        return started;
    }

    /** Changes what is given of an open session's settings. */
    public Changed change(SessionId id, Credentials credentials, SessionSettings settings, AccessSettings access) {
        Actor actor = rows.require(id, credentials, Action.SETTINGS);
        Optional<String> hash = access.password().filter(password -> !password.isEmpty()).map(this::hash);
        rows.hold(id);
        Session changed = sessions.change(id, settings);
        SessionAccessEntity row = rows.row(id);
        access.permissions().ifPresent(wanted -> requireOwnersOwn(actor, row.permissions(), wanted));
        write(row, access, hash);
        rows.audit(id, actor, "session.settings", "", names(settings, access));
        return new Changed(changed, rows.changed(id));
    }

    /** What an ADMIN may do is the OWNER's to say. */
    private static void requireOwnersOwn(Actor actor, Map<Role, Set<Action>> before, Map<Role, Set<Action>> wanted) {
        if (actor.role() != Role.OWNER && !Objects.equals(before.get(Role.ADMIN), wanted.get(Role.ADMIN))) {
            throw FORBIDDEN.because("permissions of ADMIN (expected: as they are; the OWNER changes them)");
        }
    }

    private static void write(SessionAccessEntity row, AccessSettings settings, Optional<String> hash) {
        settings.password().ifPresent(given -> row.passwordHash(hash));
        settings.defaultRole().ifPresent(row::defaultRole);
        settings.permissions().ifPresent(row::permissions);
    }

    private String hash(String password) {
        return hasher.hash(password, config.passwordIterations);
    }

    private static String names(SessionSettings settings, AccessSettings access) {
        var names = new ArrayList<String>();
        settings.name().ifPresent(given -> names.add("name"));
        settings.maxUsers().ifPresent(given -> names.add("maxUsers " + given));
        settings.visibility().ifPresent(given -> names.add("visibility " + given));
        settings.conflictPolicy().ifPresent(given -> names.add("conflictPolicy"));
        access.password().ifPresent(given -> names.add(given.isEmpty() ? "no password" : "password"));
        access.defaultRole().ifPresent(given -> names.add("defaultRole " + given));
        access.permissions().ifPresent(given -> names.add("permissions " + given));
        return String.join(", ", names);
    }

    /** Ends a session for everybody; its document stays in the database. */
    public Session close(SessionId id, Credentials credentials) {
        Actor actor = rows.require(id, credentials, Action.CLOSE);
        Session before = sessions.find(id);
        if (!before.isClosed() || before.archived()) {
            rows.audit(id, actor, "session.closed", "", "");
        }
        return sessions.close(id);
    }

    /** Puts a session away, which is read as before and can be brought back; to one that is closed nothing happens. */
    public void archive(SessionId id, Credentials credentials) {
        archive(id, rows.require(id, credentials, Action.CLOSE), "");
    }

    /** The same for a session that nobody was in for long; tells whether it was open. */
    public boolean archiveIdle(SessionId id) {
        return archive(id, new Actor(SYSTEM, Role.OWNER), "idle");
    }

    private boolean archive(SessionId id, Actor actor, String why) {
        boolean open = sessions.archive(id);
        if (open) {
            rows.audit(id, actor, "session.archived", "", why);
        }
        return open;
    }

    /** Brings an archived session back; to one that is open nothing happens. */
    public Session bringBack(SessionId id, Credentials credentials) {
        Actor actor = rows.require(id, credentials, Action.CLOSE);
        if (sessions.bringBack(id)) {
            rows.audit(id, actor, "session.brought-back", "", "");
        }
        return sessions.find(id);
    }

    /** The session, for those who may change its settings. */
    public Session findManaged(SessionId id, Credentials credentials) {
        rows.require(id, credentials, Action.SETTINGS);
        return sessions.find(id);
    }

    /** @throws org.chorale.problem.CollaborationException {@code forbidden} for those who take no part */
    public void requireMember(SessionId id, Credentials credentials) {
        rows.actor(id, credentials);
    }

    /** The settings that are kept apart from the session's own, for its members to see. */
    public record Settings(Role defaultRole, boolean password, Permissions permissions) {}

    public Settings settings(SessionId id) {
        SessionAccessEntity row = entities.find(SessionAccessEntity.class, id.value());
        return row == null ? new Settings(Role.COLLABORATOR, false, Permissions.DEFAULT)
            : new Settings(row.defaultRole(), row.passwordHash().isPresent(), Permissions.of(row.permissions()));
    }

    // ---- members

    /** Those whose role is written down, for everybody who takes part. */
    public List<Member> members(SessionId session, Credentials credentials) {
        rows.actor(session, credentials);
        return rows.members(session);
    }

    /** @throws org.chorale.problem.CollaborationException {@code not-found} for somebody whose role is not written down */
    public Member member(SessionId session, Credentials credentials, String userId) {
        return members(session, credentials).stream().filter(each -> each.userId().equals(userId)).findFirst().orElseThrow(() -> nobody());
    }

    /**
     * Gives somebody a role.
     *
     * @param name     what they are called, where they are no member yet
     * @param transfer whether the actor, an OWNER, becomes ADMIN by it
     */
    public SessionAccess putMember(SessionId session, Credentials credentials, String userId, Role role, String name, boolean transfer) {
        Actor actor = rows.require(session, credentials, Action.MEMBERS);
        rows.hold(session);
        if (userId.isEmpty() || userId.length() > MAX_USER_ID || userId.equals(Actor.OWNER_KEY)) {
            throw INVALID_REQUEST.because("userId (expected: a user's, 1 to " + MAX_USER_ID + " characters)");
        }
        List<Member> members = rows.members(session);
        Optional<Role> present = rows.load(session).writtenRoleOf(userId);
        MemberRules.requireChange(actor, present, role, owners(members));
        Optional<SessionMemberEntity> row = row(session, userId);
        row.ifPresentOrElse(member -> member.become(role), () -> add(session, members.size(),
            new Member(userId, role, name, rows.now())));
        rows.audit(session, actor, "member.role", userId, present.map(Enum::name).orElse("nobody") + " to " + role);
        if (transfer) {
            handOver(session, actor, role, userId);
        }
        return rows.changed(session);
    }

    private void handOver(SessionId session, Actor actor, Role role, String userId) {
        if (role != Role.OWNER || actor.role() != Role.OWNER || actor.userId().equals(userId)) {
            throw INVALID_REQUEST.because("transfer (expected: with role OWNER, from an OWNER to another member)");
        }
        row(session, actor.userId()).ifPresent(former -> former.become(Role.ADMIN));
        rows.audit(session, actor, "member.transfer", userId, "");
    }

    /** Takes somebody out; they are then what everybody is who comes by the link. Everybody may take themselves out. */
    public SessionAccess removeMember(SessionId session, Credentials credentials, String userId) {
        Actor actor = rows.actor(session, credentials);
        rows.hold(session);
        List<Member> members = rows.members(session);
        Member member = members.stream().filter(each -> each.userId().equals(userId)).findFirst().orElseThrow(() -> nobody());
        if (!actor.userId().equals(userId)) {
            rows.require(session, credentials, Action.MEMBERS);
        }
        MemberRules.requireRemoval(actor, member, owners(members));
        row(session, userId).ifPresent(entities::remove);
        rows.audit(session, actor, "member.removed", userId, member.role().name());
        return rows.changed(session);
    }

    /** Makes somebody a member who showed the right password. */
    public SessionAccess join(SessionId session, User who) {
        rows.hold(session);
        if (row(session, who.userId()).isPresent()) {
            return rows.load(session);
        }
        Role role = rows.row(session).defaultRole();
        add(session, rows.members(session).size(), new Member(who.userId(), role, who.name(), rows.now()));
        rows.audit(session, new Actor(who.userId(), role), "member.joined", who.userId(), "by password");
        return rows.changed(session);
    }

    /** The hash of the password that a session asks for. */
    public Optional<String> passwordHash(SessionId session) {
        return Optional.ofNullable(entities.find(SessionAccessEntity.class, session.value())).flatMap(SessionAccessEntity::passwordHash);
    }

    private Optional<SessionMemberEntity> row(SessionId session, String userId) {
        return Optional.ofNullable(entities.find(SessionMemberEntity.class, new SessionMemberEntity.Key(session, userId)));
    }

    private void add(SessionId session, int present, Member member) {
        if (present >= config.members) {
            throw LIMIT_EXCEEDED.because("members: " + (present + 1) + " (expected: at most " + config.members + ")");
        }
        entities.persist(new SessionMemberEntity(session, member));
    }

    private static long owners(List<Member> members) {
        return members.stream().filter(member -> member.role() == Role.OWNER).count();
    }

    private static RuntimeException nobody() {
        return NOT_FOUND.because("member (expected: one of the session's)");
    }

    // ---- grants

    /** All grants, for those who may change them. */
    public List<Grant> grants(SessionId session, Credentials credentials) {
        rows.require(session, credentials, Action.MEMBERS);
        return rows.grants(session);
    }

    /** Puts grants into the place of those that are there. */
    public SessionAccess putGrants(SessionId session, Credentials credentials, List<Grant> grants) {
        Actor actor = rows.require(session, credentials, Action.MEMBERS);
        if (grants.size() > config.grants) {
            throw LIMIT_EXCEEDED.because("grants: " + grants.size() + " (expected: at most " + config.grants + ")");
        }
        rows.hold(session);
        List<Grant> before = rows.grants(session);
        MemberRules.requireGrants(actor, before, grants, rows.load(session));
        entities.createNamedQuery("grant.removeAll").setParameter("session", session.value()).executeUpdate();
        entities.clear();
        for (int i = 0; i < grants.size(); i++) {
            entities.persist(new SessionGrantEntity(session, i, grants.get(i)));
        }
        rows.audit(session, actor, "grants.changed", "", before.size() + " to " + grants.size() + ": " + grants);
        return rows.changed(session);
    }
}
