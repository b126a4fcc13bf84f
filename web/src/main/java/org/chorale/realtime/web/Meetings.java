package org.chorale.realtime.web;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import org.chorale.account.service.AccountConfig;
import org.chorale.account.service.AcquaintanceService;
import org.chorale.session.Participant;
import org.chorale.session.SessionId;
import org.chorale.session.service.GuestIds;

/**
 * Remembers who met whom, behind the back of those who come: nobody waits for it, and where it fails they only have to find each other
 * by other ways.
 */
@ApplicationScoped
public class Meetings {
    private static final System.Logger LOGGER = System.getLogger(Meetings.class.getName());

    @EJB
    private AcquaintanceService acquaintances;
    @Inject
    private AccountConfig config;
    @Resource
    private ManagedExecutorService executor;

    /** Somebody with an account came to a session where these are. */
    void came(SessionId session, String userId, Collection<Participant> present) {
        List<String> others = present.stream().map(Participant::userId).filter(each -> !each.equals(userId) && !GuestIds.isGuest(each))
            .distinct().limit(config.recentPeople).toList();
        if (!others.isEmpty()) {
            executor.execute(() -> others.forEach(other -> note(session, userId, other)));
        }
    }

    private void note(SessionId session, String userId, String other) {
        try {
            acquaintances.met(session, userId, other);
        } catch (RuntimeException e) {
            LOGGER.log(DEBUG, () -> "session=%s: that %s met %s is not remembered: %s".formatted(session, userId, other, e));
        }
    }
}
