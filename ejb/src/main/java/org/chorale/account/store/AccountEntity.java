package org.chorale.account.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.chorale.account.Account;
import org.chorale.account.NewAccount;
import org.chorale.account.Profile;
import org.chorale.account.ProfileChange;
import org.chorale.platform.store.InstantConverter;
import org.chorale.profile.Appearance;
import org.chorale.profile.AvatarLook;

/** An account's row; one that is erased holds its id and nothing else. */
@Entity
@Table(name = "account")
@NamedQuery(name = "account.byLogin", query = "select a from AccountEntity a where a.login = :login")
@NamedQuery(name = "account.bySubject", query = "select a from AccountEntity a where a.issuer = :issuer and a.subject = :subject")
@NamedQuery(name = "account.administrators",
    query = """
    select count(a) from AccountEntity a
    where a.administrator = true and a.disabledAt is null and a.erasedAt is null and a.login is not null""")
@NamedQuery(name = "account.erased",
    query = "select count(a) from AccountEntity a where a.userId = :user and a.erasedAt is not null")
@NamedQuery(name = "account.listed",
    query = "select a from AccountEntity a where a.erasedAt is null and a.userId > :after order by a.userId")
public class AccountEntity {
    private static final String NO_PREFERENCES = "{}";

    @Id
    @Column(name = "user_id")
    private String userId;
    private String login;
    @Column(name = "password_hash")
    private String passwordHash;
    private String issuer;
    private String subject;
    private String name;
    private String color;
    private String locale;
    private String preferences;
    private String look;
    @Column(name = "picture_version")
    private long pictureVersion;
    @Column(name = "has_picture")
    private boolean hasPicture;
    private boolean administrator;
    @Column(name = "created_at")
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;
    @Column(name = "disabled_at")
    @Convert(converter = InstantConverter.class)
    private Instant disabledAt;
    @Column(name = "erased_at")
    @Convert(converter = InstantConverter.class)
    private Instant erasedAt;

    protected AccountEntity() {}

    private AccountEntity(String userId, Profile profile, Instant createdAt) {
        this.userId = userId;
        this.createdAt = createdAt;
        this.preferences = NO_PREFERENCES;
        apply(profile);
    }

    /** Somebody with a password of this server. */
    public AccountEntity(String userId, NewAccount account, boolean administrator, Instant createdAt) {
        this(userId, account.profile(), createdAt);
        this.login = account.login().value();
        this.passwordHash = account.passwordHash();
        this.administrator = administrator;
    }

    /** Somebody whom another issuer knows. */
    public AccountEntity(String userId, String issuer, String subject, Profile profile, Instant createdAt) {
        this(userId, profile, createdAt);
        this.issuer = issuer;
        this.subject = subject;
    }

    public String userId() {
        return userId;
    }

    /** Empty for people of another issuer. */
    public Optional<String> passwordHash() {
        return Optional.ofNullable(passwordHash);
    }

    public boolean isErased() {
        return erasedAt != null;
    }

    public void setPasswordHash(String hash) {
        this.passwordHash = hash;
    }

    public void change(ProfileChange change) {
        apply(change.applyTo(profile()));
        change.look().ifPresent(given -> look = given.text());
        change.preferences().ifPresent(given -> preferences = given);
    }

    /** There is another picture now, or none; no version is used twice. */
    public void pictured(boolean has) {
        if (has) {
            pictureVersion++;
        }
        hasPicture = has;
    }

    public Appearance appearance() {
        return new Appearance(Optional.ofNullable(look).map(AvatarLook::parse), hasPicture ? pictureVersion : 0);
    }

    public void setAdministrator(boolean administrator) {
        this.administrator = administrator;
    }

    /** To disable what is disabled changes nothing. */
    public void setDisabled(boolean disabled, Instant now) {
        if (disabled != (disabledAt != null)) {
            disabledAt = disabled ? now : null;
        }
    }

    /** Forgets everything but the id. */
    public void erase(Instant now) {
        login = null;
        passwordHash = null;
        issuer = null;
        subject = null;
        name = null;
        color = null;
        locale = null;
        preferences = null;
        look = null;
        hasPicture = false;
        administrator = false;
        disabledAt = null;
        erasedAt = now;
    }

    public Account toAccount() {
        return new Account(userId, Optional.ofNullable(login), profile(), appearance(), preferences, administrator,
            createdAt, Optional.ofNullable(disabledAt));
    }

    private Profile profile() {
        return new Profile(name, color, Optional.ofNullable(locale));
    }

    private void apply(Profile profile) {
        name = profile.name();
        color = profile.color();
        locale = profile.locale().orElse(null);
    }
}
