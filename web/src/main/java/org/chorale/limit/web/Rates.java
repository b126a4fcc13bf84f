package org.chorale.limit.web;

import static org.chorale.problem.ProblemType.TOO_MANY_REQUESTS;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.chorale.account.service.ClientAddresses;
import org.chorale.limit.RateLimit;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.Problem;

/** Counts what addresses, users and sessions do on this node, and says who has to wait. */
@ApplicationScoped
public class Rates {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    /** An entry takes some 150 bytes: all of the limits together stay below 15 MB, whoever comes. */
    private static final int MOST_KEYS = 10_000;

    @Inject
    private RateConfig config;
    private Rate joins;
    private Rate sessions;
    private Rate uploads;
    private Rate writes;
    private Rate sessionWrites;
    private Rate frames;
    private Rate sessionFrames;

    /** Somebody did something too often. */
    public static final class Exceeded extends CollaborationException {
        private static final long serialVersionUID = 1;

        Exceeded(Problem problem) {
            super(problem);
        }
    }

    private record Rate(String what, int most, RateLimit limit) {
        static Rate of(String what, int most) {
            return new Rate(what, most, new RateLimit(most, PERIOD, MOST_KEYS, System::nanoTime));
        }

        void take(String key) {
            Optional<Duration> wait = limit.take(key);
            if (wait.isPresent()) {
                throw new Exceeded(new Problem(TOO_MANY_REQUESTS, what + " (expected: at most " + most + " a minute)", wait));
            }
        }
    }

    @PostConstruct
    void prepare() {
        joins = Rate.of("joins from one address", config.joins);
        sessions = Rate.of("new sessions from one address", config.sessions);
        uploads = Rate.of("uploads of one user", config.uploads);
        writes = Rate.of("writing calls of one user", config.writes);
        sessionWrites = Rate.of("writing calls about one session", config.sessionWrites);
        frames = Rate.of("frames of one user", config.frames);
        sessionFrames = Rate.of("frames in one session", config.sessionFrames);
    }

    /**
     * Somebody new comes to a session.
     *
     * @throws Exceeded {@code too-many-requests}
     */
    public void join(String address) {
        joins.take(ClientAddresses.block(address));
    }

    /** A call that changes something. @param user empty for those who are not signed in: they are counted by their address */
    void write(Optional<String> user, String address, Optional<String> session, Counted.As as) {
        String who = user.orElseGet(() -> ClientAddresses.block(address));
        writes.take(who);
        session.ifPresent(sessionWrites::take);
        switch (as) {
            case SESSION -> sessions.take(ClientAddresses.block(address));
            case UPLOAD -> uploads.take(who);
            case WRITE -> { }
        }
    }

    /**
     * A frame that costs more than to pass it on.
     *
     * @throws Exceeded {@code too-many-requests}
     */
    public void frame(String userId, String session) {
        frames.take(userId);
        sessionFrames.take(session);
    }
}
