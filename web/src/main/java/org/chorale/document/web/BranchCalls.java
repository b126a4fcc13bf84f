package org.chorale.document.web;

import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.STORAGE_UNAVAILABLE;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.chorale.access.service.AccessDirectory;
import org.chorale.document.Author;
import org.chorale.document.service.BranchView;
import org.chorale.document.service.Branches;
import org.chorale.document.service.Outcome;
import org.chorale.document.service.Submission;
import org.chorale.problem.CollaborationException;
import org.chorale.session.BranchId;

/**
 * Asks mailboxes and answers HTTP. No request's thread waits for a mailbox, and no mailbox's thread writes an answer: what comes after
 * one of these stages runs on a thread of its own.
 */
@ApplicationScoped
public class BranchCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    private Clock clock;
    @Inject
    private Branches branches;
    @Inject
    private AccessDirectory access;
    @Resource
    private ManagedExecutorService executor;

    /**
     * Whoever takes no part in the session is told nothing about it: not what is there already, nor how far it is.
     *
     * @throws CollaborationException {@code forbidden}
     */
    public void requireTakesPart(BranchId branch, Author author) {
        if (access.of(branch.session()).roleOf(author.userId(), clock.instant()).isEmpty()) {
            throw FORBIDDEN.because("user (expected: a member of the session)");
        }
    }

    /** What a visitor finds out about a branch, or does to its locks, between two commits. Problems that it throws are the answer. */
    public <T> CompletionStage<T> visit(BranchId branch, Function<BranchView, T> visitor) {
        var answer = new CompletableFuture<T>();
        branches.visit(branch, view -> {
            try {
                answer.complete(visitor.apply(view));
            } catch (CollaborationException e) {
                answer.completeExceptionally(e);        // thrown further it would count as the mailbox's own failure
            }
        }, problem -> answer.completeExceptionally(new CollaborationException(problem)));
        return inTime(answer);
    }

    /** What became of requests: in order, up to and including the first refusal. */
    public CompletionStage<List<Outcome>> submit(BranchId branch, Author author, List<? extends Submission.Request> requests) {
        var answer = new CompletableFuture<List<Outcome>>();
        branches.submit(branch, new Submission(author, requests, answer::complete));
        return inTime(answer);
    }

    private <T> CompletionStage<T> inTime(CompletableFuture<T> answer) {
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).handleAsync((result, failure) -> switch (failure) {
            case null -> result;
            case TimeoutException late -> throw STORAGE_UNAVAILABLE.because("No answer within " + PATIENCE.toSeconds()
                + " s. What was sent may be stored nevertheless: repeat it with the same Idempotency-Key or changeId.");
            case CollaborationException expected -> throw expected;
            default -> throw new CompletionException(failure);
        }, executor);
    }
}
