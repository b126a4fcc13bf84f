package org.chorale.document;

/** Whether something is a member of a set; one that was taken out is still known. */
public record MemberCell(boolean on, Stamp stamp) {}
