package org.chorale.mergerequest;

import java.time.Instant;

/**
 * Something said about a merge request.
 *
 * @param number grows in the order in which comments were stored
 */
public record Comment(long number, Contributor author, String text, Instant at) {
    public String id() {
        return "n" + number;
    }
}
