package org.chorale.access.service;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.chorale.access.SessionAccess;
import org.chorale.session.AccessSource;
import org.chorale.session.SessionId;

/**
 * Who may do what in which session, for whoever asks often: read again only where its version says that something changed, by this node
 * or another. Asking costs one look at a primary key.
 */
@ApplicationScoped
public class AccessDirectory implements AccessSource {
    private static final int REMEMBERED = 1_000;

    @EJB
    private AccessRows rows;
    private final Map<SessionId, SessionAccess> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, SessionAccess> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Of a session that there is; one that there is not is like one where nobody said anything. */
    @Override
    public SessionAccess of(SessionId session) {
        OptionalLong version = rows.version(session);
        if (version.isEmpty()) {
            return SessionAccess.OPEN;
        }
        synchronized (known) {
            SessionAccess present = known.get(session);
            if (present != null && present.written().version() == version.getAsLong()) {
                return present;
            }
        }
        SessionAccess fresh = rows.load(session);
        synchronized (known) {
            known.put(session, fresh);
        }
        return fresh;
    }
}
