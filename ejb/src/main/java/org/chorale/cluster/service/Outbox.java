package org.chorale.cluster.service;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.chorale.cluster.Topic;

/** What waits to be sent, bounded: where there is too much the oldest goes. Publishers never wait for it; one thread takes from it. */
final class Outbox {
    /** Topic and body of a message of this node. */
    record Letter(Topic topic, String body) {
        int size() {
            return topic.name().length() + body.length();
        }
    }

    private final int mostLetters;
    private final long mostCharacters;
    private final Deque<Letter> letters = new ArrayDeque<>();
    private long characters;
    private boolean closed;

    Outbox(int mostLetters, long mostCharacters) {
        this.mostLetters = mostLetters;
        this.mostCharacters = mostCharacters;
    }

    /** Returns how many older letters had to go for this one. */
    synchronized int add(Letter letter) {
        int dropped = 0;
        while (!letters.isEmpty() && (letters.size() >= mostLetters || characters + letter.size() > mostCharacters)) {
            characters -= letters.removeFirst().size();
            dropped++;
        }
        letters.addLast(letter);
        characters += letter.size();
        notifyAll();
        return dropped;
    }

    /** Waits for letters and takes them in their order: one at least, and more as long as they are no longer than that together. Empty when closed. */
    synchronized List<Letter> take(long togetherAtMost) throws InterruptedException {
        while (letters.isEmpty() && !closed) {
            wait();
        }
        var taken = new ArrayList<Letter>();
        long together = 0;
        while (!letters.isEmpty() && !closed && (taken.isEmpty() || together + letters.getFirst().size() <= togetherAtMost)) {
            Letter letter = letters.removeFirst();
            characters -= letter.size();
            together += letter.size();
            taken.add(letter);
        }
        return taken;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
