package org.chorale.document.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.chorale.session.BranchId;

/** A branch's row: the arbiter between nodes, since whoever advances its head has the next revisions. */
@Entity
@Table(name = "branch")
@NamedQuery(name = "branch.key", query = "select b.id from BranchEntity b where b.sessionId = :session and b.name = :name")
@NamedQuery(name = "branch.head", query = "select b.head from BranchEntity b where b.id = :branch")
@NamedQuery(name = "branch.lines", query = "select b.id, b.sessionId, b.name, b.head from BranchEntity b where b.id > :after order by b.id")
@NamedQuery(name = "branch.advance",
    query = "update BranchEntity b set b.head = b.head + :count where b.id = :branch and b.head = :expected")
public class BranchEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "session_id")
    private String sessionId;
    private String name;
    private long head;

    protected BranchEntity() {}

    /** A branch without changes. */
    public BranchEntity(BranchId branch) {
        this.sessionId = branch.session().value();
        this.name = branch.name();
    }
}
