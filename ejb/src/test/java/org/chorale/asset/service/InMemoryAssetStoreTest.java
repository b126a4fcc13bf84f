package org.chorale.asset.service;

import org.chorale.asset.AssetStore;
import org.chorale.session.SessionId;

class InMemoryAssetStoreTest extends AssetStoreContract {
    private final InMemoryAssetStore store = new InMemoryAssetStore();

    @Override
    protected AssetStore store() {
        return store;
    }

    @Override
    protected SessionId newSession() {
        return store.newSession();
    }

    @Override
    protected void close(SessionId session) {
        store.close(session);
    }
}
