package org.chorale.document.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs when the test says so. */
final class ByHand implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
