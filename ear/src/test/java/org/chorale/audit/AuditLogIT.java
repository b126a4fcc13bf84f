package org.chorale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.chorale.audit.service.AuditService;
import org.chorale.platform.Deployments;
import org.chorale.session.SessionId;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The audit log in the database, and somebody who has the database. */
@ExtendWith(ArquillianExtension.class)
@Tag("database")
public class AuditLogIT {
    private static final SessionId SESSION = new SessionId("0123456789");
    private static final long HIDDEN = 1_000_000_000;

    @Inject
    private AuditService audit;
    @Resource(lookup = "jdbc/chorale")
    private DataSource database;

    @Deployment
    public static EnterpriseArchive deployment() {
        return Deployments.withTests(AuditLogIT.class);
    }

    @Test
    @DisplayName("[ACS-9] a changed, a removed and a swapped row are found, and so is a lost end; put back, all is well")
    public void given_a_log_when_rows_are_touched_then_each_touch_is_found() throws SQLException {
        for (String subject : List.of("g-1", "g-2", "g-3", "g-4")) {
            audit.append(new AuditEvent(SESSION.value(), Instant.parse("2026-01-01T00:00:00Z"), "g-ana", "member.role", subject, "VIEWER"));
        }
        List<AuditEntry> newest = audit.ofSession(SESSION, Long.MAX_VALUE, 4);
        assertThat(newest).extracting(entry -> entry.event().subject()).containsExactly("g-4", "g-3", "g-2", "g-1");
        assertThat(audit.verify()).isEmpty();
        long second = newest.get(2).number();
        long third = newest.get(1).number();

        run("update audit_event set detail = 'OWNER' where event_number = " + second);
        assertThat(audit.verify()).contains("entry " + second + " was changed");
        run("update audit_event set detail = 'VIEWER' where event_number = " + second);
        assertThat(audit.verify()).isEmpty();

        move(second, HIDDEN);
        assertThat(audit.verify()).contains("entry " + second + " is missing");
        move(third, second);
        move(HIDDEN, third);
        assertThat(audit.verify()).contains("entry " + second + " does not follow the one before it");
        move(third, HIDDEN);
        move(second, third);
        move(HIDDEN, second);
        assertThat(audit.verify()).isEmpty();

        long last = newest.get(0).number();
        move(last, -1);
        assertThat(audit.verify()).isPresent();
        move(-1, last);
        assertThat(audit.verify()).isEmpty();
    }

    private void move(long from, long to) throws SQLException {
        run("update audit_event set event_number = " + to + " where event_number = " + from);
    }

    private void run(String statement) throws SQLException {
        try (Connection connection = database.getConnection(); var update = connection.createStatement()) {
            assertThat(update.executeUpdate(statement)).isEqualTo(1);
        }
    }
}
