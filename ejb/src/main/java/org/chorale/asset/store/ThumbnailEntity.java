package org.chorale.asset.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Base64;
import org.chorale.asset.AssetType;
import org.chorale.asset.Thumbnail;
import org.chorale.session.SessionId;

/** The picture of a session; which one it is, the session's own row says. */
@Entity
@Table(name = "thumbnail")
public class ThumbnailEntity {
    /** What the column holds, in bytes before base64. */
    public static final int MAX_LENGTH = 1024 * 1024;

    @Id
    @Column(name = "session_id")
    private String sessionId;
    @Column(name = "asset_type")
    @Enumerated(EnumType.STRING)
    private AssetType type;
    private String content;

    protected ThumbnailEntity() {}

    public ThumbnailEntity(SessionId session, AssetType type, byte[] bytes) {
        this.sessionId = session.value();
        replace(type, bytes);
    }

    /** The last one counts. */
    public final void replace(AssetType newType, byte[] bytes) {
        this.type = newType;
        this.content = Base64.getEncoder().encodeToString(bytes);
    }

    /** @param version that the session's row tells */
    public Thumbnail toThumbnail(long version) {
        return new Thumbnail(type, version, Base64.getDecoder().decode(content));
    }
}
