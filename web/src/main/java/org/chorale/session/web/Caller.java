package org.chorale.session.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import java.util.Optional;
import org.chorale.chat.ChatAuthor;
import org.chorale.document.Author;
import org.chorale.document.codec.Fields;
import org.chorale.lock.LockHolder;
import org.chorale.platform.web.Requests;
import org.chorale.session.Guest;
import org.chorale.session.service.GuestIds;
import org.chorale.session.service.Secrets;

/**
 * Who makes a call. They sit at no seat: what they write comes from the participant {@code api}, whom nobody sees.
 *
 * @param key by which the call is known should it come again; made of the caller's {@code Idempotency-Key}
 */
public record Caller(Guest guest, String userId, Optional<String> key) {
    /** Who makes a call whose body is no JSON: the guest as JSON, in ASCII by JSON's own escapes. */
    public static final String GUEST_HEADER = "Chorale-Guest";

    private static final String PARTICIPANT = "api";
    private static final int MAX_KEY_LENGTH = 128;
    private static final int DERIVED_LENGTH = 40;

    /**
     * Reads who calls.
     *
     * @param body           with {@code guest {name, color, secret?}}
     * @param idempotencyKey the header, or null
     * @param call           what is called: the same key means another thing elsewhere
     */
    public static Caller read(Fields body, String idempotencyKey, String call) {
        if (body.optional("guest").isEmpty()) {
            throw UNAUTHENTICATED.because("body.guest (expected: {name, color, secret?})");
        }
        Fields fields = body.object("guest");
        fields.requireOnly("name", "color", "secret");
        Guest guest = guest(fields);
        String userId = GuestIds.userId(guest);
        return new Caller(guest, userId, Optional.ofNullable(idempotencyKey).map(key -> derive(requireKey(key, guest), userId, call)));
    }

    /** Reads who calls from {@link #GUEST_HEADER}; null where there is none. */
    public static Caller readHeader(String header) {
        if (header == null) {
            throw UNAUTHENTICATED.because(GUEST_HEADER + " (expected: {name, color, secret?} as JSON)");
        }
        Guest guest = guest(Requests.object(GUEST_HEADER, header, "name", "color", "secret"));
        return new Caller(guest, GuestIds.userId(guest), Optional.empty());
    }

    private static Guest guest(Fields fields) {
        return new Guest(fields.text("name"), fields.text("color"), fields.optionalText("secret"));
    }

    private static String requireKey(String key, Guest guest) {
        boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || !visible) {
            throw INVALID_REQUEST.because("Idempotency-Key of length " + key.length() + " (expected: 1 to " + MAX_KEY_LENGTH
                + " visible ASCII characters)");
        }
        if (guest.secret().isEmpty()) {
            throw INVALID_REQUEST.because("Idempotency-Key (expected: a guest.secret with it, by which the same user is known again)");
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
        return new ChatAuthor(userId, PARTICIPANT, guest.name());
    }

    /** Each user holds locks of their own, so that the number of them is counted for each. */
    public LockHolder lockHolder() {
        return new LockHolder(PARTICIPANT + "-" + userId, userId, guest.name());
    }
}
