package org.chorale.account.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.chorale.platform.store.InstantConverter;

/** That somebody put somebody else among their contacts. */
@Entity
@IdClass(ContactEntity.Key.class)
@Table(name = "account_contact")
@NamedQuery(name = "contact.ofUser", query = """
    select c, a from ContactEntity c, AccountEntity a
    where c.userId = :user and a.userId = c.contactId and a.erasedAt is null order by lower(a.name), a.userId""")
@NamedQuery(name = "contact.count", query = "select count(c) from ContactEntity c where c.userId = :user")
@NamedQuery(name = "contact.remove", query = "delete from ContactEntity c where c.userId = :user and c.contactId = :contact")
@NamedQuery(name = "contact.removeAll", query = "delete from ContactEntity c where c.userId = :user or c.contactId = :user")
public class ContactEntity {
    @Id
    @Column(name = "user_id")
    private String userId;
    @Id
    @Column(name = "contact_id")
    private String contactId;
    @Column(name = "since_at")
    @Convert(converter = InstantConverter.class)
    private Instant sinceAt;

    protected ContactEntity() {}

    public ContactEntity(String userId, String contactId, Instant sinceAt) {
        this.userId = userId;
        this.contactId = contactId;
        this.sinceAt = sinceAt;
    }

    public Instant since() {
        return sinceAt;
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private String userId;
        private String contactId;

        public Key() {}

        public Key(String userId, String contactId) {
            this.userId = userId;
            this.contactId = contactId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.userId.equals(userId) && key.contactId.equals(contactId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(userId, contactId);
        }
    }
}
