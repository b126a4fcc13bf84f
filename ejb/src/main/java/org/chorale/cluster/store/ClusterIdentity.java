package org.chorale.cluster.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.chorale.platform.start.StartRefusal;

/** What makes the nodes of one PostgreSQL one cluster: an id made once, and a value by which they see that they have the same secret. */
public final class ClusterIdentity {
    private static final int ID_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";
    private static final String NO_SECRET = "none";

    private ClusterIdentity() {}

    /**
     * The cluster's id, made by the first node that asks.
     *
     * @param secret this node's {@code chorale.tokens.key-secret}
     * @throws StartRefusal where the nodes before were given another secret
     */
    public static String require(Connection connection, Optional<String> secret) throws SQLException {
        String id = idOf(connection);
        String check = check(id, secret.filter(text -> !text.isBlank()));
        if (!check.equals(keyCheckOf(connection, check))) {
            throw new StartRefusal("chorale.tokens.key-secret differs from that of the nodes which used this database before",
                "Give all nodes the same secret; if it was changed on purpose, stop them all and run"
                    + " \"update cluster_identity set key_check = null\" in the database");
        }
        return id;
    }

    private static String idOf(Connection connection) throws SQLException {
        var fresh = new byte[ID_BYTES];
        new SecureRandom().nextBytes(fresh);
        try (var statement = connection.prepareStatement(
                "insert into cluster_identity (id, cluster_id) values (1, ?) on conflict (id) do nothing")) {
            statement.setString(1, HexFormat.of().formatHex(fresh));
            statement.executeUpdate();
        }
        return read(connection, "select cluster_id from cluster_identity where id = 1");
    }

    /** Whoever is the first writes it. */
    private static String keyCheckOf(Connection connection, String check) throws SQLException {
        try (var statement = connection.prepareStatement("update cluster_identity set key_check = ? where id = 1 and key_check is null")) {
            statement.setString(1, check);
            statement.executeUpdate();
        }
        return read(connection, "select key_check from cluster_identity where id = 1");
    }

    private static String read(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Tells whether two secrets are equal, and nothing else about one of 32 random bytes. */
    private static String check(String id, Optional<String> secret) {
        if (secret.isEmpty()) {
            return NO_SECRET;
        }
        try {
            byte[] key = MessageDigest.getInstance("SHA-256").digest(("chorale key check\n" + secret.get()).getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
