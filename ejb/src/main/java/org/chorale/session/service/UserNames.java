package org.chorale.session.service;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.session.SessionId;
import org.chorale.session.store.UserNameEntity;

/** What people called themselves in a session the last time, for whoever reads its history when they are gone. */
@Stateless
public class UserNames {
    /** Databases take no list of any length. */
    private static final int ASKED_AT_ONCE = 500;

    @PersistenceContext
    private EntityManager entities;

    /** What somebody is called in a session. */
    public record Known(String sessionId, String name) {}

    /**
     * Remembers a name; where it is known already nothing is written. Somebody who was erased meanwhile stays nameless.
     *
     * @throws RuntimeException where somebody else wrote the same one's at the same time: then it need not be repeated
     */
    public void note(SessionId session, String userId, String name) {
        UserNameEntity present = entities.find(UserNameEntity.class, new UserNameEntity.Key(session, userId));
        boolean differs = present == null || !present.name().equals(name);
        if (!differs || isErased(userId)) {
            return;
        }
        if (present == null) {
            entities.persist(new UserNameEntity(session, userId, name));
        } else {
            present.rename(name);
        }
    }

    private boolean isErased(String userId) {
        return entities.createNamedQuery("account.erased", Long.class).setParameter("user", userId).getSingleResult() > 0;
    }

    /** The names of those who have one, by userId. */
    public Map<String, String> of(SessionId session, Collection<String> userIds) {
        var names = new HashMap<String, String>();
        var asked = new ArrayList<>(userIds);
        for (int from = 0; from < asked.size(); from += ASKED_AT_ONCE) {
            List<String> some = asked.subList(from, Math.min(from + ASKED_AT_ONCE, asked.size()));
            entities.createNamedQuery("userName.ofSession", UserNameEntity.class)
                .setParameter("session", session.value()).setParameter("users", some)
                .getResultStream().forEach(entity -> names.put(entity.userId(), entity.name()));
        }
        return names;
    }

    public Optional<String> of(SessionId session, String userId) {
        return Optional.ofNullable(entities.find(UserNameEntity.class, new UserNameEntity.Key(session, userId))).map(UserNameEntity::name);
    }

    /** What somebody is called in each session that remembers them. */
    public List<Known> ofUser(String userId) {
        return entities.createNamedQuery("userName.ofUser", UserNameEntity.class).setParameter("user", userId).getResultStream()
            .map(entity -> new Known(entity.sessionId(), entity.name())).toList();
    }
}
