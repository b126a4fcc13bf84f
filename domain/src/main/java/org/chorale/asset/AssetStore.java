package org.chorale.asset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chorale.session.SessionId;

/**
 * The assets of sessions: port to the database. An asset comes in chunks, each stored by itself, and nobody sees it before
 * {@link #publish}. Every method may throw when the database cannot be reached.
 */
public interface AssetStore {
    /** What a chunk holds, in bytes; the last one may hold less. */
    int CHUNK_LENGTH = 256 * 1024;

    /**
     * Begins an asset.
     *
     * @throws org.chorale.problem.CollaborationException {@code session-not-found}, {@code session-closed}
     */
    void begin(AssetId id, SessionId session, AssetType type, String name, Instant at);

    /** Adds to an asset that was begun; chunks are numbered from 0. */
    void append(AssetId id, int chunk, byte[] bytes);

    /**
     * Makes an asset visible whose chunks are all there. Of two with the same bytes in one session the first one stays: it is the answer,
     * and the other one is still only begun.
     *
     * @throws org.chorale.problem.CollaborationException {@code quota-exceeded}, {@code session-closed}, or {@code storage-unavailable}
     *                                                     where it was {@link #discard discarded} meanwhile
     */
    Asset publish(AssetId id, SessionId session, long size, String sha256, AssetLimits limits, Instant at);

    /** Forgets an asset that was begun and is not published; otherwise does nothing. */
    void discard(AssetId id);

    /** Those that were begun before a time and never published: whoever sent them is gone. */
    List<AssetId> begunBefore(Instant time);

    Optional<Asset> find(SessionId session, AssetId id);

    /** The session's asset with these bytes. */
    Optional<Asset> withContent(SessionId session, String sha256);

    /** All of a session, in the order of their publication. */
    List<Asset> list(SessionId session);

    AssetUsage usage(SessionId session);

    /** One chunk of an asset, published or not; empty behind the last one. */
    Optional<byte[]> chunk(AssetId id, int chunk);
}
