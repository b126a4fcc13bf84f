package org.chorale.access.service;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chorale.access.Actor;
import org.chorale.access.Member;
import org.chorale.access.MemberRules;
import org.chorale.access.Role;
import org.chorale.access.SessionAccess;
import org.chorale.access.store.SessionMemberEntity;
import org.chorale.session.SessionId;
import org.chorale.session.store.SessionHold;

/** Takes somebody who is gone for good out of all sessions, within the caller's transaction. */
@Stateless
public class DepartureService {
    @PersistenceContext
    private EntityManager entities;
    @EJB
    private AccessRows rows;
    @EJB
    private SessionHold holds;

    /** A session that somebody was taken out of, and who may do what there now. */
    public record Left(SessionId session, SessionAccess access) {}

    /**
     * Takes a user out of the members of every session. Where they were the only OWNER, whom {@link MemberRules#heir} names becomes it;
     * where that is nobody the session is the owner key's. Closed sessions have nobody to tell.
     *
     * @param actor who does it: they themselves, or an administrator
     */
    public List<Left> leaveAll(String actor, String userId) {
        var left = new ArrayList<Left>();
        // In one order, so that two who go at once wait for each other, and not both.
        List<SessionId> sessions = entities.createNamedQuery("member.ofUser", SessionMemberEntity.class).setParameter("user", userId)
            .getResultStream().map(SessionMemberEntity::sessionId).sorted().map(SessionId::new).toList();
        for (SessionId session : sessions) {
            boolean open = holds.hold(session);
            Optional<SessionMemberEntity> row = row(session, userId);
            if (row.isEmpty()) {
                continue;                                   // taken out in the meantime
            }
            leave(session, new Actor(actor, Role.OWNER), row.get());
            if (open) {
                left.add(new Left(session, rows.changed(session)));
            }
        }
        return left;
    }

    private void leave(SessionId session, Actor actor, SessionMemberEntity leaving) {
        Member member = leaving.toMember();
        Optional<Member> heir = MemberRules.heir(rows.members(session), member);
        heir.flatMap(next -> row(session, next.userId())).ifPresent(next -> {
            next.become(Role.OWNER);
            rows.audit(session, actor, "member.transfer", heir.get().userId(), "");
        });
        entities.remove(leaving);
        rows.audit(session, actor, "member.removed", member.userId(), member.role().name());
    }

    private Optional<SessionMemberEntity> row(SessionId session, String userId) {
        return Optional.ofNullable(entities.find(SessionMemberEntity.class, new SessionMemberEntity.Key(session, userId)));
    }
}
