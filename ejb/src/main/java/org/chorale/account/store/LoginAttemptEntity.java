package org.chorale.account.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.chorale.account.LoginThrottle;
import org.chorale.platform.store.InstantConverter;

/** How often somebody guessed at one account, or from one address. */
@Entity
@Table(name = "login_attempt")
@NamedQuery(name = "loginAttempt.hold", query = "update LoginAttemptEntity a set a.failures = a.failures where a.subject = :subject")
@NamedQuery(name = "loginAttempt.forget", query = "delete from LoginAttemptEntity a where a.subject = :subject")
@NamedQuery(name = "loginAttempt.sweep", query = "delete from LoginAttemptEntity a where a.lastAt < :before")
public class LoginAttemptEntity {
    @Id
    private String subject;
    private int failures;
    @Column(name = "last_at")
    @Convert(converter = InstantConverter.class)
    private Instant lastAt;

    protected LoginAttemptEntity() {}

    public LoginAttemptEntity(String subject, LoginThrottle.Attempts attempts) {
        this.subject = subject;
        set(attempts);
    }

    public LoginThrottle.Attempts attempts() {
        return new LoginThrottle.Attempts(failures, lastAt);
    }

    public final void set(LoginThrottle.Attempts attempts) {
        failures = attempts.failures();
        lastAt = attempts.lastAt();
    }
}
