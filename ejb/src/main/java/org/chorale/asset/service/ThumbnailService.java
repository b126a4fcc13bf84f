package org.chorale.asset.service;

import static org.chorale.problem.ProblemType.NOT_FOUND;
import static org.chorale.problem.ProblemType.PAYLOAD_TOO_LARGE;
import static org.chorale.problem.ProblemType.SESSION_CLOSED;
import static org.chorale.problem.ProblemType.SESSION_NOT_FOUND;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.chorale.asset.AssetContent;
import org.chorale.asset.AssetType;
import org.chorale.asset.Thumbnail;
import org.chorale.asset.store.ThumbnailEntity;
import org.chorale.problem.CollaborationException;
import org.chorale.session.SessionId;
import org.chorale.session.store.SessionEntity;

/** The pictures by which people know sessions again, one transaction each. */
@Stateless
public class ThumbnailService {
    @PersistenceContext
    private EntityManager entities;
    @Inject
    private Clock clock;
    @Inject
    private AssetConfig config;

    /** How long a picture may be, in bytes. */
    public int maxSize() {
        return Math.min(config.maxThumbnailSize, ThumbnailEntity.MAX_LENGTH);
    }

    /**
     * Gives an open session another picture, unless it got one less than {@code chorale.thumbnail.min-interval} ago. That is no error:
     * two people who leave one after the other both send what they saw last.
     *
     * @return how long until another one is taken, where this one was not
     * @throws CollaborationException {@code invalid-content}, {@code payload-too-large}, {@code session-not-found}, {@code session-closed}
     */
    public Optional<Duration> put(SessionId session, AssetType type, byte[] content) {
        if (content.length > maxSize()) {
            throw PAYLOAD_TOO_LARGE.because("request body (expected: at most " + maxSize() + " bytes)");
        }
        var claimed = AssetContent.requireBeginning(type, Arrays.copyOf(content, Math.min(content.length, AssetContent.HEAD_LENGTH)));
        AssetContent.requireLength(type, claimed, content.length);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // One statement decides, and holds the session's row until the picture is there too.
        int taken = entities.createNamedQuery("session.thumbnail").setParameter("id", session.value())
            .setParameter("now", now).setParameter("notAfter", now.minus(config.thumbnailInterval)).executeUpdate();
        if (taken == 0) {
            return Optional.of(untilNext(session, now));
        }
        ThumbnailEntity present = entities.find(ThumbnailEntity.class, session.value());
        if (present == null) {
            entities.persist(new ThumbnailEntity(session, type, content));
        } else {
            present.replace(type, content);
        }
        return Optional.empty();
    }

    private Duration untilNext(SessionId session, Instant now) {
        SessionEntity entity = entities.find(SessionEntity.class, session.value());
        if (entity == null) {
            throw SESSION_NOT_FOUND.because("session: " + session);
        }
        if (entity.toSession().isClosed()) {
            throw SESSION_CLOSED.because("session: " + session);
        }
        Duration since = entity.thumbnailAt().map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
        return config.thumbnailInterval.minus(since);
    }

    /** @throws CollaborationException {@code session-not-found}; {@code not-found} where the session has no picture */
    public Thumbnail find(SessionId session) {
        SessionEntity entity = entities.find(SessionEntity.class, session.value());
        if (entity == null) {
            throw SESSION_NOT_FOUND.because("session: " + session);
        }
        // Read behind its version: a picture may be told under an older version, never under a newer one, which would be kept.
        ThumbnailEntity picture = entities.find(ThumbnailEntity.class, session.value());
        if (picture == null) {
            throw NOT_FOUND.because("the session has no thumbnail");
        }
        return picture.toThumbnail(entity.toSession().thumbnailVersion());
    }
}
