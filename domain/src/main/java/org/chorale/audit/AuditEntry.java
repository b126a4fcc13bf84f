package org.chorale.audit;

/**
 * An event with its place in the server's one chain.
 *
 * @param number   from 1 on, without gaps
 * @param previous the hash of the entry before it; that of nothing for the first
 * @param hash     over all else, {@code previous} included
 */
public record AuditEntry(long number, AuditEvent event, String previous, String hash) {}
