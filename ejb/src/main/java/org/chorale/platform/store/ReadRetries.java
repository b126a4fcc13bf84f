package org.chorale.platform.store;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * Keeps the persistence provider from asking a dead connection again: EclipseLink tries each read three times, five seconds apart, while
 * people wait whom a quick refusal would help more, and longer than the database is away.
 */
@Stateless
public class ReadRetries {
    private static final System.Logger LOGGER = System.getLogger(ReadRetries.class.getName());

    @PersistenceContext
    private EntityManager entities;

    /** There is no property for it, and the provider's own classes are not the application's to see: hence by name. */
    public void turnOff() {
        try {
            Object session = get(entities.getDelegate(), "getServerSession");
            Object login = get(session, "getLogin");
            login.getClass().getMethod("setQueryRetryAttemptCount", int.class).invoke(login, 0);
        } catch (ReflectiveOperationException e) {
            LOGGER.log(WARNING, () -> "a database that goes away will be noticed late: " + e);
        }
    }

    private static Object get(Object owner, String method) throws ReflectiveOperationException {
        return owner.getClass().getMethod(method).invoke(owner);
    }
}
