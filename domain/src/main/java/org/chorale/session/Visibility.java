package org.chorale.session;

/** Who finds a session: everybody in the list of sessions, or those who have its link. */
public enum Visibility { LINK, PUBLIC }
