package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.chorale.branch.Branch;
import org.chorale.branch.NewBranch;
import org.chorale.branch.service.BranchService;
import org.chorale.document.service.SnapshotStoreContract;
import org.chorale.platform.Deployments;
import org.chorale.problem.CollaborationException;
import org.chorale.session.BranchId;
import org.chorale.session.NewSession;
import org.chorale.session.SessionId;
import org.chorale.session.SessionKind;
import org.chorale.session.Visibility;
import org.chorale.session.service.SessionService;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Snapshots in the database, with the container's transactions. */
@ExtendWith(ArquillianExtension.class)
@Tag("database")
public class JpaSnapshotStoreIT extends SnapshotStoreContract {
    @Inject
    private SnapshotStore store;
    @Inject
    private ChangeLog log;
    @Inject
    private SessionService sessions;
    @Inject
    private BranchService branches;
    private int forks;

    @Deployment
    public static EnterpriseArchive deployment() {
        return Deployments.withTests(JpaSnapshotStoreIT.class);
    }

    @Override
    protected SnapshotStore store() {
        return store;
    }

    @Override
    protected BranchId newBranch() {
        return BranchId.main(sessions.start(new NewSession("branch", SessionKind.SCENE, Visibility.PUBLIC, 5)).session().id());
    }

    @Override
    protected BranchId fork(BranchId parent, long revision) {
        log.append(parent, BranchState.at(0), LongStream.rangeClosed(1, revision)
            .mapToObj(each -> new StoredChange(each, new ChangeId("client", each), Instant.EPOCH, "{}")).toList());
        String name = "branch " + forks++;
        return branches.fork(parent.session(), new NewBranch(name, Optional.empty(), parent.name(), Optional.of(revision)),
            new Branch.Maker("g-maker", "Ana")).branch().id();
    }

    @Test
    public void given_a_branch_that_is_not_there_when_it_is_to_be_kept_then_the_problem_says_so() {
        BranchId nowhere = BranchId.main(new SessionId("0000000000"));
        assertThatThrownBy(() -> store.save(nowhere, new StoredSnapshot(1, Instant.EPOCH, List.of(""))))
            .isInstanceOf(CollaborationException.class);
    }
}
