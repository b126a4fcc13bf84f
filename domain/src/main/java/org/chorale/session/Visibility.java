package org.chorale.session;

/** Who finds a session: its members and whom they invite, those who have its link, or everybody in the list of sessions. */
public enum Visibility { PRIVATE, LINK, PUBLIC }
