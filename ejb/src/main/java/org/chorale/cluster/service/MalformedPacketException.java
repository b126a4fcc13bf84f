package org.chorale.cluster.service;

/** What came over the bus is nothing that a node sends. The message says what is wrong with it, without its content. */
final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedPacketException(String message) {
        super(message);
    }
}
