package org.chorale.account.service;

import java.time.Instant;
import java.util.List;

/** Where signing keys are kept; in tests that is memory. */
public interface SigningKeyStore {
    List<StoredKey> all();

    void add(StoredKey key);

    void deleteOlderThan(Instant before);

    /** @param content the private JWK, sealed or not */
    record StoredKey(String kid, String content, Instant createdAt) {
        @Override
        public String toString() {
            return "StoredKey[" + kid + "]";
        }
    }
}
