package org.chorale.session.web;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.chorale.session.SessionId;
import org.chorale.session.service.UserNames;

/** Keeps what people call themselves, for the history. Where that fails, it says less: nobody is kept from anything by it. */
@ApplicationScoped
public class KnownNames {
    private static final System.Logger LOGGER = System.getLogger(KnownNames.class.getName());
    private static final int REMEMBERED = 20_000;

    private final Map<Somebody, String> noted = new ConcurrentHashMap<>();

    @EJB
    private UserNames names;
    @Resource
    private ManagedExecutorService executor;

    private record Somebody(SessionId session, String userId) {}

    /** Somebody came to a session; whoever waits for them does not wait for this. */
    public void came(SessionId session, String userId, String name) {
        if (isNews(session, userId, name)) {
            executor.execute(() -> note(session, userId, name));
        }
    }

    /** Somebody is about to write something: from now on their name can be read. */
    public void writes(SessionId session, Caller caller) {
        if (isNews(session, caller.userId(), caller.name())) {
            note(session, caller.userId(), caller.name());
        }
    }

    private boolean isNews(SessionId session, String userId, String name) {
        return !name.equals(noted.get(new Somebody(session, userId)));
    }

    private void note(SessionId session, String userId, String name) {
        try {
            names.note(session, userId, name);
            if (noted.size() >= REMEMBERED) {
                noted.clear();
            }
            noted.put(new Somebody(session, userId), name);
        } catch (RuntimeException e) {
            LOGGER.log(DEBUG, () -> "session=%s: the name of %s is not kept: %s".formatted(session, userId, e));
        }
    }
}
