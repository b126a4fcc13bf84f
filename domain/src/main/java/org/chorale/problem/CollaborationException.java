package org.chorale.problem;

/** A use case that cannot be carried out, for a reason the caller is told. */
public class CollaborationException extends RuntimeException {
    private final transient Problem problem;

    public CollaborationException(Problem problem) {
        super(problem.type().slug() + ": " + problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
