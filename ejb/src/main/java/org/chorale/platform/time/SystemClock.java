package org.chorale.platform.time;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.chorale.cluster.service.ClusterConfig;

/** The clock that services are given: this machine's on a lone node, the database's on one of several. Tests give them another one. */
@ApplicationScoped
public class SystemClock {
    private static final System.Logger LOGGER = System.getLogger(SystemClock.class.getName());

    @Inject
    private ClusterConfig config;
    @Resource(lookup = "jdbc/chorale")
    private DataSource dataSource;
    private Optional<DatabaseClock> shared = Optional.empty();
    private volatile Thread looking;

    @PostConstruct
    void start() {
        if (config.isOneOfSeveral()) {
            shared = Optional.of(new DatabaseClock(Clock.systemUTC(), System::nanoTime));
            looking = Thread.ofPlatform().daemon().name("chorale-clock").start(this::lookAgainAndAgain);
        }
    }

    @PreDestroy
    void stop() {
        Thread thread = looking;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Produces
    Clock clock() {
        return shared.map(Clock.class::cast).orElseGet(Clock::systemUTC);
    }

    /** Asks the database what time it is, where that is this node's time. */
    public void look() throws SQLException {
        if (shared.isPresent()) {
            try (Connection connection = dataSource.getConnection()) {
                shared.get().looked(DatabaseTime.ask(connection));
            }
        }
    }

    private void lookAgainAndAgain() {
        try {
            while (true) {
                Thread.sleep(config.pollInterval);
                lookIfPossible();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();              // the server stops
        }
    }

    /** While the database is away nothing is decided that needs its time: the clock counts on by itself. */
    private void lookIfPossible() {
        try {
            look();
        } catch (SQLException | RuntimeException e) {
            LOGGER.log(DEBUG, () -> "the database does not say what time it is: " + e.getMessage());
        }
    }
}
