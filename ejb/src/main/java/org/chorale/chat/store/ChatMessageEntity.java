package org.chorale.chat.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.chorale.chat.ChatAuthor;
import org.chorale.chat.ChatMessage;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.SessionId;

/** A message's row; written once, never updated. */
@Entity
@Table(name = "chat_message")
@NamedQuery(name = "chat.named",
    query = "select m from ChatMessageEntity m where m.sessionId = :session and m.userId = :user and m.messageId = :messageId")
@NamedQuery(name = "chat.before",
    query = "select m from ChatMessageEntity m where m.sessionId = :session and m.id < :before order by m.id desc")
@NamedQuery(name = "chat.last",
    query = "select max(m.saidAt) from ChatMessageEntity m where m.sessionId = :session and m.userId = :user")
@NamedQuery(name = "chat.ofUser", query = "select m from ChatMessageEntity m where m.userId = :user order by m.id")
@NamedQuery(name = "chat.forgetName", query = "update ChatMessageEntity m set m.name = :name where m.userId = :user")
@NamedQuery(name = "chat.count", query = "select count(m) from ChatMessageEntity m where m.sessionId = :session")
public class ChatMessageEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "session_id")
    private String sessionId;
    @Column(name = "user_id")
    private String userId;
    @Column(name = "message_id")
    private String messageId;
    @Column(name = "participant_id")
    private String participantId;
    private String name;
    private String text;
    @Column(name = "said_at")
    @Convert(converter = InstantConverter.class)
    private Instant saidAt;

    protected ChatMessageEntity() {}

    public ChatMessageEntity(SessionId session, ChatAuthor author, Optional<String> messageId, String text, Instant saidAt) {
        this.sessionId = session.value();
        this.userId = author.userId();
        this.messageId = messageId.orElse(null);
        this.participantId = author.participantId();
        this.name = author.name();
        this.text = text;
        this.saidAt = saidAt;
    }

    public String sessionId() {
        return sessionId;
    }

    /** Once it is stored: before, it has no id. */
    public ChatMessage toMessage() {
        return new ChatMessage(id, Optional.ofNullable(messageId), userId, participantId, name, text, saidAt);
    }
}
