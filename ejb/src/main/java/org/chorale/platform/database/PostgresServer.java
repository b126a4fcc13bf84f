package org.chorale.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** A PostgreSQL, for the few connections that are not the pool's: those that listen, and those that ask why there is none. */
public record PostgresServer(String url, String user, String password, int answerSeconds, int connectSeconds) {
    /** Whether the driver can read this address. */
    public static boolean isReadable(String url) {
        return Driver.parseURL(url, null) != null;
    }

    /** The address without what may be secret in it: servers, ports and database. */
    public static String withoutParameters(String url) {
        return url.replaceFirst("\\?.*", "");
    }

    /**
     * A connection of one's own, in auto-commit mode; the address's parameters go before what is set here.
     *
     * @param purpose is shown as the connection's name by PostgreSQL
     */
    public Connection connect(String purpose) throws SQLException {
        var properties = new Properties();
        if (!user.isBlank()) {
            PGProperty.USER.set(properties, user);
        }
        if (!password.isEmpty()) {
            PGProperty.PASSWORD.set(properties, password);
        }
        PGProperty.CONNECT_TIMEOUT.set(properties, connectSeconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, answerSeconds);
        PGProperty.SOCKET_TIMEOUT.set(properties, answerSeconds);
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, connectSeconds);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.APPLICATION_NAME.set(properties, purpose);
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("this is no address of a PostgreSQL: " + withoutParameters(url));
        }
        return connection;
    }

    @Override
    public String toString() {
        return withoutParameters(url);
    }
}
