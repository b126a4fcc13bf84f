package org.chorale.realtime.web;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.chorale.access.SessionAccess;
import org.chorale.access.web.AccessChange;
import org.chorale.account.web.Revocation;
import org.chorale.chat.ChatMessage;
import org.chorale.conflict.Policies;
import org.chorale.document.service.BranchView;
import org.chorale.document.service.Branches;
import org.chorale.document.service.LimitsConfig;
import org.chorale.limit.web.RateConfig;
import org.chorale.platform.metrics.ServerMetrics;
import org.chorale.problem.Problem;
import org.chorale.profile.web.AppearanceChange;
import org.chorale.session.BranchId;
import org.chorale.session.Participant;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionConfig;
import org.chorale.value.Value;

/** All rooms of this node, one for each branch that somebody is on, and all its connections, in a room or not yet. */
@ApplicationScoped
public class Rooms {
    /** By session and name of the branch; what is inside is replaced, never changed. */
    private final Map<SessionId, Map<String, Room>> rooms = new ConcurrentHashMap<>();
    private final Set<SessionEndpoint> endpoints = ConcurrentHashMap.newKeySet();
    /** Those whose last participant left lately. */
    private final Set<SessionId> left = ConcurrentHashMap.newKeySet();
    private final AtomicLong revocations = new AtomicLong();
    private final FormerSeats formerSeats = new FormerSeats();

    @Inject
    private Branches branches;
    @Inject
    private LimitsConfig limits;
    @Inject
    private RealtimeConfig config;
    @Inject
    private PresenceConfig presence;
    @Inject
    private SessionConfig sessionConfig;
    @Inject
    private RateConfig rates;
    @Inject
    private ServerMetrics metrics;
    @Inject
    private Clock clock;
    @Resource
    private ManagedScheduledExecutorService scheduler;
    private ScheduledFuture<?> watch;
    private Instant startedAt;
    private volatile Optional<Room.Farewell> draining = Optional.empty();

    @PostConstruct
    void start() {
        startedAt = clock.instant();
        metrics.gauge("chorale_connections", "Open sockets", this::connections);
        metrics.gauge("chorale_sessions_active", "Sessions with somebody in them", this::activeSessions);
        metrics.gauge("chorale_outbound_queue_characters", "What waits to be sent, over all connections", this::queued);
        metrics.gauge("chorale_branches_open", "Branches held in memory", branches::openBranches);
        watch = scheduler.scheduleWithFixedDelay(this::watch, 1, 1, TimeUnit.SECONDS);
    }

    /** The fallback where nobody said so earlier: by now the container may have closed the sockets. */
    @PreDestroy
    void stop() {
        watch.cancel(false);
        drain();
    }

    private void watch() {
        endpoints.forEach(SessionEndpoint::watch);
        rooms.values().forEach(ofSession -> ofSession.values().forEach(this::watch));
    }

    private void watch(Room room) {
        room.sweep().forEach(seat -> leave(room, seat, Optional.empty()));
        if (room.isEndDue()) {
            branches.visit(room.branch(), branch -> tellRights(room, branch.access()), problem -> { });
        }
        if (room.hasLocks()) {
            branches.visit(room.branch(), BranchView::expireLocks, problem -> { });
        }
    }

