package org.chorale.account.service;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import org.chorale.account.store.SigningKeyEntity;

/** The stored signing keys, which all nodes share. */
@Stateless
public class SigningKeyService implements SigningKeyStore {
    @PersistenceContext
    private EntityManager entities;

    @Override
    public List<StoredKey> all() {
        return entities.createNamedQuery("signingKey.all", SigningKeyEntity.class).getResultStream()
            .map(key -> new StoredKey(key.kid(), key.content(), key.createdAt())).toList();
    }

    @Override
    public void add(StoredKey key) {
        entities.persist(new SigningKeyEntity(key.kid(), key.content(), key.createdAt()));
    }

    @Override
    public void deleteOlderThan(Instant before) {
        entities.createNamedQuery("signingKey.sweep").setParameter("before", before).executeUpdate();
    }
}
