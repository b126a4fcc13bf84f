package org.chorale.access.web;

import org.chorale.access.SessionAccess;
import org.chorale.session.SessionId;

/** Who may do what in a session is something else now, and committed; an event, for whoever relies on it. */
public record AccessChange(SessionId session, SessionAccess access) {}
