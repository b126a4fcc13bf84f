package org.chorale.platform.start;

import static java.lang.System.Logger.Level.ERROR;

import java.util.function.IntConsumer;

/** Ends a server that must not start, before anybody comes: nothing is open yet that had to be closed. */
public final class Ending {
    /** The exit code for a wrong configuration, {@code EX_CONFIG}: starting again helps nothing. */
    public static final int WRONG_CONFIGURATION = 78;
    private static final System.Logger LOGGER = System.getLogger(Ending.class.getName());

    private final IntConsumer process;

    /** Ends the process at once: an orderly end would wait for the start that it comes from. */
    public Ending() {
        this(Runtime.getRuntime()::halt);
    }

    /** @param process is given the exit code */
    public Ending(IntConsumer process) {
        this.process = process;
    }

    public void because(StartRefusal refusal) {
        LOGGER.log(ERROR, () -> "Chorale does not start: " + refusal.getMessage());
        process.accept(WRONG_CONFIGURATION);
    }
}
