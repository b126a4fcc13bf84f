package org.chorale.session.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Optional;
import org.chorale.chat.ChatAuthor;
import org.chorale.document.Author;
import org.chorale.lock.LockHolder;
import org.chorale.session.service.Secrets;

/**
 * Who makes a call. They sit at no seat: what they write comes from the participant {@code api}, whom nobody sees.
 *
 * @param key by which the call is known should it come again; made of the caller's {@code Idempotency-Key}
 */
public record Caller(String userId, String name, Optional<String> key) {
    private static final String PARTICIPANT = "api";
    private static final int MAX_KEY_LENGTH = 128;
    private static final int DERIVED_LENGTH = 40;

    /** @param call what is called: the same key means another thing elsewhere */
    static Caller of(String userId, String name, Optional<String> idempotencyKey, String call) {
        return new Caller(userId, name, idempotencyKey.map(key -> derive(requireKey(key), userId, call)));
    }

    private static String requireKey(String key) {
        boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || !visible) {
            throw INVALID_REQUEST.because("Idempotency-Key of length " + key.length() + " (expected: 1 to " + MAX_KEY_LENGTH
                + " visible ASCII characters)");
        }
        return key;
    }

    private static String derive(String key, String userId, String call) {
        return "i-" + Secrets.hash(key + "\n" + userId + "\n" + call).substring(0, DERIVED_LENGTH);
    }

    public Author author() {
        return new Author(userId, PARTICIPANT);
    }

    public ChatAuthor chatAuthor() {
        return new ChatAuthor(userId, PARTICIPANT, name);
    }

    /** Each user holds locks of their own, so that the number of them is counted for each. */
    public LockHolder lockHolder() {
        return new LockHolder(PARTICIPANT + "-" + userId, userId, name);
    }
}
