package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chorale.access.service.AccessService;
import org.chorale.access.service.Credentials;
import org.chorale.branch.Branch;
import org.chorale.branch.NewBranch;
import org.chorale.branch.service.BranchService;
import org.chorale.document.service.ChangeLogContract;
import org.chorale.lock.LockStore;
import org.chorale.platform.Deployments;
import org.chorale.problem.CollaborationException;
import org.chorale.session.BranchId;
import org.chorale.session.NewSession;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.SessionKind;
import org.chorale.session.Visibility;
import org.chorale.session.service.SessionService;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The change log in the database, with the container's transactions. */
@ExtendWith(ArquillianExtension.class)
@Tag("database")
public class JpaChangeLogIT extends ChangeLogContract {
    @Inject
    private ChangeLog log;
    @Inject
    private LockStore locks;
    @Inject
    private SessionService sessions;
    @Inject
    private BranchService branches;
    @Inject
    private AccessService access;
    private int forks;

    @Deployment
    public static EnterpriseArchive deployment() {
        return Deployments.withTests(JpaChangeLogIT.class);
    }

    @Override
    protected ChangeLog log() {
        return log;
    }

    @Override
    protected LockStore locks() {
        return locks;
    }

    @Override
    protected BranchId newBranch() {
        return BranchId.main(start("branch").session().id());
    }

    @Override
    protected BranchId fork(BranchId parent, long revision) {
        String name = "branch " + forks++;
        return branches.fork(parent.session(), new NewBranch(name, Optional.empty(), parent.name(), Optional.of(revision)),
            new Branch.Maker("g-maker", "Ana")).branch().id();
    }

    @Test
    @DisplayName("[SUB-1] a batch that breaks a rule of the database is rolled back whole")
    public void given_a_change_id_that_is_there_already_when_it_is_appended_then_nothing_of_the_batch_stays() {
        BranchId branch = newBranch();
        log.append(branch, BranchState.at(0), changes(1, 2));
        var fresh = new StoredChange(3, id(3), changes(3, 3).getFirst().at(), "{}");
        var doubled = new StoredChange(4, id(1), fresh.at(), "{}");
        assertThatThrownBy(() -> log.append(branch, BranchState.at(2), List.of(fresh, doubled))).isInstanceOf(RuntimeException.class);
        assertThat(log.after(branch, 0, 10)).isEqualTo(changes(1, 2));
        assertThat(log.append(branch, BranchState.at(2), changes(3, 3))).isEqualTo(ChangeLog.Append.COMMITTED);
    }

    @Test
    public void given_a_full_batch_when_it_is_appended_then_all_of_it_is_there() {
        BranchId branch = newBranch();
        log.append(branch, BranchState.at(0), changes(1, 500));
        assertThat(log.after(branch, 0, 1_000)).isEqualTo(changes(1, 500));
    }

    @Test
    @DisplayName("[ERR-1] the container does not wrap what the domain throws")
    public void given_a_branch_that_is_not_there_when_it_is_read_then_the_problem_says_so() {
        BranchId nowhere = BranchId.main(new SessionId("0000000000"));
        assertThatThrownBy(() -> log.after(nowhere, 0, 1)).isInstanceOf(CollaborationException.class).hasMessageContaining("branch-not-found");
    }

    @Test
    public void given_sessions_when_they_are_listed_then_pages_join_without_gap_or_overlap() {
        IntStream.range(0, 5).forEach(i -> start("public " + i));
        var first = sessions.list(SessionService.Cursor.NEWEST, 2);
        var last = first.getLast();
        var second = sessions.list(new SessionService.Cursor(last.createdAt(), last.id().value()), 2);
        assertThat(first).hasSize(2).doesNotContainAnyElementsOf(second);
        assertThat(sessions.list(SessionService.Cursor.NEWEST, 4)).startsWith(first.get(0), first.get(1)).endsWith(second.get(0), second.get(1));
    }

    @Test
    @DisplayName("[HEL-1] closing a session needs the owner's key, and ends it once")
    public void given_a_session_when_it_is_closed_then_only_its_owner_can_and_it_stays_closed() {
        var started = start("to close");
        assertThatThrownBy(() -> close(started, "guessed")).isInstanceOf(CollaborationException.class);
        var closed = close(started, started.ownerKey());
        assertThat(closed.isClosed()).isTrue();
        assertThat(close(started, started.ownerKey())).isEqualTo(closed);
        assertThat(sessions.list(SessionService.Cursor.NEWEST, 100)).doesNotContain(closed);
    }

    private Session close(SessionService.Started started, String ownerKey) {
        return access.close(started.session().id(), new Credentials(Optional.of(ownerKey), Optional.empty()));
    }

    private SessionService.Started start(String name) {
        return sessions.start(new NewSession(name, SessionKind.SCENE, Visibility.PUBLIC, 5));
    }
}
