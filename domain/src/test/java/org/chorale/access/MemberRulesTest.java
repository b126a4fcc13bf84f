package org.chorale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.LAST_OWNER;
import static org.chorale.problem.ProblemType.UNSUITABLE_WORDS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chorale.operation.ElementId;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Actor ADMIN = new Actor("g-admin", Role.ADMIN);
    private static final Actor OWNER = new Actor("g-owner", Role.OWNER);

    @ParameterizedTest
    @CsvSource({"OWNER, ADMIN, false", "OWNER, VIEWER, false", "ADMIN, VIEWER, false", "COLLABORATOR, ADMIN, false", "VIEWER, OWNER, false",
        "COLLABORATOR, VIEWER, true", "VIEWER, COLLABORATOR, true"})
    @DisplayName("[ACS-3] an ADMIN changes those below ADMIN, to roles below ADMIN")
    void given_an_admin_then_only_those_below_are_changed(Role present, Role wanted, boolean allowed) {
        ThrowingCallable change = () -> MemberRules.requireChange(ADMIN, Optional.of(present), wanted, 2);
        if (allowed) {
            MemberRules.requireChange(ADMIN, Optional.of(present), wanted, 2);
        } else {
            assertProblem(change, FORBIDDEN);
        }
        MemberRules.requireChange(OWNER, Optional.of(present), wanted, 2);
    }

    @Test
    @DisplayName("[ACS-3] the last OWNER neither leaves nor becomes less")
    void given_one_owner_when_they_would_go_then_they_stay() {
        var owner = new Member("g-owner", Role.OWNER, "Owner", NOW);
        assertProblem(() -> MemberRules.requireChange(OWNER, Optional.of(Role.OWNER), Role.ADMIN, 1), LAST_OWNER);
        assertProblem(() -> MemberRules.requireRemoval(OWNER, owner, 1), LAST_OWNER);
        MemberRules.requireRemoval(OWNER, owner, 2);
        MemberRules.requireChange(OWNER, Optional.of(Role.OWNER), Role.OWNER, 1);
    }

    @Test
    @DisplayName("[ACS-3] everybody may leave; nobody takes out those who do not stand below")
    void given_members_when_they_leave_or_are_taken_out_then_rank_decides() {
        var viewer = new Member("g-viewer", Role.VIEWER, "Viewer", NOW);
        MemberRules.requireRemoval(new Actor("g-viewer", Role.VIEWER), viewer, 1);
        MemberRules.requireRemoval(ADMIN, viewer, 1);
        assertProblem(() -> MemberRules.requireRemoval(ADMIN, new Member("g-other", Role.ADMIN, "Other", NOW), 1), FORBIDDEN);
        assertProblem(() -> MemberRules.requireRemoval(ADMIN, new Member("g-owner", Role.OWNER, "Owner", NOW), 2), FORBIDDEN);
    }

    @Test
    @DisplayName("[ACS-4] an ADMIN leaves grants about ADMINs as they are")
    void given_grants_when_an_admin_puts_others_then_what_differs_is_about_those_below() {
        Grant aboutAdmins = new Grant(new Subject.Everybody(Role.ADMIN), Optional.empty(), Optional.empty(), Set.of(Action.EDIT), false);
        Grant aboutViewers = new Grant(new Subject.Everybody(Role.VIEWER), Optional.empty(), Optional.empty(), Set.of(Action.EDIT), true);
        Grant aboutOwner = new Grant(new Subject.User("g-owner"), Optional.empty(), Optional.empty(), Set.of(Action.EDIT), false);
        SessionAccess access = access(Map.of("g-owner", Role.OWNER), List.of(), false, List.of());
        MemberRules.requireGrants(ADMIN, List.of(aboutAdmins), List.of(aboutViewers, aboutAdmins), access);
        assertProblem(() -> MemberRules.requireGrants(ADMIN, List.of(aboutAdmins), List.of(aboutViewers), access), FORBIDDEN);
        assertProblem(() -> MemberRules.requireGrants(ADMIN, List.of(), List.of(aboutOwner), access), FORBIDDEN);
        MemberRules.requireGrants(OWNER, List.of(aboutAdmins), List.of(aboutOwner), access);
    }

    // ---- a session's access

    @Test
    @DisplayName("[PRM-7] frozen means that nobody below ADMIN edits; muted that one says nothing")
    void given_a_frozen_session_and_a_mute_then_permissions_say_so() {
        var mute = new Sanction(1, Sanction.Kind.MUTE, Optional.of("g-ben"), Optional.empty(), Optional.of(NOW.plusSeconds(60)), "", NOW);
        SessionAccess access = access(Map.of("g-admin", Role.ADMIN), List.of(), true, List.of(mute));
        assertThat(access.permissionsOf("g-ben", NOW)).isEmpty();
        assertThat(access.permissionsOf("g-ben", NOW.plusSeconds(60))).containsExactly(Action.CHAT);
        assertThat(access.mayEditEverything("g-admin", NOW)).isTrue();
        assertThat(access.mayEditEverything("g-ben", NOW)).isFalse();
        assertThat(access.authorize("g-ben", NOW, List.of(), List.of(), new PlainTree()).orElseThrow().reason())
            .isEqualTo(Denial.Reason.FROZEN);
    }

    @Test
    @DisplayName("[PRM-5] who is banned takes no part, until the ban ends")
    void given_a_ban_with_an_end_then_it_ends_by_the_clock() {
        var ban = new Sanction(1, Sanction.Kind.BAN, Optional.of("g-ben"), Optional.of("10.0.0.7"), Optional.of(NOW.plusSeconds(60)), "",
            NOW);
        SessionAccess access = access(Map.of("g-ben", Role.ADMIN), List.of(), false, List.of(ban));
        assertThat(access.roleOf("g-ben", NOW)).isEmpty();
        assertThat(access.roleOf("g-ben", NOW.plusSeconds(60))).contains(Role.ADMIN);
        assertThat(access.isAddressBanned("10.0.0.7", NOW)).isTrue();
        assertThat(access.isAddressBanned("", NOW)).isFalse();
        assertThat(access.authorizeLock("g-ben", NOW, new ElementId("a"), new PlainTree()).orElseThrow().reason())
            .isEqualTo(Denial.Reason.NO_MEMBER);
    }

    private static SessionAccess access(Map<String, Role> members, List<Grant> grants, boolean frozen, List<Sanction> sanctions) {
        return new SessionAccess(new SessionAccess.Written(1, members, Optional.of(Role.COLLABORATOR), Permissions.DEFAULT, grants, frozen,
            Duration.ZERO, sanctions));
    }

    // ---- what may be given

    @Test
    @DisplayName("[PRM-1] below ADMIN nobody manages, and the OWNER's permissions stay")
    void given_permissions_that_go_too_far_then_they_are_refused() {
        assertProblem(() -> Permissions.of(Map.of(Role.VIEWER, Set.of(Action.MODERATE))), ProblemType.INVALID_REQUEST);
        assertProblem(() -> Permissions.of(Map.of(Role.OWNER, Set.of(Action.EDIT))), ProblemType.INVALID_REQUEST);
        assertThat(Permissions.of(Map.of(Role.VIEWER, Set.of())).of(Role.VIEWER)).isEmpty();
    }

    @Test
    @DisplayName("[ACC-10] the only OWNER who is gone for good is followed by the oldest ADMIN, then COLLABORATOR, never by a VIEWER")
    void given_an_owner_who_leaves_for_good_then_the_oldest_of_the_highest_follows() {
        var owner = new Member("u-owner", Role.OWNER, "Owner", NOW);
        var viewer = new Member("u-viewer", Role.VIEWER, "Viewer", NOW.minusSeconds(9));
        var early = new Member("u-early", Role.COLLABORATOR, "Early", NOW.minusSeconds(5));
        var late = new Member("u-late", Role.COLLABORATOR, "Late", NOW);
        var admin = new Member("u-admin", Role.ADMIN, "Admin", NOW.plusSeconds(5));
        assertThat(MemberRules.heir(List.of(owner, late, early, viewer, admin), owner)).contains(admin);
        assertThat(MemberRules.heir(List.of(owner, late, early, viewer), owner)).contains(early);
        assertThat(MemberRules.heir(List.of(owner, viewer), owner)).isEmpty();
        assertThat(MemberRules.heir(List.of(owner, new Member("u-2", Role.OWNER, "Two", NOW), admin), owner)).isEmpty();
        assertThat(MemberRules.heir(List.of(owner, admin, early), admin)).isEmpty();
    }

    @Test
    @DisplayName("[PRM-7] who is kept out for a time knows until when, and the next end is known")
    void given_bans_with_ends_then_the_last_one_counts() {
        var access = new SessionAccess(new SessionAccess.Written(1, Map.of("u-admin", Role.ADMIN), Optional.of(Role.COLLABORATOR),
            Permissions.DEFAULT, List.of(), false, Duration.ZERO, List.of(
                ban(Optional.of("g-eve"), Optional.empty(), Optional.of(NOW.plusSeconds(60))),
                ban(Optional.of("g-eve"), Optional.of("10.0.0.1"), Optional.of(NOW.plusSeconds(90))),
                ban(Optional.of("g-bob"), Optional.empty(), Optional.empty()),
                ban(Optional.of("g-old"), Optional.empty(), Optional.of(NOW)))));
        assertThat(access.keptOutUntil("g-eve", "", NOW)).contains(NOW.plusSeconds(90));
        assertThat(access.keptOutUntil("g-new", "10.0.0.1", NOW)).contains(NOW.plusSeconds(90));
        assertThat(access.keptOutUntil("g-bob", "10.0.0.1", NOW)).isEmpty();
        assertThat(access.isKeptOut("u-admin", "10.0.0.1", NOW)).isFalse();
        assertThat(access.nextEnd(NOW)).contains(NOW.plusSeconds(60));
        assertThat(access.nextEnd(NOW.plusSeconds(90))).isEmpty();
    }

    private static Sanction ban(Optional<String> user, Optional<String> address, Optional<Instant> until) {
        return new Sanction(0, Sanction.Kind.BAN, user, address, until, "", NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "box", "box.", ".n", "*"})
    @DisplayName("[PRM-4] a property is named elementType.property")
    void given_another_name_then_it_is_refused(String pattern) {
        assertProblem(() -> PropertyPattern.parse(pattern), ProblemType.INVALID_REQUEST);
    }

    // ---- words

    @ParameterizedTest
    @ValueSource(strings = {"darn", "DARN it", "d4rn", "so dárn slow", "(darn!)", "ｄａｒｎ", "ha d@rn ha"})
    @DisplayName("[PRM-8] unwanted words are found whatever their case, accents and disguise")
    void given_a_disguised_word_then_it_is_found(String text) {
        assertProblem(() -> new WordFilter(List.of(" Darn ", "heck")).require("text", text), UNSUITABLE_WORDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"darning socks", "d arn", "check", ""})
    @DisplayName("[PRM-8] parts of other words are not")
    void given_a_word_that_only_contains_one_then_it_stays(String text) {
        assertThat(new WordFilter(List.of("darn", "heck", "")).require("text", text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"oh DARN, that | oh ••••, that", "dárn d4rn ｄ@ｒｎ | •••• •••• ••••", "so darn! $5 \\1 | so ••••! $5 \\1",
        "darning socks | darning socks", "𝐝𝐚𝐫𝐧 𝟙 | •••• 𝟙", "heck-darn | ••••-••••"})
    @DisplayName("[PRM-8] what somebody says has unwanted words covered and stays as it is else")
    void given_an_unwanted_word_in_a_text_then_it_is_covered(String said, String covered) {
        assertThat(new WordFilter(List.of("darn", "heck")).cover(said)).isEqualTo(covered);
        assertThat(new WordFilter(List.of()).cover(said)).isEqualTo(said);
    }

    private static void assertProblem(ThrowingCallable call, ProblemType type) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CollaborationException.class,
            failure -> assertThat(failure.problem().type()).isEqualTo(type));
    }
}
