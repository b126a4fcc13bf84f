package org.chorale.platform.database;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the database is. The server's data source reads the same properties. */
@Dependent
public class DatabaseConfig {
    private static final String POSTGRESQL = "jdbc:postgresql:";

    @Inject
    @ConfigProperty(name = "chorale.db.url")
    public Optional<String> url;
    @Inject
    @ConfigProperty(name = "chorale.db.user")
    public Optional<String> user;
    @Inject
    @ConfigProperty(name = "chorale.db.password")
    public Optional<String> password;
    @Inject
    @ConfigProperty(name = "chorale.db.answer-seconds", defaultValue = "3")
    public int answerSeconds;
    @Inject
    @ConfigProperty(name = "chorale.db.connect-seconds", defaultValue = "2")
    public int connectSeconds;

    /** Whether this is a PostgreSQL; otherwise it is the embedded database, or nothing we know. */
    public boolean isPostgresql() {
        return url.filter(address -> address.startsWith(POSTGRESQL)).isPresent();
    }

    /** The PostgreSQL that is configured. */
    public PostgresServer postgresql() {
        return new PostgresServer(url.orElseThrow(), user.orElse(""), password.orElse(""), answerSeconds, connectSeconds);
    }
}
