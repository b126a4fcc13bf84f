package org.chorale.chat.service;

import static org.chorale.problem.ProblemType.TOO_MANY_REQUESTS;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chorale.access.Action;
import org.chorale.access.SessionAccess;
import org.chorale.access.service.AccessDirectory;
import org.chorale.access.service.UnwantedWords;
import org.chorale.chat.ChatAuthor;
import org.chorale.chat.ChatMessage;
import org.chorale.chat.ChatRules;
import org.chorale.chat.store.ChatMessageEntity;
import org.chorale.document.service.LimitsConfig;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.Problem;
import org.chorale.session.SessionId;
import org.chorale.session.store.SessionHold;

/** The use cases of chat, one transaction each. */
@Stateless
public class ChatService {
    @PersistenceContext
    private EntityManager entities;
    @EJB
    private SessionHold holds;
    @Inject
    private Clock clock;
    @Inject
    private LimitsConfig limits;
    @Inject
    private AccessDirectory access;
    @Inject
    private UnwantedWords words;

    /**
     * Stores a message once, with words that this server does not take covered: the same user's {@code messageId} gets the stored message again, whatever the text is now.
     *
     * @throws CollaborationException {@code forbidden} for those who may not chat or are muted, {@code unsuitable-words}, and
     *     {@code too-many-requests} in slow mode
     */
    public Posted post(SessionId session, ChatAuthor author, Optional<String> messageId, String text) {
        String checked = ChatRules.requireText(text, limits.chatLength);
        messageId.ifPresent(ChatRules::requireMessageId);
        Optional<ChatMessage> early = find(session, author, messageId);
        if (early.isPresent()) {
            return new Posted(early.get(), true);
        }
        SessionAccess rights = access.of(session);
        rights.require(author.userId(), Action.CHAT, clock.instant());
        words.requireName(author.name());
        String covered = words.cover(checked);
        queueUp(session);
        requirePause(session, author.userId(), rights.slowModeFor(author.userId()));
        return find(session, author, messageId).map(stored -> new Posted(stored, true))
            .orElseGet(() -> new Posted(store(session, author, messageId, covered), false));
    }

    /** The messages before one, or the last ones; the newest first. */
    public List<ChatMessage> history(SessionId session, OptionalLong beforeId, int limit) {
        return entities.createNamedQuery("chat.before", ChatMessageEntity.class)
            .setParameter("session", session.value())
            .setParameter("before", beforeId.orElse(Long.MAX_VALUE))
            .setMaxResults(limit)
            .getResultStream().map(ChatMessageEntity::toMessage).toList();
    }

    /**
     * Holds the session's row until the end of the transaction: of two identical posts the later one finds the earlier one stored, and
     * ids grow in the order of commits. An exception would do for the former, but it costs the transaction, differently on each database.
     */
    private void queueUp(SessionId session) {
        holds.require(session);
    }

    /** In slow mode: by the rows of all nodes, while the session's own is held. */
    private void requirePause(SessionId session, String userId, Duration pause) {
        if (pause.isZero()) {
            return;
        }
        Instant last = entities.createNamedQuery("chat.last", Instant.class)
            .setParameter("session", session.value()).setParameter("user", userId).getSingleResult();
        Instant next = last == null ? Instant.MIN : last.plus(pause);
        Instant now = clock.instant();
        if (next.isAfter(now)) {
            throw new CollaborationException(new Problem(TOO_MANY_REQUESTS, "message (expected: one each " + pause.toSeconds() + " s)",
                Optional.of(Duration.between(now, next))));
        }
    }

    private Optional<ChatMessage> find(SessionId session, ChatAuthor author, Optional<String> messageId) {
        return messageId.flatMap(id -> entities.createNamedQuery("chat.named", ChatMessageEntity.class)
            .setParameter("session", session.value())
            .setParameter("user", author.userId())
            .setParameter("messageId", id)
            .getResultStream().findFirst().map(ChatMessageEntity::toMessage));
    }

    private ChatMessage store(SessionId session, ChatAuthor author, Optional<String> messageId, String text) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var entity = new ChatMessageEntity(session, author, messageId, text, now);
        entities.persist(entity);
        entities.flush();
        return entity.toMessage();
    }
}
