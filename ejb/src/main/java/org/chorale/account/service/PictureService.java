package org.chorale.account.service;

import static org.chorale.problem.ProblemType.NOT_FOUND;
import static org.chorale.problem.ProblemType.PAYLOAD_TOO_LARGE;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Arrays;
import java.util.Optional;
import org.chorale.account.Account;
import org.chorale.account.store.AccountEntity;
import org.chorale.account.store.PictureEntity;
import org.chorale.asset.AssetContent;
import org.chorale.asset.AssetType;
import org.chorale.asset.Thumbnail;
import org.chorale.problem.ProblemType;
import org.chorale.profile.Appearance;

/** The pictures that people give themselves, one transaction each. */
@Stateless
public class PictureService {
    @PersistenceContext
    private EntityManager entities;
    @Inject
    private AccountConfig config;

    /** How long a picture may be, in bytes. */
    public int maxSize() {
        return Math.min(config.pictureSize, PictureEntity.MAX_LENGTH);
    }

    /** How others see somebody; plain where there is no such account. */
    public Appearance appearance(String userId) {
        return Optional.ofNullable(entities.find(AccountEntity.class, userId)).map(AccountEntity::appearance).orElse(Appearance.PLAIN);
    }

    /**
     * Gives somebody another picture.
     *
     * @throws org.chorale.problem.CollaborationException {@code invalid-content}, {@code payload-too-large}
     */
    public Account put(String userId, AssetType type, byte[] content) {
        if (content.length > maxSize()) {
            throw PAYLOAD_TOO_LARGE.because("request body (expected: at most " + maxSize() + " bytes)");
        }
        var claimed = AssetContent.requireBeginning(type, Arrays.copyOf(content, Math.min(content.length, AssetContent.HEAD_LENGTH)));
        AssetContent.requireLength(type, claimed, content.length);
        AccountEntity account = hold(userId);
        account.pictured(true);
        PictureEntity present = entities.find(PictureEntity.class, userId);
        if (present == null) {
            entities.persist(new PictureEntity(userId, type, content));
        } else {
            present.replace(type, content);
        }
        return account.toAccount();
    }

    /** Takes somebody's picture away; without one nothing happens. */
    public Account remove(String userId) {
        AccountEntity account = hold(userId);
        account.pictured(false);
        entities.createNamedQuery("picture.delete").setParameter("user", userId).executeUpdate();
        return account.toAccount();
    }

    /** @throws org.chorale.problem.CollaborationException {@code not-found} where there is no picture, or nobody */
    public Thumbnail find(String userId) {
        // The version first: a picture may be told under an older version, never under a newer one, which would be kept.
        long version = appearance(userId).pictureVersion();
        return Optional.ofNullable(version == 0 ? null : entities.find(PictureEntity.class, userId))
            .map(picture -> picture.toPicture(version)).orElseThrow(() -> NOT_FOUND.because("picture (expected: of a user who has one)"));
    }

    /** Holds the account's row: two pictures at once come one after the other. */
    private AccountEntity hold(String userId) {
        AccountEntity account = entities.find(AccountEntity.class, userId, LockModeType.PESSIMISTIC_WRITE);
        if (account == null || account.isErased()) {
            throw ProblemType.USER_NOT_FOUND.because("user (expected: the userId of an account)");
        }
        return account;
    }
}
