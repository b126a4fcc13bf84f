package org.chorale.document.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.chorale.access.Action;
import org.chorale.access.Grant;
import org.chorale.access.Permissions;
import org.chorale.access.Role;
import org.chorale.access.SessionAccess;
import org.chorale.access.Subject;
import org.chorale.conflict.Policies;
import org.chorale.conflict.Policy;
import org.chorale.conflict.Strategy;
import org.chorale.branch.BranchRules;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.Limits;
import org.chorale.lock.LockHolder;
import org.chorale.operation.Choice;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.CollaborationException;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may do what, where edits are decided. */
class BranchAccessTest {
    private static final BranchId BRANCH = BranchId.main(new SessionId("0123456789"));
    private static final String ANA = "g-ana";
    private static final String BEN = "g-ben";

    private final InMemoryChangeLog log = new InMemoryChangeLog();
    private final ByHand executor = new ByHand();
    private final List<String> told = new ArrayList<>();
    private final AtomicInteger version = new AtomicInteger(1);
    private SessionAccess written = access(Map.of(), List.of(), false);
    private Policies policies = Policies.DEFAULT;
    private BranchMailbox mailbox = newMailbox();

    @Test
    @DisplayName("[PRM-2] a viewer's change is refused, and others' go on, also behind it in one queue")
    void given_a_viewer_when_they_submit_then_only_theirs_is_refused() {
        become(Map.of(BEN, Role.VIEWER));
        post(ANA, create(ANA, 0, "a", ElementId.ROOT));
        post(BEN, set(BEN, 0, "a", 1));
        post(ANA, set(ANA, 1, "a", 2));
        executor.run();
        assertThat(told).containsExactly("g-ana:0=1", "g-ben:0=EDIT of element \"a\", property \"n\"", "g-ana:1=2");
        assertThat(log.all(BRANCH)).hasSize(2);
    }

    @Test
    @DisplayName("[BRA-5] an archived branch takes nothing from anybody, also not what waits in the queue")
    void given_edits_that_wait_when_the_branch_is_archived_then_they_are_refused() {
        submit(ANA, create(ANA, 0, "a", ElementId.ROOT));
        post(ANA, set(ANA, 1, "a", 1));
        mailbox.obey(new BranchRules(true, false));
        executor.run();
        undo(ANA, 2, "g-ana:0");
        assertThat(told).endsWith("g-ana:1=branch", "g-ana:2=branch");
        submit(ANA, create(ANA, 0, "a", ElementId.ROOT));
        assertThat(told).endsWith("g-ana:0=1");                // what was stored before is known
        mailbox.obey(BranchRules.OPEN);
        submit(ANA, set(ANA, 1, "a", 1));
        assertThat(told).endsWith("g-ana:1=2");
    }

    @Test
    @DisplayName("[BRA-5] a protected branch takes no edits, and undo only from who may merge")
    void given_a_protected_branch_when_somebody_undoes_then_they_need_the_right_to_merge() {
        submit(ANA, create(ANA, 0, "a", ElementId.ROOT));
        mailbox.obey(new BranchRules(false, true));
        become(Map.of(ANA, Role.COLLABORATOR));
        undo(ANA, 1, "g-ana:0");
        become(Map.of(ANA, Role.ADMIN));
        submit(ANA, set(ANA, 2, "a", 1));
        undo(ANA, 3, "g-ana:0");
        assertThat(told).endsWith("g-ana:1=branch", "g-ana:2=branch", "g-ana:3=2");
    }

    @Test
    @DisplayName("[PRM-7] edits that wait in the queue are judged by what was changed behind them")
    void given_edits_that_wait_when_their_author_becomes_a_viewer_then_they_are_refused() {
        submit(ANA, create(ANA, 0, "a", ElementId.ROOT));
        post(BEN, set(BEN, 0, "a", 1));
        become(Map.of(BEN, Role.VIEWER));
        executor.run();
        assertThat(told).endsWith("g-ben:0=EDIT of element \"a\", property \"n\"");
    }

    @Test
    @DisplayName("[PRM-3] nobody undoes or redoes their own change by a right that they lost")
    void given_a_change_of_ones_own_when_the_right_is_gone_then_neither_undo_nor_redo_is_made() {
        submit(ANA, create(ANA, 0, "a", ElementId.ROOT));
        submit(BEN, set(BEN, 0, "a", 1), set(BEN, 1, "a", 2));
        undo(BEN, 2, "g-ben:1");
        become(Map.of(BEN, Role.VIEWER));
        undo(BEN, 3, "g-ben:0");
        undo(BEN, 4, "g-ben:2");
        assertThat(told.subList(told.size() - 2, told.size())).allSatisfy(answer -> assertThat(answer).contains("=EDIT of element \"a\""));
        become(Map.of());
        undo(BEN, 4, "g-ben:2");
        assertThat(told).endsWith("g-ben:4=5");
    }

