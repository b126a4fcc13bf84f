package org.chorale.platform.time;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.chorale.platform.start.StartRefusal;

/** Asks a PostgreSQL what time it is. */
public final class DatabaseTime {
    private static final String QUESTION = "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";
    private static final long MICROS = 1_000_000;

    /**
     * What the database said.
     *
     * @param middleNanos {@code System.nanoTime} in the middle of the question
     * @param took how long the answer took: the time is as exact as half of it
     */
    record Answer(Instant time, long middleNanos, Duration took) {}

    private DatabaseTime() {}

    static Answer ask(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(QUESTION)) {
            long begin = System.nanoTime();
            try (var row = statement.executeQuery()) {
                long end = System.nanoTime();
                row.next();
                long micros = row.getLong(1);
                Instant time = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
                return new Answer(time, begin + (end - begin) / 2, Duration.ofNanos(end - begin));
            }
        }
    }

    /**
     * Requires that a machine's clock is about right.
     *
     * @throws StartRefusal where it is further from the database's than that
     */
    public static void requireSmallSkew(Connection connection, Clock machine, Duration largest) throws SQLException {
        Answer answer = ask(connection);
        Duration skew = Duration.between(answer.time(), machine.instant());
        if (skew.abs().minus(answer.took()).compareTo(largest) > 0) {
            throw new StartRefusal("this machine's clock is %d s %s the database's (chorale.cluster.max-clock-skew: %s)"
                .formatted(skew.abs().toSeconds(), skew.isNegative() ? "behind" : "ahead of", largest), "Set it right, by NTP for example");
        }
    }
}
