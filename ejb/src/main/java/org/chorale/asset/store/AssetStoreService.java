package org.chorale.asset.store;

import static org.chorale.problem.ProblemType.SESSION_CLOSED;
import static org.chorale.problem.ProblemType.SESSION_NOT_FOUND;
import static org.chorale.problem.ProblemType.STORAGE_UNAVAILABLE;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chorale.asset.Asset;
import org.chorale.asset.AssetId;
import org.chorale.asset.AssetLimits;
import org.chorale.asset.AssetStore;
import org.chorale.asset.AssetType;
import org.chorale.asset.AssetUsage;
import org.chorale.session.SessionId;
import org.chorale.session.store.SessionEntity;
import org.chorale.session.store.SessionHold;

/**
 * Assets in a relational database. Each method is one transaction, so no chunk of one keeps anybody's edit waiting for longer than it
 * takes to sync 350 KB, and a slow sender holds neither a connection nor a lock.
 */
@Stateless
public class AssetStoreService implements AssetStore {
    @PersistenceContext
    private EntityManager entities;
    @EJB
    private SessionHold holds;

    @Override
    public void begin(AssetId id, SessionId session, AssetType type, String name, Instant at) {
        SessionEntity entity = entities.find(SessionEntity.class, session.value());
        if (entity == null || entity.toSession().isClosed()) {
            throw (entity == null ? SESSION_NOT_FOUND : SESSION_CLOSED).because("session: " + session);
        }
        entities.persist(new AssetEntity(id, session, type, name, at));
    }

    @Override
    public void append(AssetId id, int chunk, byte[] bytes) {
        entities.persist(new AssetChunkEntity(id, chunk, bytes));
    }

    /** Holds the session's row until the end of the transaction: of two at a time the later one counts the earlier one in. */
    @Override
    public Asset publish(AssetId id, SessionId session, long size, String sha256, AssetLimits limits, Instant at) {
        if (!holds.hold(session)) {
            throw SESSION_CLOSED.because("session: " + session);
        }
        Optional<Asset> known = withContent(session, sha256);
        if (known.isPresent()) {
            return known.get();
        }
        limits.requireRoom(usage(session), size);
        int published = entities.createNamedQuery("asset.publish")
            .setParameter("bytes", size).setParameter("sha256", sha256).setParameter("at", at).setParameter("id", id.value())
            .executeUpdate();
        if (published == 0) {
            throw STORAGE_UNAVAILABLE.because("The upload took too long; nothing was stored, try again.");
        }
        return find(session, id).orElseThrow();
    }

    /** Holds the asset's row first: nobody publishes it while its chunks go. */
    @Override
    public void discard(AssetId id) {
        if (onBegun("asset.holdBegun", id) == 1) {
            entities.createNamedQuery("assetChunk.discard").setParameter("id", id.value()).executeUpdate();
            onBegun("asset.discard", id);
        }
    }

    private int onBegun(String query, AssetId id) {
        return entities.createNamedQuery(query).setParameter("id", id.value()).executeUpdate();
    }

    @Override
    public List<AssetId> begunBefore(Instant time) {
        return entities.createNamedQuery("asset.begun", String.class).setParameter("before", time)
            .getResultStream().map(AssetId::new).toList();
    }

    @Override
    public Optional<Asset> find(SessionId session, AssetId id) {
        return entities.createNamedQuery("asset.published", AssetEntity.class)
            .setParameter("id", id.value()).setParameter("session", session.value())
            .getResultStream().findFirst().map(AssetEntity::toAsset);
    }

    @Override
    public Optional<Asset> withContent(SessionId session, String sha256) {
        return entities.createNamedQuery("asset.withContent", AssetEntity.class)
            .setParameter("session", session.value()).setParameter("sha256", sha256)
            .getResultStream().findFirst().map(AssetEntity::toAsset);
    }

    @Override
    public List<Asset> list(SessionId session) {
        return entities.createNamedQuery("asset.list", AssetEntity.class).setParameter("session", session.value())
            .getResultStream().map(AssetEntity::toAsset).toList();
    }

    @Override
    public AssetUsage usage(SessionId session) {
        Object[] usage = entities.createNamedQuery("asset.usage", Object[].class)
            .setParameter("session", session.value()).getSingleResult();
        return new AssetUsage(((Number) usage[0]).intValue(), ((Number) usage[1]).longValue());
    }

    @Override
    public Optional<byte[]> chunk(AssetId id, int chunk) {
        return Optional.ofNullable(entities.find(AssetChunkEntity.class, new AssetChunkEntity.Key(id, chunk))).map(AssetChunkEntity::bytes);
    }
}
