package org.chorale.chat.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.chorale.chat.ChatMessage;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about chat. */
final class ChatBodies {
    private ChatBodies() {}

    @Schema(name = "ChatMessage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChatMessageBody(
        @Schema(description = "A number that grows, as text.", examples = "42") String id,
        @Schema(description = "The author's own name for it, if there is one.") String messageId,
        String userId, String participantId,
        @Schema(description = "What the author was called then.", examples = "Ana") String name,
        @Schema(examples = "Shall we move the column?") String text, Instant at) {

        static ChatMessageBody of(ChatMessage message) {
            return new ChatMessageBody(Long.toString(message.id()), message.messageId().orElse(null), message.userId(),
                message.participantId(), message.name(), message.text(), message.at());
        }
    }

    @Schema(name = "ChatHistory")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChatHistory(List<ChatMessageBody> messages,
        @Schema(description = "Where the next page starts; absent on the last one.") String nextCursor) {}
}
