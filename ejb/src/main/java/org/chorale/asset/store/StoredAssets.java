package org.chorale.asset.store;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.chorale.asset.Asset;

/** The published assets of all sessions. */
@Stateless
public class StoredAssets {
    @PersistenceContext
    private EntityManager entities;

    /** Those whose ids are behind one, in the order of their ids. */
    public List<Asset> after(String id, int limit) {
        return entities.createNamedQuery("asset.after", AssetEntity.class).setParameter("after", id).setMaxResults(limit)
            .getResultStream().map(AssetEntity::toAsset).toList();
    }
}