    /**
     * Sends everybody elsewhere and lets nobody in any more. Returns when all connections are closed, or when
     * {@code chorale.connection.drain-timeout} has passed.
     */
    public void drain() {
        String bye = ServerFrames.bye("draining", true, Optional.of(config.drainRetryAfter.toSeconds()));
        draining = Optional.of(new Room.Farewell(bye, new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "draining")));
        endpoints.forEach(endpoint -> endpoint.sendAway(draining.get()));
        Instant deadline = Instant.now().plus(config.drainTimeout);
        while (!endpoints.isEmpty() && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    // ---- what others may know and tell

    /** How many sessions have somebody in them. */
    public int activeSessions() {
        return rooms.size();
    }

    public int connections() {
        return endpoints.size();
    }

    /** The characters that wait for all connections. */
    public long queued() {
        return rooms.values().stream().flatMap(ofSession -> ofSession.values().stream()).mapToLong(Room::queued).sum();
    }

    public int participants(SessionId session) {
        return roomsOf(session).stream().mapToInt(Room::size).sum();
    }

    /** Who is in a session, on whatever branch, those included whose seat waits for them. */
    public List<Participant> participantsOf(SessionId session) {
        return roomsOf(session).stream().flatMap(room -> room.participants().stream()).toList();
    }

    /** Who is on a branch. */
    public List<Participant> participantsOn(BranchId branch) {
        return roomOf(branch).map(Room::participants).orElse(List.of());
    }

    /** What those on a branch are aware of, by participant id. */
    public Map<String, Map<String, Value>> awarenessOn(BranchId branch) {
        return roomOf(branch).map(Room::awareness).orElse(Map.of());
    }

    private Collection<Room> roomsOf(SessionId session) {
        return rooms.getOrDefault(session, Map.of()).values();
    }

    private Optional<Room> roomOf(BranchId branch) {
        return Optional.ofNullable(rooms.getOrDefault(branch.session(), Map.of()).get(branch.name()));
    }

    /** Tells everybody in a session what somebody said. */
    public void tellChat(SessionId session, ChatMessage message) {
        tell(session, ServerFrames.chat(message));
    }

    /**
     * Tells everybody in a session, on whatever branch they are, that something is there or is otherwise.
     *
     * @param what the frame's type, and the field that the body is in
     * @param body as REST answers with it
     */
    public void tell(SessionId session, String what, Object body) {
        tell(session, ServerFrames.news(what, body, false));
    }

    /** Tells everybody in a session that something is not there any more. */
    public void tellDeleted(SessionId session, String what, Object body) {
        tell(session, ServerFrames.news(what, body, true));
    }

    private void tell(SessionId session, String frame) {
        roomsOf(session).forEach(room -> room.tell(frame));
    }

    /** Tells everybody in a session that its settings are other ones, and lets conflicts be judged by them. */
    public void settingsChanged(Session session) {
        var policies = Policies.of(session.conflictPolicy());
        for (BranchId branch : branches.openOf(session.id())) {
            branches.visit(branch, view -> {
                view.setPolicies(policies);
                roomOf(branch).ifPresent(room -> room.tell(ServerFrames.session(session)));
            }, problem -> { });
        }
    }

    /**
     * Who may do what in a session is something else now. Everything on this node follows from here: edits that wait are judged by it,
     * those who may not stay are sent away, the others hear what they may, locks that nobody may hold are given free. To be called once
     * it is committed; another node is to be told the session, and does the same.
     */
    public void accessChanged(SessionId session, SessionAccess access) {
        branches.accessChanged(session, access);
        roomsOf(session).forEach(room -> tellRights(room, access));
        branches.openOf(session).forEach(branch -> branches.visit(branch, BranchView::releaseForbiddenLocks, problem -> { }));
    }

    private void tellRights(Room room, SessionAccess access) {
        room.accessChanged(access).forEach(seat -> leave(room, seat, seat.connection()));
    }

    /** Sends a user away, who may come again. */
    public void kick(SessionId session, String userId) {
        roomsOf(session).forEach(room -> room.kick(userId).forEach(seat -> leave(room, seat, seat.connection())));
    }

    /** Where a user who is in a session comes from. */
    public Set<String> addressesOf(SessionId session, String userId) {
        return roomsOf(session).stream().flatMap(room -> room.addressesOf(userId).stream()).collect(Collectors.toSet());
    }

    /** Where a user who is in a session comes from, and nobody else who is in it. */
    public Set<String> addressesOfNobodyElse(SessionId session, String userId) {
        Set<String> addresses = addressesOf(session, userId);
        roomsOf(session).forEach(room -> addresses.removeAll(room.addressesOfOthers(userId)));
        return addresses;
    }

    /** Sessions that somebody is in, or was in since this was asked the last time. */
    public Set<SessionId> visited() {
        var sessions = new HashSet<>(rooms.keySet());
        for (SessionId session : left) {
            left.remove(session);
            sessions.add(session);
        }
        return sessions;
    }

    /** A session that was ended can be come to again. */
    public void reopen(SessionId session) {
        roomsOf(session).forEach(Room::reopen);
    }

    /** Ends a session for those who are in it. */
    public void close(SessionId session) {
        var farewell = new Room.Farewell(ServerFrames.bye("sessionClosed", false, Optional.empty()),
            new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "sessionClosed"));
        roomsOf(session).forEach(room -> room.close(farewell));
    }

    /** Somebody's tokens are worth nothing any more: who came in by them goes. */
    void revoked(@Observes Revocation revocation) {
        revocations.incrementAndGet();
        endpoints.forEach(endpoint -> endpoint.revoked(revocation));
    }

    void accessChanged(@Observes AccessChange change) {
        accessChanged(change.session(), change.access());
    }

    void appearanceChanged(@Observes AppearanceChange change) {
        rooms.values().forEach(ofSession ->
            ofSession.values().forEach(room -> room.appearanceChanged(change.userId(), change.appearance())));
    }

    // ---- for connections

    /** How many revocations there were: who looks before and after a token is verified knows whether one came between. */
    long revocations() {
        return revocations.get();
    }

    void opened(SessionEndpoint endpoint) {
        endpoints.add(endpoint);
        draining.ifPresent(endpoint::sendAway);
    }

    void closed(SessionEndpoint endpoint) {
        endpoints.remove(endpoint);
    }