    @Test
    @DisplayName("[PRM-3] a change that comes to nothing takes no revision from who may not edit")
    void given_a_viewer_when_their_change_has_no_effect_then_it_is_refused() {
        submit(ANA, create(ANA, 0, "a", ElementId.ROOT), new Change(new ChangeId(ANA, 1), 1, 1,
            List.of(new Operation.Delete(new ElementId("a")))));
        become(Map.of(BEN, Role.VIEWER));
        submit(BEN, new Change(new ChangeId(BEN, 0), 2, 2, List.of(new Operation.Delete(new ElementId("a")))));
        assertThat(told).endsWith("g-ben:0=EDIT");
        assertThat(log.all(BRANCH)).hasSize(2);
    }

    @Test
    @DisplayName("[PRM-2] to resolve a conflict needs RESOLVE, and EDIT for what the choice writes")
    void given_an_open_conflict_when_somebody_may_not_resolve_then_it_stays_open() {
        policies = Policies.DEFAULT.with("box.n", Policy.DEFAULT.withStrategy(Strategy.MANUAL));
        mailbox = newMailbox();
        submit(ANA, create(ANA, 0, "a", ElementId.ROOT), set(ANA, 1, "a", 1));
        submit(BEN, set(BEN, 0, "a", 2));
        become(Map.of(), deny(BEN, Action.RESOLVE));
        resolve(BEN, 1, Choice.MINE);
        become(Map.of(), deny(BEN, Action.EDIT));
        resolve(BEN, 2, Choice.MINE);
        become(Map.of());
        resolve(BEN, 3, Choice.MINE);
        assertThat(told.subList(told.size() - 3, told.size())).containsExactly("g-ben:1=RESOLVE of element \"a\", property \"n\"",
            "g-ben:2=EDIT of element \"a\", property \"n\"", "g-ben:3=4");
    }

    @Test
    @DisplayName("[PRM-4] a denied subtree neither changes, nor is left, nor goes with what is above it")
    void given_a_denied_subtree_then_no_way_leads_around() {
        submit(ANA, create(ANA, 0, "top", ElementId.ROOT), create(ANA, 1, "roof", new ElementId("top")),
            create(ANA, 2, "tile", new ElementId("roof")),
            create(ANA, 3, "free", ElementId.ROOT));
        become(Map.of(), new Grant(new Subject.User(BEN), Optional.of(new ElementId("roof")), Optional.empty(), Action.OF_DOCUMENT, false));
        submit(BEN, set(BEN, 0, "tile", 1));
        submit(BEN, create(BEN, 1, "more", new ElementId("roof")));
        submit(BEN, move(BEN, 2, "tile", ElementId.ROOT));
        submit(BEN, move(BEN, 3, "free", new ElementId("roof")));
        submit(BEN, move(BEN, 4, "top", new ElementId("free")));
        submit(BEN, new Change(new ChangeId(BEN, 5), 4, 4, List.of(new Operation.Delete(new ElementId("top")))));
        submit(BEN, new Change(new ChangeId(BEN, 6), 4, 4, List.of(
            new Operation.Move(new ElementId("tile"), new ElementId("free"), Position.Edge.LAST),
            new Operation.SetProperty(new ElementId("tile"), Path.of("n"), Value.of(1)))));
        assertThat(told.subList(4, told.size())).allSatisfy(answer -> assertThat(answer).contains(" of element "));
        assertThat(log.all(BRANCH)).hasSize(4);
        submit(BEN, set(BEN, 7, "free", 1));
        assertThat(told).endsWith("g-ben:7=5");
    }

    @Test
    @DisplayName("[PRM-7][PRM-8] to lock needs the right, and who loses it loses the lock")
    void given_a_lock_when_its_holder_becomes_a_viewer_then_it_is_free() {
        submit(ANA, create(ANA, 0, "a", ElementId.ROOT));
        visit(branch -> branch.lock(new ElementId("a"), new LockHolder("p", BEN, "Ben"), Optional.empty()));
        become(Map.of(BEN, Role.VIEWER));
        visit(BranchView::releaseForbiddenLocks);
        visit(branch -> assertThat(branch.locks()).isEmpty());
        visit(branch -> assertThatThrownBy(() -> branch.lock(new ElementId("a"), new LockHolder("p", BEN, "Ben"), Optional.empty()))
            .isInstanceOf(CollaborationException.class).hasMessageContaining("LOCK of element"));
    }

