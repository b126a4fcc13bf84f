package org.chorale.realtime.web;

import static org.chorale.problem.ProblemType.SESSION_FULL;

import jakarta.websocket.CloseReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chorale.access.SessionAccess;
import org.chorale.document.StoredChange;
import org.chorale.document.service.BranchSubscriber;
import org.chorale.document.service.BranchView;
import org.chorale.document.service.ConflictState;
import org.chorale.document.service.LimitsConfig;
import org.chorale.document.service.News;
import org.chorale.lock.Lock;
import org.chorale.operation.ElementId;
import org.chorale.profile.Appearance;
import org.chorale.session.BranchId;
import org.chorale.session.Participant;
import org.chorale.session.Session;
import org.chorale.value.Value;

/**
 * Those who are on one branch of a session, at this node: who they are, what they are aware of, and how each is told what the branch committed.
 * Its lock is held only to change these facts and to queue frames; nothing in here waits.
 */
final class Room implements BranchSubscriber {
    private static final String KICKED = "kicked";
    private static final String REPLACED = "replaced";
    private static final String BANNED = "banned";
    private static final String REVOKED = "revoked";
    private static final CloseReason GONE = new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "sent away");

    private final BranchId branchId;
    private final LimitsConfig limits;
    private final PresenceConfig presence;
    private final long heartbeatSeconds;
    private final Clock clock;
    private final Neighbours neighbours;
    private final Writers writers;
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final Map<String, Map<String, Value>> moved = new HashMap<>();
    private final Set<ElementId> locked = new HashSet<>();
    private Optional<Farewell> closed = Optional.empty();
    private boolean subscribed;
    /** When a ban or a mute ends by itself; what is told of rights holds until then. */
    private Optional<Instant> nextEnd = Optional.empty();
    /** The settings that everybody here was told. */
    private Optional<Session> settings = Optional.empty();
    private final AtomicLong revision = new AtomicLong();

    /** How everybody is sent away. */
    record Farewell(String bye, CloseReason reason) {}

    /** Somebody on the way in: a new seat, or one that is taken again. */
    record Arrival(Seat seat, boolean returned) {}

    Room(BranchId branchId, LimitsConfig limits, PresenceConfig presence, long heartbeatSeconds, Clock clock, Neighbours neighbours,
         Writers writers) {
        this.branchId = branchId;
        this.limits = limits;
        this.presence = presence;
        this.heartbeatSeconds = heartbeatSeconds;
        this.clock = clock;
        this.neighbours = neighbours;
        this.writers = writers;
    }

    BranchId branch() {
        return branchId;
    }

    /** The newest committed revision that anybody here was told of. */
    long revision() {
        return revision.get();
    }

    /** Somebody here was told of a revision: its author before everybody else. */
    void reached(long committed) {
        revision.accumulateAndGet(committed, Math::max);
    }

    // ---- coming and going

    synchronized boolean isEmpty() {
        return seats.isEmpty();
    }

    synchronized int size() {
        return seats.size();
    }

    /**
     * Gives a newcomer a seat: their earlier one where that is still theirs, with its participant id. They are told nothing before they
     * are let in.
     *
     * @param room for so many there is room on this branch
     * @param seat      the participant that they say they were
     * @param elsewhere their seat at another node, which they leave for this one
     * @return nothing when the session ended for everybody
     * @throws org.chorale.problem.CollaborationException {@code session-full}
     */
    synchronized Optional<Arrival> claim(int room, Participant newcomer, String clientId, Optional<String> seat, Optional<RemoteSeat> elsewhere,
                                     Connection connection) {
        if (closed.isPresent()) {
            connection.close(closed.get().bye(), closed.get().reason());
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<Seat> left = seats.values().stream().filter(each -> each.isTakenBackBy(newcomer.userId(), clientId, seat)).findFirst();
        if (left.isPresent()) {
            left.get().connection().ifPresent(old -> old.close(farewell(REPLACED),
                new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "replaced")));
            left.get().take(newcomer, clientId, connection, now);
            return Optional.of(new Arrival(left.get(), true));
        }
        if (elsewhere.isPresent()) {
            Participant former = elsewhere.get().participant();
            var moved = new Seat(new Participant(former.participantId(), newcomer.userId(), newcomer.name(), newcomer.color(),
                newcomer.appearance(), newcomer.role(), newcomer.status()), clientId, connection, now);
            seats.put(former.participantId(), moved);
            return Optional.of(new Arrival(moved, true));
        }
        if (seats.size() >= room) {
            throw SESSION_FULL.because("participants (expected: no more than the session's maxUsers, on all its branches)");
        }
        var fresh = new Seat(newcomer, clientId, connection, now);
        seats.put(newcomer.participantId(), fresh);
        return Optional.of(new Arrival(fresh, false));
    }

    /** Whether a seat here would be taken back, instead of a new one taken. */
    synchronized boolean keepsSeat(String userId, String clientId, Optional<String> seat) {
        return seats.values().stream().anyMatch(each -> each.isTakenBackBy(userId, clientId, seat));
    }

    /** Lets somebody in who has a seat, on the mailbox's thread: they get the document as it is now, and every commit after it. */
    synchronized void admit(Session session, Arrival arrival, Connection connection, Optional<Long> resumeFrom, BranchView branch) {
        Seat seat = arrival.seat();
        if (!seat.isAt(connection)) {
            return;                                         // gone again, or replaced, before its turn came
        }
        if (!subscribed) {
            branch.subscribe(this);
            subscribed = true;
        }
        Instant now = clock.instant();
        SessionAccess access = branch.access();
        String userId = seat.participant().userId();
        nextEnd = access.nextEnd(now);
        if (isOut(seat, access, now)) {
            connection.close(outBy(seat, access, now), GONE);
            return;                                         // something changed while they were at the door
        }
        Rights rights = Rights.of(access, userId, now);
        seat.become(rights);
        reached(branch.revision());
        Map<String, Map<String, Value>> aware = awarenessOfOthers(seat);
        List<Lock> locks = branch.locks();
        locks.forEach(lock -> locked.add(lock.element()));
        seat.refresh(now, presence);
        List<ConflictState> open = branch.openConflicts();
        Optional<List<StoredChange>> missed = resumeFrom.flatMap(branch::changesAfter).filter(connection::hasRoomFor);
        settings = Optional.of(session);
        var welcome = new ServerFrames.Welcome(session, seat.participant(), rights, everybody(), branchId.name(), branch.revision(), locks, open,
            this::nameOf, limits, heartbeatSeconds, connection.goodUntil());
        if (missed.isPresent()) {
            connection.send(ServerFrames.welcome(welcome, Optional.empty(), resumeFrom.get()));
            sendChanges(connection, missed.get());
        } else {
            connection.send(ServerFrames.welcome(welcome, Optional.of(branch.snapshot()), 0));
        }
        if (!aware.isEmpty()) {
            connection.send(new Outbound.Awareness(aware));
        }
        List<Participant> self = List.of(seat.participant());
        tell(arrival.returned() ? ServerFrames.presence(List.of(), List.of(), self) : ServerFrames.presence(self, List.of(), List.of()));
        neighbours.presence(branchId.session(), List.of(seat.on(branchId.name())), List.of(), List.of());
        seat.admit();
    }

    /**
     * A connection ended. Its seat waits for it to come back, unless it left for good.
     *
     * @return whether the participant has to leave
     */
    synchronized boolean disconnected(Seat seat, Connection connection, boolean forGood) {
        if (!seat.isAt(connection)) {
            return false;
        }
        if (forGood || closed.isPresent()) {
            return true;
        }
        seat.leaveEmpty(clock.instant());
        refresh(seat);
        return false;
    }

    /** Tells the others that somebody is gone; somebody who came back in the meantime stays. */
    synchronized void leave(Seat seat, Optional<Connection> connection) {
        String participantId = seat.participant().participantId();
        boolean back = !seat.connection().equals(connection);
        if (back || !seats.remove(participantId, seat)) {
            return;
        }
        moved.remove(participantId);
        tell(ServerFrames.presence(List.of(), List.of(participantId), List.of()));
        neighbours.presence(branchId.session(), List.of(), List.of(participantId), List.of());
    }

    /** Somebody sits at another node now: what is left of them here goes, and nobody is told, as they are still there. */
    synchronized Optional<Seat> overtaken(String participantId) {
        Optional<Seat> seat = Optional.ofNullable(seats.remove(participantId));
        moved.remove(participantId);
        seat.flatMap(Seat::connection).ifPresent(connection -> connection.close(farewell(REPLACED), GONE));
        return seat;
    }

    /** Something changed among those who are on this branch at other nodes. */
    synchronized void elsewhere(List<Participant> joined, List<String> left, List<Participant> updated) {
        tell(ServerFrames.presence(joined, left, updated));
    }

    /** Those on this branch at other nodes are aware of something else. */
    synchronized void awareElsewhere(Map<String, Map<String, Value>> states) {
        tell(new Outbound.Awareness(states));
    }

    /** The session's settings are these; tells everybody, unless they know. */
    synchronized void settingsAre(Session session) {
        if (!settings.equals(Optional.of(session))) {
            settings = Optional.of(session);
            tell(ServerFrames.session(session));
        }
    }

    private void tellUpdated(List<Participant> updated) {
        if (!updated.isEmpty()) {
            tell(ServerFrames.presence(List.of(), List.of(), updated));
            neighbours.presence(branchId.session(), List.of(), List.of(), updated);
        }
    }

    /** Somebody left for good while the branch cannot be read: the seat waits, and is given up later with all that hangs on it. */
    synchronized void vacate(Seat seat, Optional<Connection> connection) {
        if (connection.isPresent() && seat.connection().equals(connection)) {
            seat.leaveEmpty(clock.instant());
            refresh(seat);
        }
    }

    /** On the mailbox's thread: an empty room need not be told of commits. */
    synchronized void unsubscribeIfEmpty(BranchView branch) {
        if (seats.isEmpty()) {
            branch.unsubscribe(this);
            subscribed = false;
        }
    }

    synchronized boolean has(Seat seat) {
        return seats.containsValue(seat);
    }

    /**
     * Who may do what is something else now: each hears of what concerns them, and who may not be here any more is sent away.
     *
     * @return the seats of the latter, who have to leave
     */
    synchronized List<Seat> accessChanged(SessionAccess access) {
        Instant now = clock.instant();
        nextEnd = access.nextEnd(now);
        var updated = new ArrayList<Participant>();
        var out = new ArrayList<Seat>();
        for (Seat seat : seats.values()) {
            if (isOut(seat, access, now)) {
                String bye = outBy(seat, access, now);
                seat.connection().ifPresent(connection -> connection.close(bye, GONE));
                out.add(seat);
                continue;
            }
            Rights rights = Rights.of(access, seat.participant().userId(), now);
            if (!seat.has(rights)) {
                if (seat.become(rights)) {
                    updated.add(seat.participant());
                }
                seat.audience().ifPresent(connection -> connection.send(ServerFrames.permissions(rights)));
            }
        }
        tellUpdated(updated);
        return out;
    }

    private static boolean isOut(Seat seat, SessionAccess access, Instant now) {
        return access.roleOf(seat.participant().userId(), now).isEmpty() || isKeptOut(seat, access, now);
    }

    private static boolean isKeptOut(Seat seat, SessionAccess access, Instant now) {
        return access.isKeptOut(seat.participant().userId(), addressOf(seat), now);
    }

    private static String addressOf(Seat seat) {
        return seat.connection().map(Connection::address).orElse("");
    }

    /** Why somebody is out, and in how many seconds they may come again where that is so by itself. */
    private static String outBy(Seat seat, SessionAccess access, Instant now) {
        if (!isKeptOut(seat, access, now)) {
            return farewell(REVOKED);
        }
        return ServerFrames.bye(BANNED, false, access.keptOutUntil(seat.participant().userId(), addressOf(seat), now)
            .map(end -> Duration.between(now, end).toSeconds() + 1));
    }

    /** Whether a ban or a mute ended by itself of which nobody here was told yet. */
    synchronized boolean isEndDue() {
        return nextEnd.filter(end -> !end.isAfter(clock.instant())).isPresent();
    }

    /** Somebody looks otherwise now, at all their seats. */
    synchronized void appearanceChanged(String userId, Appearance appearance) {
        List<Participant> updated = seatsOf(userId).stream().filter(seat -> seat.look(appearance)).map(Seat::participant).toList();
        tellUpdated(updated);
    }

    /** A client went to another branch: its seats here are to be left. */
    synchronized List<Seat> replace(String userId, String clientId) {
        List<Seat> theirs = seatsOf(userId).stream().filter(seat -> seat.clientId().equals(clientId)).toList();
        theirs.forEach(seat -> seat.connection().ifPresent(connection -> connection.close(farewell(REPLACED), GONE)));
        return theirs;
    }

    /** Sends a user away from all their seats; returns these, who have to leave. */
    synchronized List<Seat> kick(String userId) {
        List<Seat> theirs = seatsOf(userId);
        theirs.forEach(seat -> seat.connection().ifPresent(connection -> connection.close(farewell(KICKED), GONE)));
        return theirs;
    }

    /** Where a user's connections come from, as far as that is known. */
    synchronized Set<String> addressesOf(String userId) {
        var addresses = new HashSet<String>();
        seatsOf(userId).forEach(seat -> seat.connection().map(Connection::address).filter(known -> !known.isEmpty())
            .ifPresent(addresses::add));
        return addresses;
    }

    /** Where all but one user come from: an address may be shared by a whole office. */
    synchronized Set<String> addressesOfOthers(String userId) {
        return seats.values().stream().filter(seat -> !seat.participant().userId().equals(userId)).map(Room::addressOf).collect(Collectors.toSet());
    }

    private List<Seat> seatsOf(String userId) {
        return seats.values().stream().filter(seat -> seat.participant().userId().equals(userId)).toList();
    }

    private static String farewell(String reason) {
        return ServerFrames.bye(reason, false, Optional.empty());
    }

    /** Says good-bye to everybody; nobody comes in any more. */
    synchronized void close(Farewell farewell) {
        closed = Optional.of(farewell);
        seats.values().forEach(seat -> seat.connection().ifPresent(connection -> connection.close(farewell.bye(), farewell.reason())));
    }

    /** Whoever comes is let in again. */
    synchronized void reopen() {
        closed = Optional.empty();
    }

    // ---- changes

    @Override
    public synchronized void committed(News news) {
        reached(news.changes().getLast().revision());
        tell(Outbound.Changes.of(news.changes(), news.hash(), news.since()));
        news.conflicts().forEach(conflict -> tell(ServerFrames.conflict(conflict, this::nameOf)));
    }

    @Override
    public synchronized void locksChanged(List<Lock> taken, List<ElementId> freed) {
        taken.forEach(lock -> locked.add(lock.element()));
        freed.forEach(locked::remove);
        tell(ServerFrames.locks(taken, freed));
    }

    @Override
    public synchronized int receivers() {
        return seats.size();
    }

    /** Whether anything is locked, as far as this room was told. */
    synchronized boolean hasLocks() {
        return !locked.isEmpty();
    }

    /** Brings one connection up to date, on the mailbox's thread. */
    synchronized void resync(Connection connection, ClientFrame.Resync resync, BranchView branch) {
        Optional<List<StoredChange>> missed = resync.snapshot() ? Optional.empty()
            : branch.changesAfter(resync.revision()).filter(connection::hasRoomFor);
        missed.ifPresentOrElse(changes -> sendChanges(connection, changes),
            () -> connection.send(ServerFrames.snapshot(branch.snapshot())));
    }

    private static void sendChanges(Connection connection, List<StoredChange> changes) {
        if (!changes.isEmpty()) {
            connection.send(Outbound.Changes.of(changes));
        }
    }

    /** Sends a frame to everybody who was let in. */
    synchronized void tell(String frame) {
        tell(new Outbound.Text(frame));
    }

    private void tell(Outbound shared) {
        for (Seat seat : seats.values()) {
            if (seat.isAdmitted()) {
                seat.connection().ifPresent(connection -> connection.offer(shared));
            }
        }
        writers.wake();
    }

    // ---- presence

    /** Somebody did something. */
    void active(Seat seat) {
        seat.active(clock.instant());
        if (seat.isAway()) {
            refreshNow(seat);
        }
    }

    /** Somebody edited the document. */
    void edited(Seat seat) {
        seat.edited(clock.instant());
        if (!seat.isEditing()) {
            refreshNow(seat);
        }
    }

    private synchronized void refreshNow(Seat seat) {
        refresh(seat);
    }

    private void refresh(Seat seat) {
        if (seat.refresh(clock.instant(), presence) && seats.containsValue(seat)) {
            tellUpdated(List.of(seat.participant()));
        }
    }

    /** Brings everybody's status up to date; returns those whose seat has waited long enough. */
    synchronized List<Seat> sweep() {
        Instant now = clock.instant();
        List<Participant> updated = seats.values().stream().filter(seat -> seat.refresh(now, presence)).map(Seat::participant).toList();
        tellUpdated(updated);
        return seats.values().stream().filter(seat -> seat.isEmptySince(now.minus(presence.seatTimeout))).toList();
    }

    // ---- awareness

    /**
     * Takes in what a participant is aware of now; null removes a key.
     *
     * @return whether this is the first such news since the last tick
     */
    synchronized boolean aware(Seat seat, ClientFrame.Awareness frame, ClientFrames check) {
        String participantId = seat.participant().participantId();
        if (!seats.containsKey(participantId)) {
            return false;
        }
        var news = new HashMap<>(frame.state());
        var merged = new HashMap<String, Value>();
        if (frame.partial()) {
            merged.putAll(seat.awareness());
        } else {
            seat.awareness().keySet().forEach(key -> news.putIfAbsent(key, Value.Null.NULL));
        }
        frame.state().forEach((key, value) -> {
            if (value == Value.Null.NULL) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        check.requireSmall(new Value.Struct(merged));
        seat.awareness().clear();
        seat.awareness().putAll(merged);
        refresh(seat);
        boolean first = moved.isEmpty();
        moved.computeIfAbsent(participantId, id -> new HashMap<>()).putAll(news);
        return first;
    }

    /** One frame for all who moved since the last tick. */
    synchronized void tick() {
        if (moved.isEmpty()) {
            return;
        }
        var states = new Outbound.Awareness(Map.copyOf(moved));
        neighbours.aware(branchId, states.states());
        moved.clear();
        seats.forEach((participantId, seat) -> {
            if (!states.isOnlyAbout(participantId)) {
                seat.audience().ifPresent(connection -> connection.offer(states));
            }
        });
        writers.wake();
    }

    /** What each participant is aware of, those left out who are of nothing. */
    synchronized Map<String, Map<String, Value>> awareness() {
        var states = new LinkedHashMap<String, Map<String, Value>>();
        seats.forEach((participantId, seat) -> {
            if (!seat.awareness().isEmpty()) {
                states.put(participantId, Map.copyOf(seat.awareness()));
            }
        });
        return states;
    }

    private Map<String, Map<String, Value>> awarenessOfOthers(Seat seat) {
        Map<String, Map<String, Value>> states = awareness();
        states.remove(seat.participant().participantId());
        others().filter(other -> !other.awareness().isEmpty())
            .forEach(other -> states.put(other.participant().participantId(), other.awareness()));
        return states;
    }

    /** Those on this branch at other nodes. */
    private Stream<RemoteSeat> others() {
        return neighbours.known(branchId.session()).stream()
            .filter(other -> other.branch().equals(branchId.name()) && !seats.containsKey(other.participant().participantId()));
    }

    /** All who are on this branch, here and at other nodes. */
    synchronized List<Participant> everybody() {
        return Stream.concat(seats.values().stream().map(Seat::participant), others().map(RemoteSeat::participant)).toList();
    }

    synchronized List<Participant> participants() {
        return seats.values().stream().map(Seat::participant).toList();
    }

    /** The characters that wait for the connections here. */
    synchronized long queued() {
        return connections().stream().mapToLong(Connection::queued).sum();
    }

    private Optional<String> nameOf(String userId) {
        return everybody().stream().filter(each -> each.userId().equals(userId)).map(Participant::name).findFirst();
    }

    private Collection<Connection> connections() {
        var connections = new ArrayList<Connection>(seats.size());
        seats.values().forEach(seat -> seat.connection().ifPresent(connections::add));
        return connections;
    }
}
