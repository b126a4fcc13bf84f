package org.chorale.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.chorale.platform.start.StartRefusal;

/** Finds out why a PostgreSQL does not let us in: what will pass by itself, and what somebody has to change. */
public final class LoginCheck {
    private static final Map<String, String> REMEDIES = Map.of(
        "28P01", "Set chorale.db.user and chorale.db.password to what the database knows",
        "28000", "Set chorale.db.user to a user that may log in from this machine (pg_hba.conf)",
        "3D000", "Create the database, or set chorale.db.url to the one that is meant",
        "42501", "Grant the user of chorale.db.user the right to connect to the database");

    private LoginCheck() {}

    /**
     * Logs in once.
     *
     * @throws StartRefusal where the database answers that this will never work
     * @throws SQLException where it does not answer, or not yet
     */
    public static void requireLogin(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect("chorale start")) {
            connection.isValid(server.answerSeconds());
        } catch (SQLException e) {
            String remedy = REMEDIES.get(String.valueOf(e.getSQLState()));
            if (remedy == null) {
                throw e;
            }
            throw new StartRefusal("the database at " + server + " does not let this server in: " + e.getMessage().lines().findFirst().orElse(""),
                remedy);
        }
    }
}
