package org.chorale.account.service;

import jakarta.ejb.ApplicationException;

/** Somebody else made the same row at the same moment: whoever tries again finds it. */
@ApplicationException(rollback = true)
public class Overtaken extends RuntimeException {
    Overtaken(Throwable cause) {
        super("the row is there already", cause);
    }
}
