package org.chorale.access.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chorale.access.Action;
import org.chorale.access.Permissions;
import org.chorale.access.Role;
import org.chorale.session.SessionId;

/** The row that says who gets into a session. */
@Entity
@Table(name = "session_access")
@NamedQuery(name = "access.version", query = "select a.version from SessionAccessEntity a where a.sessionId = :session")
public class SessionAccessEntity {
    @Id
    @Column(name = "session_id")
    private String sessionId;
    private long version;
    @Column(name = "default_role")
    @Enumerated(EnumType.STRING)
    private Role defaultRole;
    private String permissions;
    @Column(name = "password_hash")
    private String passwordHash;
    private boolean frozen;
    @Column(name = "slow_mode_seconds")
    private int slowModeSeconds;

    protected SessionAccessEntity() {}

    public SessionAccessEntity(SessionId session) {
        this.sessionId = session.value();
        this.defaultRole = Role.COLLABORATOR;
        this.permissions = "";
    }

    public long version() {
        return version;
    }

    /** Something of the session's access changes; whoever calls holds the session's row. */
    public void touch() {
        version++;
    }

    public Role defaultRole() {
        return defaultRole;
    }

    public void defaultRole(Role role) {
        defaultRole = role;
    }

    /** What is given otherwise than by default. */
    public Map<Role, Set<Action>> permissions() {
        var byRole = new EnumMap<Role, Set<Action>>(Role.class);
        Arrays.stream(permissions.split(";")).filter(entry -> !entry.isEmpty()).forEach(entry -> {
            int equals = entry.indexOf('=');
            byRole.put(Role.valueOf(entry.substring(0, equals)), Actions.parse(entry.substring(equals + 1)));
        });
        return byRole;
    }

    public void permissions(Map<Role, Set<Action>> given) {
        permissions = Permissions.of(given).given().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + Actions.text(entry.getValue())).sorted().collect(Collectors.joining(";"));
    }

    public Optional<String> passwordHash() {
        return Optional.ofNullable(passwordHash);
    }

    public void passwordHash(Optional<String> hash) {
        passwordHash = hash.orElse(null);
    }

    public boolean isFrozen() {
        return frozen;
    }

    public void freeze(boolean frost) {
        frozen = frost;
    }

    public Duration slowMode() {
        return Duration.ofSeconds(slowModeSeconds);
    }

    public void slowMode(int seconds) {
        slowModeSeconds = seconds;
    }
}
