package org.chorale.asset.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.chorale.asset.Asset;
import org.chorale.asset.AssetId;
import org.chorale.asset.AssetType;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.SessionId;

/** An asset's row; its bytes are in the {@link AssetChunkEntity chunks}. Without a hash it is not published. */
@Entity
@Table(name = "asset")
@NamedQuery(name = "asset.published",
    query = "select a from AssetEntity a where a.id = :id and a.sessionId = :session and a.sha256 is not null")
@NamedQuery(name = "asset.withContent", query = "select a from AssetEntity a where a.sessionId = :session and a.sha256 = :sha256")
@NamedQuery(name = "asset.list",
    query = "select a from AssetEntity a where a.sessionId = :session and a.sha256 is not null order by a.storedAt, a.id")
@NamedQuery(name = "asset.after", query = "select a from AssetEntity a where a.id > :after and a.sha256 is not null order by a.id")
@NamedQuery(name = "asset.usage",
    query = "select count(a), coalesce(sum(a.bytes), 0) from AssetEntity a where a.sessionId = :session and a.sha256 is not null")
@NamedQuery(name = "asset.begun", query = "select a.id from AssetEntity a where a.sha256 is null and a.storedAt < :before")
@NamedQuery(name = "asset.publish",
    query = "update AssetEntity a set a.bytes = :bytes, a.sha256 = :sha256, a.storedAt = :at where a.id = :id and a.sha256 is null")
@NamedQuery(name = "asset.holdBegun", query = "update AssetEntity a set a.storedAt = a.storedAt where a.id = :id and a.sha256 is null")
@NamedQuery(name = "asset.discard", query = "delete from AssetEntity a where a.id = :id and a.sha256 is null")
public class AssetEntity {
    @Id
    private String id;
    @Column(name = "session_id")
    private String sessionId;
    private String name;
    @Column(name = "asset_type")
    @Enumerated(EnumType.STRING)
    private AssetType type;
    @Column(name = "size_bytes")
    private long bytes;
    private String sha256;
    /** When it was published, or else begun. */
    @Column(name = "stored_at")
    @Convert(converter = InstantConverter.class)
    private Instant storedAt;

    protected AssetEntity() {}

    AssetEntity(AssetId id, SessionId session, AssetType type, String name, Instant begunAt) {
        this.id = id.value();
        this.sessionId = session.value();
        this.type = type;
        this.name = name;
        this.storedAt = begunAt;
    }

    /** Once it is published. */
    Asset toAsset() {
        return new Asset(new AssetId(id), new SessionId(sessionId), name, type, bytes, sha256);
    }
}