    @Test
    @DisplayName("[PRM-7] what was written earlier does not take the place of what is newer")
    void given_news_that_come_late_then_the_newest_counts() {
        submit(ANA, create(ANA, 0, "a", ElementId.ROOT));
        SessionAccess older = access(Map.of(), List.of(), false);
        become(Map.of(BEN, Role.VIEWER));
        mailbox.judgeBy(older);
        submit(BEN, set(BEN, 0, "a", 1));
        assertThat(told.getLast()).contains("EDIT");
    }

    @Test
    @DisplayName("[PRM-7] in a frozen session ADMINs edit and others do not")
    void given_a_frozen_session_then_only_admins_edit() {
        written = access(Map.of(ANA, Role.ADMIN), List.of(), true);
        mailbox.judgeBy(written);
        submit(ANA, create(ANA, 0, "a", ElementId.ROOT));
        submit(BEN, set(BEN, 0, "a", 1));
        assertThat(told).containsExactly("g-ana:0=1", "g-ben:0=EDIT of element \"a\", property \"n\"");
    }

    // ----

    private BranchMailbox newMailbox() {
        return new BranchMailbox(BRANCH, new BranchMailbox.Surroundings(log, executor, new MovableClock(), Limits.DEFAULT, 100, 100,
            1_000_000, 20,
            BranchMailbox.LockRules.DEFAULT, session -> policies, session -> written, branch -> BranchRules.OPEN, MailboxProbe.NONE,
            new InMemorySnapshotStore(),
            Snapshots.Rules.DEFAULT, BranchMailbox.Pace.NONE, log, Siblings.NONE));
    }

    private SessionAccess access(Map<String, Role> members, List<Grant> grants, boolean frozen) {
        return new SessionAccess(new SessionAccess.Written(version.getAndIncrement(), members, Optional.of(Role.COLLABORATOR),
            Permissions.DEFAULT,
            grants, frozen, Duration.ZERO, List.of()));
    }

    private void become(Map<String, Role> members, Grant... grants) {
        written = access(members, List.of(grants), false);
        mailbox.judgeBy(written);
    }

    private static Grant deny(String user, Action action) {
        return new Grant(new Subject.User(user), Optional.empty(), Optional.empty(), Set.of(action), false);
    }

    private void post(String user, Change... changes) {
        mailbox.submit(Submission.of(new Author(user, "p"), List.of(changes), this::tell));
    }

    private void submit(String user, Change... changes) {
        post(user, changes);
        executor.run();
    }

    private void undo(String user, long counter, String undone) {
        mailbox.submit(new Submission(new Author(user, "p"), List.of(new Submission.Undo(new ChangeId(user, counter),
            ChangeId.parse(undone))), this::tell));
        executor.run();
    }

    private void resolve(String user, long counter, Choice choice) {
        submit(user, new Change(new ChangeId(user, counter), 3, 3, List.of(new Operation.Resolve(ConflictId.of(3, 0), choice,
            Optional.empty()))));
    }

    private void visit(Consumer<BranchView> visitor) {
        mailbox.visit(visitor, problem -> told.add(problem.toString()));
        executor.run();
    }

    private void tell(List<Outcome> outcomes) {
        outcomes.forEach(outcome -> told.add(switch (outcome) {
            case Outcome.Accepted(var id, var revision, var notes) -> id + "=" + revision;
            case Outcome.Refused(var id, var problem) -> id + "=" + problem.detail().replaceFirst(" \\(.*", "");
        }));
    }

    private static Change create(String client, long counter, String element, ElementId parent) {
        return new Change(new ChangeId(client, counter), 0, 0, List.of(new Operation.Create(new ElementId(element), "box", parent,
            Position.Edge.LAST, Map.of(), Map.of(), List.of())));
    }

    private static Change set(String client, long counter, String element, double value) {
        return new Change(new ChangeId(client, counter), 0, 0, List.of(new Operation.SetProperty(new ElementId(element), Path.of("n"),
            Value.of(value))));
    }

    private static Change move(String client, long counter, String element, ElementId parent) {
        return new Change(new ChangeId(client, counter), 4, 4, List.of(new Operation.Move(new ElementId(element), parent,
            Position.Edge.LAST)));
    }
}
