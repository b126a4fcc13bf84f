package org.chorale.session.service;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.chorale.session.SessionId;

/** Counts what the database keeps of a session. Reads every change's row: for its owner now and then, not for a dashboard each second. */
@Stateless
public class SessionMetricsService {
    @PersistenceContext
    private EntityManager entities;

    /**
     * What is stored.
     *
     * @param logCharacters the changes' JSON, in UTF-16 code units
     */
    public record Stored(long changes, long logCharacters, long chatMessages, long assets, long assetBytes) {}

    public Stored stored(SessionId session) {
        Object[] log = entities.createQuery("""
                select count(c), coalesce(sum(length(c.content)), 0) from ChangeEntity c, BranchEntity b
                where c.branchId = b.id and b.sessionId = :session""", Object[].class)
            .setParameter("session", session.value()).getSingleResult();
        Object[] archived = entities.createNamedQuery("segment.stored", Object[].class)
            .setParameter("session", session.value()).getSingleResult();
        long messages = entities.createNamedQuery("chat.count", Long.class).setParameter("session", session.value()).getSingleResult();
        Object[] assets = entities.createNamedQuery("asset.usage", Object[].class)
            .setParameter("session", session.value()).getSingleResult();
        return new Stored(number(log[0]) + number(archived[0]), number(log[1]) + number(archived[1]),
            messages, number(assets[0]), number(assets[1]));
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