    /**
     * Whether somebody comes back, to a seat that is theirs or was lately. A server that has just started remembers nobody and believes
     * everybody who says so: all of them come at once.
     */
    boolean comesBack(SessionId session, String userId, ClientFrame.Hello hello) {
        boolean hasSeat = roomsOf(session).stream().anyMatch(room -> room.keepsSeat(userId, hello.clientId(), hello.seat()));
        return hasSeat || formerSeats.take(session, userId, hello.clientId(), hello.seat())
            || clock.instant().isBefore(startedAt.plus(rates.joinsGrace));
    }

    /** Where somebody sits. */
    record Place(Room room, Seat seat) {}

    /**
     * Takes somebody into a branch's room: at once as far as their seat goes, and the rest as soon as the branch has a moment. A client
     * is on one branch: from another one of the session it is gone.
     *
     * @return nothing when the connection was told that it may not
     * @throws org.chorale.problem.CollaborationException {@code session-full}
     */
    Optional<Place> join(Session session, Participant newcomer, ClientFrame.Hello hello, Connection connection) {
        var branch = new BranchId(session.id(), hello.branch());
        roomsOf(session.id()).stream().filter(room -> !room.branch().equals(branch)).forEach(room ->
            room.replace(newcomer.userId(), hello.clientId()).forEach(seat -> leave(room, seat, seat.connection())));
        var arrived = new Arrived();
        try {
            rooms.compute(session.id(), (id, present) -> {
                Map<String, Room> ofSession = present == null ? Map.of() : present;
                Room room = Optional.ofNullable(ofSession.get(branch.name()))
                    .orElseGet(() -> new Room(branch, limits, presence, config.heartbeat.toSeconds(), clock));
                int elsewhere = ofSession.values().stream().filter(other -> other != room).mapToInt(Room::size).sum();
                arrived.arrival = room.claim(session.maxUsers() - elsewhere, newcomer, hello.clientId(), hello.seat(), connection);
                arrived.room = room;
                return with(ofSession, room);
            });
        } finally {
            giveUpIfEmpty(branch);
        }
        if (arrived.arrival.isEmpty()) {
            return Optional.empty();
        }
        Room room = arrived.room;
        Room.Arrival arrival = arrived.arrival.get();
        branches.visit(branch,
            view -> room.admit(session, arrival, connection, hello.revision(), view),
            problem -> connection.close(ServerFrames.error(problem),
                new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, problem.type().slug())));
        return Optional.of(new Place(room, arrival.seat()));
    }

    private static Map<String, Room> with(Map<String, Room> rooms, Room room) {
        if (rooms.containsKey(room.branch().name())) {
            return rooms;
        }
        var more = new HashMap<>(rooms);
        more.put(room.branch().name(), room);
        return Map.copyOf(more);
    }

    private static Map<String, Room> without(Map<String, Room> rooms, Room room) {
        var fewer = new HashMap<>(rooms);
        fewer.remove(room.branch().name());
        return Map.copyOf(fewer);
    }

    private static final class Arrived {
        private Room room;
        private Optional<Room.Arrival> arrival = Optional.empty();
    }

    /** A connection ended. */
    void disconnected(Place place, Connection connection, boolean forGood) {
        if (place.room().disconnected(place.seat(), connection, forGood)) {
            leave(place.room(), place.seat(), Optional.of(connection));
        }
    }

    private void leave(Room room, Seat seat, Optional<Connection> connection) {
        formerSeats.remember(room.branch().session(), seat.participant().userId(), seat.clientId(), seat.participant().participantId());
        // Behind whatever admits the participant, who may be gone before they were let in.
        branches.visit(room.branch(), branch -> {
            room.leave(seat, connection);
            if (!room.has(seat)) {
                branch.unlockAll(seat.participant().participantId());
            }
            room.unsubscribeIfEmpty(branch);
            giveUpIfEmpty(room.branch());
        }, problem -> room.vacate(seat, connection));
    }

    /** Lets a connection see its branch, between two commits. */
    void visit(BranchId branch, Consumer<BranchView> visitor, Consumer<Problem> onFailure) {
        branches.visit(branch, visitor, onFailure);
    }

    void aware(Place place, ClientFrame.Awareness frame, ClientFrames check) {
        if (place.room().aware(place.seat(), frame, check)) {
            scheduler.schedule(place.room()::tick, config.awarenessInterval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void giveUpIfEmpty(BranchId branch) {
        rooms.computeIfPresent(branch.session(), (session, ofSession) -> {
            Room room = ofSession.get(branch.name());
            if (room == null || !room.isEmpty()) {
                return ofSession;
            }
            Map<String, Room> others = without(ofSession, room);
            if (!others.isEmpty()) {
                return others;
            }
            if (sessionConfig.idleTimeout.isPresent()) {
                left.add(session);                          // nobody asks otherwise
            }
            return null;
        });
    }
}
