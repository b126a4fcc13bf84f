package org.chorale.mergerequest;

/** What a reviewer found. Public names. */
public enum Verdict { APPROVED, CHANGES_REQUESTED }
