package org.chorale.account.service;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps signing keys from those who read the database, or a backup of it: AES-256-GCM under a secret that is not in the database. Without
 * a secret nothing is sealed.
 */
final class KeySealing {
    private static final String SEALED = "sealed:";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Optional<SecretKeySpec> key;

    /** @param secret at least 32 random bytes, written in any way */
    KeySealing(Optional<String> secret) {
        key = secret.filter(text -> !text.isBlank()).map(KeySealing::keyOf);
    }

    private static SecretKeySpec keyOf(String secret) {
        try {
            byte[] bytes = ("chorale signing keys\n" + secret).getBytes(StandardCharsets.UTF_8);
            return new SecretKeySpec(MessageDigest.getInstance("SHA-256").digest(bytes), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @param kid the key's name; what is sealed opens under no other */
    String seal(String kid, String content) {
        return key.map(sealing -> {
            byte[] nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            try {
                byte[] sealed = cipher(Cipher.ENCRYPT_MODE, sealing, nonce, kid).doFinal(content.getBytes(StandardCharsets.UTF_8));
                byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
                System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
                return SEALED + Base64.getEncoder().encodeToString(all);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + CIPHER, e);
            }
        }).orElse(content);
    }

    /** The content; empty where it was sealed with another secret, or tampered with. */
    Optional<String> open(String kid, String stored) {
        if (!stored.startsWith(SEALED)) {
            return Optional.of(stored);
        }
        return key.flatMap(sealing -> {
            try {
                byte[] all = Base64.getDecoder().decode(stored.substring(SEALED.length()));
                byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
                byte[] content = cipher(Cipher.DECRYPT_MODE, sealing, nonce, kid).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
                return Optional.of(new String(content, StandardCharsets.UTF_8));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String kid) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(kid.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
