package org.chorale.access.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.chorale.access.Invitation;
import org.chorale.access.Role;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.SessionId;

/** An invitation's row. */
@Entity
@Table(name = "session_invitation")
@NamedQuery(name = "invitation.all",
    query = "select i from InvitationEntity i where i.sessionId = :session order by i.createdAt desc, i.id")
@NamedQuery(name = "invitation.over", query = """
    delete from InvitationEntity i where i.sessionId = :session and (i.expiresAt <= :now or i.used >= i.uses)""")
@NamedQuery(name = "invitation.count", query = "select count(i) from InvitationEntity i where i.sessionId = :session")
@NamedQuery(name = "invitation.remove", query = "delete from InvitationEntity i where i.sessionId = :session and i.id = :id")
@NamedQuery(name = "invitation.found",
    query = "select i from InvitationEntity i where i.sessionId = :session and i.tokenHash = :token")
@NamedQuery(name = "invitation.use", query = """
    update InvitationEntity i set i.used = i.used + 1
    where i.id = :id and i.used < i.uses and i.expiresAt > :now""")
public class InvitationEntity {
    @Id
    private String id;
    @Column(name = "session_id")
    private String sessionId;
    @Column(name = "token_hash")
    private String tokenHash;
    @Column(name = "member_role")
    @Enumerated(EnumType.STRING)
    private Role role;
    @Column(name = "created_at")
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;
    @Column(name = "expires_at")
    @Convert(converter = InstantConverter.class)
    private Instant expiresAt;
    private int uses;
    private int used;

    protected InvitationEntity() {}

    public InvitationEntity(SessionId session, Invitation invitation, String tokenHash) {
        this.id = invitation.id();
        this.sessionId = session.value();
        this.tokenHash = tokenHash;
        this.role = invitation.role();
        this.createdAt = invitation.createdAt();
        this.expiresAt = invitation.expiresAt();
        this.uses = invitation.uses();
        this.used = invitation.used();
    }

    public Invitation toInvitation() {
        return new Invitation(id, role, createdAt, expiresAt, uses, used);
    }
}
