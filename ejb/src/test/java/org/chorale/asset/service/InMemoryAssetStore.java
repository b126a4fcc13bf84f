package org.chorale.asset.service;

import static org.chorale.problem.ProblemType.SESSION_CLOSED;
import static org.chorale.problem.ProblemType.SESSION_NOT_FOUND;
import static org.chorale.problem.ProblemType.STORAGE_UNAVAILABLE;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chorale.asset.Asset;
import org.chorale.asset.AssetId;
import org.chorale.asset.AssetLimits;
import org.chorale.asset.AssetStore;
import org.chorale.asset.AssetType;
import org.chorale.asset.AssetUsage;
import org.chorale.session.SessionId;

/** Assets that a restart of the process forgets; can be told to fail. */
public class InMemoryAssetStore implements AssetStore {
    private record Begun(SessionId session, AssetType type, String name, Instant at) {}

    private record Published(Asset asset, Instant at) {}

    private final Map<SessionId, Boolean> open = new HashMap<>();
    private final Map<AssetId, Begun> begun = new HashMap<>();
    private final Map<AssetId, Published> published = new HashMap<>();
    private final Map<AssetId, TreeMap<Integer, byte[]>> chunks = new HashMap<>();
    private boolean away;

    synchronized SessionId newSession() {
        var session = new SessionId("%010d".formatted(open.size() + 1));
        open.put(session, true);
        return session;
    }

    synchronized void close(SessionId session) {
        open.put(session, false);
    }

    synchronized void setAway(boolean now) {
        away = now;
    }

    /** How many chunks there are, of whatever asset. */
    synchronized int storedChunks() {
        return chunks.values().stream().mapToInt(Map::size).sum();
    }

    synchronized int begunUploads() {
        return begun.size();
    }

    @Override
    public synchronized void begin(AssetId id, SessionId session, AssetType type, String name, Instant at) {
        requireThere();
        requireOpen(session);
        begun.put(id, new Begun(session, type, name, at));
    }

    private void requireOpen(SessionId session) {
        if (!open.containsKey(session)) {
            throw SESSION_NOT_FOUND.because("session: " + session);
        }
        if (!open.get(session)) {
            throw SESSION_CLOSED.because("session: " + session);
        }
    }

    @Override
    public synchronized void append(AssetId id, int chunk, byte[] bytes) {
        requireThere();
        if (!begun.containsKey(id) || chunks.computeIfAbsent(id, any -> new TreeMap<>()).putIfAbsent(chunk, bytes.clone()) != null) {
            throw new IllegalStateException("chunk " + chunk + " of " + id);
        }
    }

    @Override
    public synchronized Asset publish(AssetId id, SessionId session, long size, String sha256, AssetLimits limits, Instant at) {
        requireThere();
        requireOpen(session);
        Optional<Asset> known = withContent(session, sha256);
        if (known.isPresent()) {
            return known.get();
        }
        limits.requireRoom(usage(session), size);
        Begun upload = begun.remove(id);
        if (upload == null) {
            throw STORAGE_UNAVAILABLE.because("asset: " + id);
        }
        var asset = new Asset(id, session, upload.name(), upload.type(), size, sha256);
        published.put(id, new Published(asset, at));
        return asset;
    }

    @Override
    public synchronized void discard(AssetId id) {
        requireThere();
        if (begun.remove(id) != null) {
            chunks.remove(id);
        }
    }

    @Override
    public synchronized List<AssetId> begunBefore(Instant time) {
        requireThere();
        return begun.entrySet().stream().filter(upload -> upload.getValue().at().isBefore(time)).map(Map.Entry::getKey).toList();
    }

    @Override
    public synchronized Optional<Asset> find(SessionId session, AssetId id) {
        return list(session).stream().filter(asset -> asset.id().equals(id)).findFirst();
    }

    @Override
    public synchronized Optional<Asset> withContent(SessionId session, String sha256) {
        return list(session).stream().filter(asset -> asset.sha256().equals(sha256)).findFirst();
    }

    @Override
    public synchronized List<Asset> list(SessionId session) {
        requireThere();
        return published.values().stream().filter(stored -> stored.asset().session().equals(session))
            .sorted(Comparator.comparing(Published::at)).map(Published::asset).toList();
    }

    @Override
    public synchronized AssetUsage usage(SessionId session) {
        List<Asset> all = list(session);
        return new AssetUsage(all.size(), all.stream().mapToLong(Asset::size).sum());
    }

    @Override
    public synchronized Optional<byte[]> chunk(AssetId id, int chunk) {
        requireThere();
        return Optional.ofNullable(chunks.getOrDefault(id, new TreeMap<>()).get(chunk));
    }

    private void requireThere() {
        if (away) {
            throw new IllegalStateException("no connection");
        }
    }
}
