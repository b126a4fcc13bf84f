package org.chorale.realtime.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chorale.account.web.Revocation;
import org.chorale.profile.Appearance;
import org.chorale.session.Participant;
import org.chorale.session.SessionId;
import org.chorale.value.Value;

/** What nodes tell each other about people and sessions. */
sealed interface NeighbourMessage {

    /** About one session, to the nodes where somebody is in it. */
    sealed interface InSession extends NeighbourMessage {}

    /**
     * Everybody who sits at the sender, in parts.
     *
     * @param first whether nobody of an earlier list stays
     * @param last  whether the list ends here
     */
    record Here(boolean first, boolean last, List<RemoteSeat> seats) implements InSession {}

    /** Who came to a branch of the session, went, or is otherwise now, as the frame {@code presence} tells. */
    record Presence(List<RemoteSeat> joined, Set<String> left, List<Participant> updated) implements InSession {}

    /** What people are aware of now; null ends a key. */
    record Aware(String branch, Map<String, Map<String, Value>> states) implements InSession {}

    /** A frame for everybody in the session. */
    record Tell(String frame) implements InSession {}

    /** A user is to go, and may come again. */
    record Kick(String userId) implements InSession {}

    /** The session's row, or who may do what in it, is otherwise now. */
    record Look() implements InSession {}

    /** Nothing new: whoever heard less missed something. */
    record Beat() implements InSession {}

    /** To every node. */
    sealed interface ToAll extends NeighbourMessage {}

    /** The sender lives. */
    record Alive() implements ToAll {}

    /** The sender stops, and nobody is there any more. */
    record Leaving() implements ToAll {}

    /**
     * Who is in this session?
     *
     * @param to the node that is asked; empty for all
     */
    record Who(SessionId session, Optional<String> to) implements ToAll {}

    /** Tokens are worth nothing any more. */
    record Revoked(Revocation revocation) implements ToAll {}

    /** A user looks otherwise. */
    record Looks(String userId, Appearance appearance) implements ToAll {}
}
