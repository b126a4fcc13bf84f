package org.chorale.document.service;

/**
 * Whether other nodes extend a branch so often that holding its row from the beginning is cheaper than deciding for nothing: after a lost
 * race, until a number of transactions in a row met nobody.
 */
final class Contention {
    private static final int CALM = 32;

    private int left;

    boolean isExpected() {
        return left > 0;
    }

    /** Another node had, or had not, extended the branch. */
    void met(boolean another) {
        left = another ? CALM : Math.max(0, left - 1);
    }
}
