package org.chorale.document.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.chorale.document.Limits;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How large things may become; announced to clients in {@code welcome}. */
@Dependent
public class LimitsConfig {
    @Inject
    @ConfigProperty(name = "chorale.limits.frame-bytes", defaultValue = "4194304")
    public int frameBytes;
    @Inject
    @ConfigProperty(name = "chorale.limits.body-bytes", defaultValue = "65536")
    public int bodyBytes;
    @Inject
    @ConfigProperty(name = "chorale.limits.changes-per-frame", defaultValue = "100")
    public int changesPerFrame;
    @Inject
    @ConfigProperty(name = "chorale.limits.change-bytes", defaultValue = "262144")
    public int changeBytes;
    @Inject
    @ConfigProperty(name = "chorale.limits.awareness-bytes", defaultValue = "4096")
    public int awarenessBytes;
    @Inject
    @ConfigProperty(name = "chorale.limits.operations-per-change", defaultValue = "1000")
    public int operationsPerChange;
    @Inject
    @ConfigProperty(name = "chorale.limits.value-bytes", defaultValue = "65536")
    public int valueBytes;
    @Inject
    @ConfigProperty(name = "chorale.limits.value-depth", defaultValue = "16")
    public int valueDepth;
    @Inject
    @ConfigProperty(name = "chorale.limits.text-length", defaultValue = "1048576")
    public int textLength;
    @Inject
    @ConfigProperty(name = "chorale.limits.elements", defaultValue = "100000")
    public int elements;
    @Inject
    @ConfigProperty(name = "chorale.limits.tree-depth", defaultValue = "64")
    public int treeDepth;
    @Inject
    @ConfigProperty(name = "chorale.limits.names", defaultValue = "1000")
    public int names;
    @Inject
    @ConfigProperty(name = "chorale.limits.list-items", defaultValue = "10000")
    public int listItems;
    @Inject
    @ConfigProperty(name = "chorale.limits.set-members", defaultValue = "10000")
    public int setMembers;
    @Inject
    @ConfigProperty(name = "chorale.limits.candidates", defaultValue = "16")
    public int candidates;
    @Inject
    @ConfigProperty(name = "chorale.limits.chat-length", defaultValue = "2000")
    public int chatLength;
    @Inject
    @ConfigProperty(name = "chorale.limits.locks", defaultValue = "100")
    public int locks;
    @Inject
    @ConfigProperty(name = "chorale.limits.lease", defaultValue = "PT5M")
    public Duration lease;

    /** What the log's column holds of a change, in UTF-16 code units. */
    static final int STORED_CHANGE_LENGTH = 1024 * 1024;
    // Leaves room for the notes, siblings and order keys that the server adds.
    private static final int MAX_CHANGE_BYTES = 512 * 1024;
    private static final int MAX_OPERATIONS_PER_CHANGE = 2_000;

    /**
     * Those that the document itself enforces.
     *
     * @throws IllegalArgumentException when a change could be allowed that the log cannot store
     */
    public Limits ofDocument() {
        requireAtMost("change-bytes", changeBytes, MAX_CHANGE_BYTES);
        requireAtMost("operations-per-change", operationsPerChange, MAX_OPERATIONS_PER_CHANGE);
        return new Limits(operationsPerChange, valueBytes, valueDepth, textLength, elements, treeDepth, names, listItems, setMembers,
            candidates);
    }

    private static void requireAtMost(String name, int value, int max) {
        if (value > max) {
            throw new IllegalArgumentException("chorale.limits." + name + ": " + value + " (expected: at most " + max + ")");
        }
    }
}
