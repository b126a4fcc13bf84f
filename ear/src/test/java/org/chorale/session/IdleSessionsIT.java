package org.chorale.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chorale.access.service.AccessService;
import org.chorale.access.service.Credentials;
import org.chorale.platform.Deployments;
import org.chorale.problem.CollaborationException;
import org.chorale.session.service.SessionService;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions that nobody is in, and the archive, with the container's transactions. */
@ExtendWith(ArquillianExtension.class)
@Tag("database")
public class IdleSessionsIT {
    /** As if somebody looked an hour later: everything that was not used since is idle. */
    private static final Duration LONG_AGO = Duration.ofHours(-1);
    private static final int ALL = 10_000;

    @Inject
    private SessionService sessions;
    @Inject
    private AccessService access;

    @Deployment
    public static EnterpriseArchive deployment() {
        return Deployments.withTests(IdleSessionsIT.class);
    }

    private SessionService.Started start() {
        return sessions.start(new NewSession("idle", SessionKind.SCENE, Visibility.PUBLIC, 5));
    }

    @Test
    @DisplayName("[REST-13] a session is idle when nobody was in it for long enough, and not before")
    public void given_a_session_that_nobody_was_in_then_it_is_idle_until_somebody_is() {
        SessionId id = start().session().id();
        assertThat(sessions.idle(Duration.ofHours(1), ALL)).doesNotContain(id);
        assertThat(sessions.idle(LONG_AGO, ALL)).contains(id);
        sessions.used(List.of(id));
        assertThat(sessions.idle(Duration.ofMinutes(1), ALL)).doesNotContain(id);
        sessions.used(List.of());
    }

    @Test
    @DisplayName("[REST-13] what is archived is closed, listed apart, and open again when it is brought back; what is closed stays so")
    public void given_an_idle_session_when_it_is_archived_then_its_owner_brings_it_back() {
        SessionService.Started started = start();
        SessionId id = started.session().id();
        var owner = new Credentials(Optional.of(started.ownerKey()), Optional.empty());
        assertThat(access.archiveIdle(id)).isTrue();
        assertThat(access.archiveIdle(id)).isFalse();
        assertThat(sessions.find(id).isClosed()).isTrue();
        assertThat(sessions.idle(LONG_AGO, ALL)).doesNotContain(id);
        assertThat(sessions.list(SessionService.Cursor.NEWEST, ALL)).extracting(Session::id).doesNotContain(id);
        assertThat(sessions.listArchived(SessionService.Cursor.NEWEST, ALL)).extracting(Session::id).contains(id);
        var stranger = new Credentials(Optional.of("not the key"), Optional.empty());
        assertThatThrownBy(() -> access.bringBack(id, stranger)).isInstanceOf(CollaborationException.class);
        assertThat(access.bringBack(id, owner).isClosed()).isFalse();
        assertThat(access.bringBack(id, owner).isClosed()).isFalse();
        assertThat(sessions.idle(Duration.ofMinutes(1), ALL)).doesNotContain(id);
        access.archive(id, owner);
        access.close(id, owner);
        assertThat(sessions.find(id).archived()).isFalse();
        assertThatThrownBy(() -> access.bringBack(id, owner)).isInstanceOf(CollaborationException.class).hasMessageContaining(id.value());
    }
}
