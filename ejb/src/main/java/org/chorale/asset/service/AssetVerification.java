package org.chorale.asset.service;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.chorale.asset.Asset;
import org.chorale.asset.AssetStore;
import org.chorale.asset.store.StoredAssets;

/** Looks whether assets' bytes are those that were stored. Changes nothing. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AssetVerification {
    private static final int ASSETS_AT_ONCE = 100;

    @EJB
    private StoredAssets assets;
    @Inject
    private AssetStore store;

    /**
     * Reads assets and compares their bytes with the size and the SHA-256 that they were published with.
     *
     * @param all   to read all of them; otherwise a hundred, which is a sample since ids are random
     * @param fault is told each that is not what it was
     * @return how many were read
     */
    public long verify(boolean all, Consumer<String> fault) {
        long read = 0;
        List<Asset> some = assets.after("", ASSETS_AT_ONCE);
        while (!some.isEmpty()) {
            some.forEach(asset -> verify(asset).ifPresent(fault));
            read += some.size();
            some = all ? assets.after(some.getLast().id().value(), ASSETS_AT_ONCE) : List.of();
        }
        return read;
    }

    private Optional<String> verify(Asset asset) {
        MessageDigest digest = sha256();
        long bytes = 0;
        int chunk = 0;
        try {
            for (Optional<byte[]> next = store.chunk(asset.id(), chunk); next.isPresent(); next = store.chunk(asset.id(), ++chunk)) {
                digest.update(next.get());
                bytes += next.get().length;
            }
        } catch (IllegalArgumentException e) {
            return Optional.of("asset %s: chunk %d cannot be read".formatted(asset.id(), chunk));
        }
        if (bytes != asset.size()) {
            return Optional.of("asset %s: %d bytes (expected: %d)".formatted(asset.id(), bytes, asset.size()));
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        return hash.equals(asset.sha256()) ? Optional.empty() : Optional.of("asset %s: its bytes were changed".formatted(asset.id()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);             // every JDK has it
        }
    }
}
