package org.chorale.asset.service;

/** Hears what becomes of uploads, for those who watch the server. */
public interface AssetProbe {
    AssetProbe NONE = new AssetProbe() {};

    /** One more is kept, of so many bytes. */
    default void assetStored(long bytes) {}

    /** One was not taken, by the slug of its problem. */
    default void assetRefused(String slug) {}
}
