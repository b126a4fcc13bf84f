package org.chorale.document.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.chorale.document.BranchPoint;
import org.chorale.document.Crossing;

/** A merge's row, written with its change; it is what the next merge of the two branches compares with. */
@Entity
@Table(name = "branch_merge")
@NamedQuery(name = "branchMerge.newest", query = "select m from BranchMergeEntity m where m.targetBranch = :target and m.sourceBranch = :source "
    + "order by m.targetRevision desc, m.sourceRevision desc")
@NamedQuery(name = "branchMerge.merged",
    query = "select max(m.sourceRevision) from BranchMergeEntity m where m.targetBranch = :target and m.sourceBranch = :source")
@NamedQuery(name = "branchMerge.removeAll",
    query = "delete from BranchMergeEntity m where m.targetBranch = :branch or m.sourceBranch = :branch")
@NamedQuery(name = "branchMerge.changes", query = "select sum(m.changes) from BranchMergeEntity m where m.targetBranch = :target "
    + "and m.sourceBranch = :source and m.targetRevision > :since")
public class BranchMergeEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "source_branch")
    private long sourceBranch;
    @Column(name = "source_revision")
    private long sourceRevision;
    @Column(name = "target_branch")
    private long targetBranch;
    @Column(name = "target_revision")
    private long targetRevision;
    /** How many of the target's changes it made: none where there was nothing to do. */
    private long changes;

    protected BranchMergeEntity() {}

    BranchMergeEntity(long sourceBranch, long sourceRevision, long targetBranch, long targetRevision, long changes) {
        this.sourceBranch = sourceBranch;
        this.sourceRevision = sourceRevision;
        this.targetBranch = targetBranch;
        this.targetRevision = targetRevision;
        this.changes = changes;
    }

    Crossing toCrossing(String source, String target) {
        return new Crossing(new BranchPoint(source, sourceRevision), new BranchPoint(target, targetRevision));
    }
}
