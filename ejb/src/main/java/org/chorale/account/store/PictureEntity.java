package org.chorale.account.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.Base64;
import org.chorale.asset.AssetType;
import org.chorale.asset.Thumbnail;

/** The picture of somebody with an account; which one it is, the account's own row says. */
@Entity
@Table(name = "account_picture")
@NamedQuery(name = "picture.delete", query = "delete from PictureEntity p where p.userId = :user")
public class PictureEntity {
    /** What the column holds, in bytes before base64. */
    public static final int MAX_LENGTH = 256 * 1024;

    @Id
    @Column(name = "user_id")
    private String userId;
    @Column(name = "asset_type")
    @Enumerated(EnumType.STRING)
    private AssetType type;
    private String content;

    protected PictureEntity() {}

    public PictureEntity(String userId, AssetType type, byte[] bytes) {
        this.userId = userId;
        replace(type, bytes);
    }

    /** The last one counts. */
    public final void replace(AssetType newType, byte[] bytes) {
        this.type = newType;
        this.content = Base64.getEncoder().encodeToString(bytes);
    }

    /** @param version that the account's row tells */
    public Thumbnail toPicture(long version) {
        return new Thumbnail(type, version, Base64.getDecoder().decode(content));
    }
}
