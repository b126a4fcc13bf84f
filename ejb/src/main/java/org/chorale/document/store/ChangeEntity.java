package org.chorale.document.store;

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
import org.chorale.document.ChangeId;
import org.chorale.document.StoredChange;
import org.chorale.platform.store.InstantConverter;

/** A committed change's row; written once, never updated. */
@Entity
@IdClass(ChangeEntity.Key.class)
@Table(name = "committed_change")
@NamedQuery(name = "change.between",
    query = "select c from ChangeEntity c where c.branchId = :branch and c.revision between :first and :last order by c.revision")
@NamedQuery(name = "change.first", query = "select min(c.revision) from ChangeEntity c where c.branchId = :branch")
@NamedQuery(name = "change.extent",
    query = "select count(c), min(c.revision), max(c.revision) from ChangeEntity c where c.branchId = :branch")
@NamedQuery(name = "change.time", query = "select c.committedAt from ChangeEntity c where c.branchId = :branch and c.revision = :revision")
@NamedQuery(name = "change.named", query = "select c from ChangeEntity c where c.branchId = :branch and c.changeId = :id")
@NamedQuery(name = "change.revision", query = "select c.revision from ChangeEntity c where c.branchId = :branch and c.changeId = :id")
@NamedQuery(name = "change.remove",
    query = "delete from ChangeEntity c where c.branchId = :branch and c.revision between :first and :last")
public class ChangeEntity {
    @Id
    @Column(name = "branch_id")
    private long branchId;
    @Id
    private long revision;
    @Column(name = "change_id")
    private String changeId;
    @Column(name = "committed_at")
    @Convert(converter = InstantConverter.class)
    private Instant committedAt;
    private String content;
    private String inverse;

    protected ChangeEntity() {}

    ChangeEntity(long branchId, StoredChange change) {
        this.branchId = branchId;
        this.revision = change.revision();
        this.changeId = change.id().toString();
        this.committedAt = change.at();
        this.content = change.content();
        this.inverse = change.inverse().isEmpty() ? null : change.inverse();
    }

    StoredChange toStoredChange() {
        return new StoredChange(revision, ChangeId.parse(changeId), committedAt, content, inverse == null ? "" : inverse);
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private long branchId;
        private long revision;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.branchId == branchId && key.revision == revision;
        }

        @Override
        public int hashCode() {
            return Objects.hash(branchId, revision);
        }
    }
}
