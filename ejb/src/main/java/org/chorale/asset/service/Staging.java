package org.chorale.asset.service;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.TOO_SLOW;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.chorale.asset.Asset;
import org.chorale.asset.AssetContent;
import org.chorale.asset.AssetId;
import org.chorale.asset.AssetLimits;
import org.chorale.asset.AssetName;
import org.chorale.asset.AssetStore;
import org.chorale.asset.AssetUsage;

/** One upload on its way into the store. Of one thread. */
final class Staging {
    private final AssetStore store;
    private final AssetId id;
    private final Upload upload;
    private final AssetLimits limits;
    private final Clock clock;
    private final Instant deadline;
    private final MessageDigest digest = sha256();
    private final byte[] buffer = new byte[AssetStore.CHUNK_LENGTH];

    /** What the session keeps without this one. */
    private AssetUsage usage;
    private OptionalLong claimed = OptionalLong.empty();
    private long size;
    private int chunks;

    Staging(AssetStore store, AssetId id, Upload upload, AssetLimits limits, Clock clock, Instant deadline) {
        this.store = store;
        this.id = id;
        this.upload = upload;
        this.limits = limits;
        this.clock = clock;
        this.deadline = deadline;
    }

    /** Reads to the end; what is not what it should be is refused as early as that shows. */
    void read() {
        for (byte[] chunk = next(); chunk.length > 0; chunk = next()) {
            size += chunk.length;
            limits.requireSize(size);
            if (chunks == 0) {
                begin(Arrays.copyOf(chunk, Math.min(chunk.length, AssetContent.HEAD_LENGTH)));
            }
            digest.update(chunk);
            // Where there is no room it may still be something that is there already: only its hash tells.
            if (limits.hasRoom(usage, size)) {
                store.append(id, chunks, chunk);
            }
            chunks++;
        }
        requireWhole();
    }

    private void begin(byte[] head) {
        claimed = AssetContent.requireBeginning(upload.type(), head);
        claimed.ifPresent(limits::requireSize);
        store.begin(id, upload.session(), upload.type(), AssetName.clean(upload.name(), upload.type()), clock.instant());
        usage = store.usage(upload.session());
    }

    Asset publish() {
        String hash = HexFormat.of().formatHex(digest.digest());
        return store.withContent(upload.session(), hash).orElseGet(() -> {
            limits.requireRoom(usage, size);
            return store.publish(id, upload.session(), size, hash, limits, clock.instant());
        });
    }

    /** As much as fills a chunk, or all that is left; nothing at the end. */
    private byte[] next() {
        int filled = 0;
        try {
            for (int read = 0; read >= 0 && filled < buffer.length; filled += Math.max(read, 0)) {
                read = upload.body().read(buffer, filled, buffer.length - filled);
                requireInTime();
            }
        } catch (IOException e) {
            throw brokeOff();
        }
        return Arrays.copyOf(buffer, filled);
    }

    private void requireWhole() {
        if (size == 0) {
            AssetContent.requireBeginning(upload.type(), new byte[0]);
        }
        if (upload.announced().isPresent() && upload.announced().getAsLong() != size) {
            throw brokeOff();
        }
        AssetContent.requireLength(upload.type(), claimed, size);
    }

    private RuntimeException brokeOff() {
        return INVALID_REQUEST.because("request body ended after " + size + " bytes"
            + (upload.announced().isPresent() ? " (expected: the " + upload.announced().getAsLong() + " of Content-Length)" : ""));
    }

    private void requireInTime() {
        if (clock.instant().isAfter(deadline)) {
            throw TOO_SLOW.because("request body: " + size + " bytes so far (expected: all of them within chorale.assets.upload-timeout)");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
