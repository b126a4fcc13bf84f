package org.chorale.access.service;

import static org.chorale.problem.ProblemType.TOO_MANY_REQUESTS;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.Problem;
import org.chorale.session.SessionId;

/**
 * Makes guessing a session's password slow: after some wrong tries from one address, and after many from all together, each further one
 * has to wait twice as long. Kept in this node's memory; a right password forgets its address's tries.
 */
@ApplicationScoped
public class PasswordGuard {
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST_SHIFT = 30;

    private final Map<String, Tries> tries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > REMEMBERED;
        }
    };
    private Clock clock;
    private int free;
    private int freeOfSession;
    private Duration longest;

    private record Tries(int wrong, Instant blockedUntil) {}

    /** For the container, which then tells the clock and the configuration. */
    public PasswordGuard() {}

    PasswordGuard(Clock clock, int free, int freeOfSession, Duration longest) {
        this.clock = clock;
        this.free = free;
        this.freeOfSession = freeOfSession;
        this.longest = longest;
    }

    @Inject
    void configure(Clock present, AccessConfig config) {
        clock = present;
        free = config.passwordTries;
        freeOfSession = config.passwordSessionTries;
        longest = config.passwordLongestWait;
    }

    /**
     * Begins a try, which counts as a wrong one until it turns out to be {@link #right}: so many at once are as many as one after the
     * other.
     *
     * @throws CollaborationException {@code too-many-requests}, with the time to wait
     */
    public synchronized void begin(SessionId session, String address) {
        Instant now = clock.instant();
        for (String key : new String[] {of(session, address), of(session)}) {
            Instant until = tries.getOrDefault(key, new Tries(0, Instant.MIN)).blockedUntil();
            if (until.isAfter(now)) {
                throw new CollaborationException(new Problem(TOO_MANY_REQUESTS, "password (expected: a pause after wrong ones)",
                    Optional.of(Duration.between(now, until))));
            }
        }
        count(of(session, address), free);
        count(of(session), freeOfSession);
    }

    public synchronized void right(SessionId session, String address) {
        tries.remove(of(session, address));
        tries.computeIfPresent(of(session), (key, before) -> new Tries(Math.max(0, before.wrong() - 1), before.blockedUntil()));
    }

    /** Nobody had the time to look whether a try was right: it does not count. */
    public synchronized void takeBack(SessionId session, String address) {
        Instant now = clock.instant();
        for (String key : new String[] {of(session, address), of(session)}) {
            tries.computeIfPresent(key, (same, before) -> before.wrong() == 1 ? null : new Tries(before.wrong() - 1, now));
        }
    }

    private void count(String key, int freeTries) {
        Instant now = clock.instant();
        Tries before = tries.get(key);
        boolean forgotten = before == null || before.blockedUntil().plus(longest).isBefore(now);
        int wrong = forgotten ? 1 : before.wrong() + 1;
        Duration wait = wrong < freeTries ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(wrong - freeTries, LONGEST_SHIFT));
        tries.put(key, new Tries(wrong, now.plus(wait.compareTo(longest) > 0 ? longest : wait)));
    }

    private static String of(SessionId session, String address) {
        return session + " " + address;
    }

    private static String of(SessionId session) {
        return session.value();
    }
}
