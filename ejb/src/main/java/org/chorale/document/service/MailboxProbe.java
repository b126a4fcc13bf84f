package org.chorale.document.service;

/** Hears what mailboxes do, for those who watch the server. Must be quick: it is called on the hot path. */
public interface MailboxProbe {
    MailboxProbe NONE = new MailboxProbe() {};

    /** One transaction stored so many changes of so many operations; it took so long. */
    default void committed(int changes, int operations, long nanos) {}

    /** Something was not taken: a change that was refused, by the slug of its problem. */
    default void refused(String slug) {}

    default void conflicts(int detected, int resolved) {}

    /** What waits in a mailbox when it takes the next batch. */
    default void queued(int letters) {}
}
