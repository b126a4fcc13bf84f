package org.chorale.session.service;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chorale.session.SessionId;

/** By which a node finds out that another one changed something about a session. */
@Stateless
public class SessionVersions {
    private static final int AT_ONCE = 500;

    @PersistenceContext
    private EntityManager entities;

    /**
     * @param settings grows when the session's settings change, or it ends or begins again
     * @param access   grows when somebody else may do something else
     */
    public record Version(long settings, long access) {}

    /** Those of the sessions that there are. */
    public Map<SessionId, Version> of(Collection<SessionId> sessions) {
        List<String> all = sessions.stream().map(SessionId::value).toList();
        var versions = new HashMap<SessionId, Version>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            entities.createNamedQuery("session.versions", Object[].class)
                .setParameter("ids", all.subList(from, Math.min(from + AT_ONCE, all.size()))).getResultStream()
                .forEach(row -> versions.put(new SessionId((String) row[0]), new Version((Long) row[1], row[2] == null ? 0 : (Long) row[2])));
        }
        return versions;
    }
}
