package org.chorale.document;

/**
 * How a branch was when somebody decided what comes next.
 *
 * @param head  its newest revision; 0 for a branch without changes
 * @param locks how often locks on its elements were taken, prolonged or given free
 */
public record BranchState(long head, long locks) {
    /** Of a branch on which nobody ever locked anything. */
    public static BranchState at(long head) {
        return new BranchState(head, 0);
    }
}
