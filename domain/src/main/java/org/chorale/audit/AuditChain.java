package org.chorale.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The chain of audit entries: each one's hash covers that of the one before it, so that no entry is changed, taken out or moved unseen. */
public final class AuditChain {
    /** What stands before the first entry. */
    public static final String BEGINNING = "0".repeat(64);

    private AuditChain() {}

    /** The entry that follows. */
    public static AuditEntry next(long lastNumber, String lastHash, AuditEvent event) {
        long number = lastNumber + 1;
        return new AuditEntry(number, event, lastHash, hash(number, event, lastHash));
    }

    private static String hash(long number, AuditEvent event, String previous) {
        var text = new StringBuilder();
        for (String field : List.of(previous, Long.toString(number), event.sessionId(), Long.toString(event.at().toEpochMilli()),
            event.actor(),
                event.action(), event.subject(), event.detail())) {
            text.append(field.length()).append(':').append(field);      // with lengths, so that no two events read alike
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Checks entries as they are read, in the order of their numbers. */
    public static final class Verification {
        private long number;
        private String hash = BEGINNING;
        private Optional<String> fault = Optional.empty();

        /** Looks at the next entry; the first fault stays. */
        public void look(AuditEntry entry) {
            if (fault.isPresent()) {
                return;
            }
            long expected = number + 1;
            if (entry.number() != expected) {
                fault = Optional.of("entry " + expected + " is missing");
            } else if (!entry.previous().equals(hash)) {
                fault = Optional.of("entry " + expected + " does not follow the one before it");
            } else if (!entry.hash().equals(hash(entry.number(), entry.event(), entry.previous()))) {
                fault = Optional.of("entry " + expected + " was changed");
            }
            number = entry.number();
            hash = entry.hash();
        }

        /**
         * What is wrong with the chain; empty where nothing is.
         *
         * @param lastNumber and
         * @param lastHash   what is written down as the newest entry: so its loss is noticed too
         */
        public Optional<String> fault(long lastNumber, String lastHash) {
            return fault.isPresent() || number == lastNumber && hash.equals(lastHash) ? fault
                : Optional.of("the newest entry is " + number + " (expected: " + lastNumber + ")");
        }
    }
}
