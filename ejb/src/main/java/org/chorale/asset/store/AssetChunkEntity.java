package org.chorale.asset.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Base64;
import java.util.Objects;
import org.chorale.asset.AssetId;

/** A piece of an asset, in base64: what both databases store alike (ADR 0004). */
@Entity
@IdClass(AssetChunkEntity.Key.class)
@Table(name = "asset_chunk")
@NamedQuery(name = "assetChunk.discard", query = "delete from AssetChunkEntity c where c.assetId = :id")
public class AssetChunkEntity {
    @Id
    @Column(name = "asset_id")
    private String assetId;
    @Id
    private int chunk;
    private String content;

    protected AssetChunkEntity() {}

    AssetChunkEntity(AssetId asset, int chunk, byte[] bytes) {
        this.assetId = asset.value();
        this.chunk = chunk;
        this.content = Base64.getEncoder().encodeToString(bytes);
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(content);
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private String assetId;
        private int chunk;

        public Key() {}

        Key(AssetId asset, int chunk) {
            this.assetId = asset.value();
            this.chunk = chunk;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.assetId.equals(assetId) && key.chunk == chunk;
        }

        @Override
        public int hashCode() {
            return Objects.hash(assetId, chunk);
        }
    }
}
