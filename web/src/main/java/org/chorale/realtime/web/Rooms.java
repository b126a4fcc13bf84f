package org.chorale.realtime.web;

import static java.lang.System.Logger.Level.WARNING;

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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.chorale.platform.web.Draining;
import org.chorale.problem.Problem;
import org.chorale.profile.Appearance;
import org.chorale.profile.web.AppearanceChange;
import org.chorale.session.BranchId;
import org.chorale.session.Participant;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionConfig;
import org.chorale.value.Value;

/** All rooms of this node, one for each branch that somebody is on, and all its connections, in a room or not yet. */
@ApplicationScoped
public class Rooms implements Neighbours.Listener {
    private static final System.Logger LOGGER = System.getLogger(Rooms.class.getName());

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
    @Inject
    private Neighbours neighbours;
    @Inject
    private Writers writers;
    @Inject
    private SessionWatch sessions;
    @Inject
    private Draining draining;
    @Resource
    private ManagedScheduledExecutorService scheduler;
    private ScheduledFuture<?> watch;
    private Instant startedAt;
    private volatile Optional<Room.Farewell> farewell = Optional.empty();

    @PostConstruct
    void start() {
        startedAt = clock.instant();
        neighbours.serve(this);
        sessions.serve(this::used, this::refresh);
        metrics.gauge("chorale_connections", "Open sockets", this::connections);
        metrics.gauge("chorale_sessions_active", "Sessions with somebody in them", this::activeSessions);
        metrics.gauge("chorale_outbound_queue_characters", "What waits to be sent, over all connections", this::queued);
        metrics.gauge("chorale_writers", "Who writes to sockets, or is ready to", writers::count);
        metrics.gauge("chorale_branches_open", "Branches held in memory", branches::openBranches);
        watch = scheduler.scheduleWithFixedDelay(this::watch, 1, 1, TimeUnit.SECONDS);
    }

    /** The fallback where nobody said so earlier: by now the container may have closed the sockets. */
    @PreDestroy
    void stop() {
        watch.cancel(false);
        if (!draining.hasBegun()) {
            draining.begin();
            sendAllAway(config.drainRetryAfter);
        }
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
     * Takes nothing new any more, finishes what came, for {@code chorale.connection.drain-timeout} at most, and sends everybody elsewhere, to
     * come there at times that are spread evenly. Other nodes keep their seats and locks for them. Returns when all connections are closed,
     * or when the same time has passed again.
     *
     * @param earliest nobody is asked to come back before
     */
    public void drain(Duration earliest) {
        draining.begin();
        Instant end = Instant.now().plus(config.drainTimeout);
        await(draining::isQuiet, end);
        awaitAnswers(end);
        sendAllAway(earliest);
    }

    private void sendAllAway(Duration earliest) {
        farewell = Optional.of(farewell(earliest));
        neighbours.sayToAll(new NeighbourMessage.Leaving());
        List<SessionEndpoint> present = List.copyOf(endpoints);
        Duration spread = Collections.min(List.of(config.drainSpread, config.drainInterval.multipliedBy(present.size())));
        for (int i = 0; i < present.size(); i++) {
            present.get(i).sendAway(farewell(earliest.plus(spread.multipliedBy(i).dividedBy(present.size()))));
        }
        await(endpoints::isEmpty, Instant.now().plus(config.drainTimeout));
    }

    private static Room.Farewell farewell(Duration retryAfter) {
        return new Room.Farewell(ServerFrames.draining(retryAfter), new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "draining"));
    }

    /** A visitor of a branch comes behind all that was submitted before, and behind its answers. */
    private void awaitAnswers(Instant end) {
        List<BranchId> edited = rooms.values().stream().flatMap(ofSession -> ofSession.values().stream()).map(Room::branch).toList();
        var unanswered = new AtomicInteger(edited.size());
        edited.forEach(branch -> branches.visit(branch, view -> unanswered.decrementAndGet(), problem -> unanswered.decrementAndGet()));
        await(() -> unanswered.get() == 0, end);
    }

    private static void await(BooleanSupplier done, Instant end) {
        while (!done.getAsBoolean() && Instant.now().isBefore(end)) {
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

    /** It will be asked who is in these sessions. */
    public void expect(Collection<SessionId> sessions) {
        neighbours.expect(sessions);
    }

    /** How many are in a session, at whatever node. */
    public int participants(SessionId session) {
        return participantsOf(session).size();
    }

    /** Who is in a session, at whatever node and on whatever branch, those included whose seat waits for them. */
    public List<Participant> participantsOf(SessionId session) {
        return Stream.concat(roomsOf(session).stream().flatMap(room -> room.participants().stream()),
            neighbours.ask(session).stream().map(RemoteSeat::participant)).toList();
    }

    /** Who is on a branch, at whatever node. */
    public List<Participant> participantsOn(BranchId branch) {
        return Stream.concat(roomOf(branch).map(Room::participants).orElse(List.of()).stream(),
            elsewhere(branch).map(RemoteSeat::participant)).toList();
    }

    /** What those on a branch are aware of, by participant id. */
    public Map<String, Map<String, Value>> awarenessOn(BranchId branch) {
        var states = new HashMap<>(roomOf(branch).map(Room::awareness).orElse(Map.of()));
        elsewhere(branch).filter(seat -> !seat.awareness().isEmpty())
            .forEach(seat -> states.put(seat.participant().participantId(), seat.awareness()));
        return states;
    }

    private Stream<RemoteSeat> elsewhere(BranchId branch) {
        return neighbours.ask(branch.session()).stream().filter(seat -> seat.branch().equals(branch.name()));
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
        tellHere(session, frame);
        neighbours.say(session, new NeighbourMessage.Tell(frame));
    }

    private void tellHere(SessionId session, String frame) {
        roomsOf(session).forEach(room -> room.tell(frame));
    }

    /** Tells everybody in a session that its settings are other ones, and lets conflicts be judged by them. */
    public void settingsChanged(Session session) {
        settingsAre(session);
        neighbours.say(session.id(), new NeighbourMessage.Look());
    }

    private void settingsAre(Session session) {
        var policies = Policies.of(session.conflictPolicy());
        for (BranchId branch : branches.openOf(session.id())) {
            branches.visit(branch, view -> {
                view.setPolicies(policies);
                roomOf(branch).ifPresent(room -> room.settingsAre(session));
            }, problem -> { });
        }
    }

    /**
     * Who may do what in a session is something else now. Everything on this node follows from here: edits that wait are judged by it,
     * those who may not stay are sent away, the others hear what they may, locks that nobody may hold are given free. To be called once
     * it is committed; other nodes look at it and do the same.
     */
    public void accessChanged(SessionId session, SessionAccess access) {
        accessIs(session, access);
        neighbours.say(session, new NeighbourMessage.Look());
    }

    private void accessIs(SessionId session, SessionAccess access) {
        branches.accessChanged(session, access);
        roomsOf(session).forEach(room -> tellRights(room, access));
        branches.openOf(session).forEach(branch -> branches.visit(branch, BranchView::releaseForbiddenLocks, problem -> { }));
    }

    private void tellRights(Room room, SessionAccess access) {
        room.accessChanged(access).forEach(seat -> leave(room, seat, seat.connection()));
    }

    /** Sends a user away, who may come again. */
    public void sendAway(SessionId session, String userId) {
        kick(session, userId);
        neighbours.say(session, new NeighbourMessage.Kick(userId));
    }

    @Override
    public void kick(SessionId session, String userId) {
        roomsOf(session).forEach(room -> room.kick(userId).forEach(seat -> leave(room, seat, seat.connection())));
    }

    /** Where a user who is in a session comes from. */
    public Set<String> addressesOf(SessionId session, String userId) {
        return Stream.concat(roomsOf(session).stream().flatMap(room -> room.addressesOf(userId).stream()),
            addresses(session, seat -> seat.participant().userId().equals(userId))).collect(Collectors.toSet());
    }

    private Stream<String> addresses(SessionId session, Predicate<RemoteSeat> whose) {
        return neighbours.ask(session).stream().filter(whose).map(RemoteSeat::address).filter(address -> !address.isEmpty());
    }

    /** Where a user who is in a session comes from, and nobody else who is in it. */
    public Set<String> addressesOfNobodyElse(SessionId session, String userId) {
        Set<String> addresses = addressesOf(session, userId);
        roomsOf(session).forEach(room -> addresses.removeAll(room.addressesOfOthers(userId)));
        addresses(session, seat -> !seat.participant().userId().equals(userId)).forEach(addresses::remove);
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
        neighbours.say(session, new NeighbourMessage.Look());
    }

    /** Ends a session for those who are in it. */
    public void close(SessionId session) {
        closeHere(session);
        neighbours.say(session, new NeighbourMessage.Look());
    }

    private void closeHere(SessionId session) {
        var farewell = new Room.Farewell(ServerFrames.bye("sessionClosed", false, Optional.empty()),
            new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "sessionClosed"));
        roomsOf(session).forEach(room -> room.close(farewell));
    }

    /** Somebody's tokens are worth nothing any more: who came in by them goes. */
    void tokensRevoked(@Observes Revocation revocation) {
        revoked(revocation);
        neighbours.sayToAll(new NeighbourMessage.Revoked(revocation));
    }

    @Override
    public void revoked(Revocation revocation) {
        revocations.incrementAndGet();
        endpoints.forEach(endpoint -> endpoint.revoked(revocation));
    }

    void accessChanged(@Observes AccessChange change) {
        accessChanged(change.session(), change.access());
    }

    void appearanceChanged(@Observes AppearanceChange change) {
        looks(change.userId(), change.appearance());
        neighbours.sayToAll(new NeighbourMessage.Looks(change.userId(), change.appearance()));
    }

    @Override
    public void looks(String userId, Appearance appearance) {
        rooms.values().forEach(ofSession -> ofSession.values().forEach(room -> room.appearanceChanged(userId, appearance)));
    }

    // ---- what other nodes say

    @Override
    public void presence(SessionId session, SeatNews news) {
        for (Room room : roomsOf(session)) {
            Predicate<RemoteSeat> here = seat -> seat.branch().equals(room.branch().name());
            List<Participant> joined = news.joined().stream().filter(here).map(RemoteSeat::participant).toList();
            List<String> gone = news.left().stream().filter(here).map(seat -> seat.participant().participantId()).toList();
            List<Participant> updated = news.updated().stream().filter(here).map(RemoteSeat::participant).toList();
            if (!joined.isEmpty() || !gone.isEmpty() || !updated.isEmpty()) {
                room.elsewhere(joined, gone, updated);
            }
            news.joined().stream().filter(here).filter(seat -> !seat.awareness().isEmpty()).forEach(seat ->
                room.awareElsewhere(Map.of(seat.participant().participantId(), seat.awareness())));
            if (!gone.isEmpty() && room.hasLocks()) {
                // Their node gives their locks free; where it died, whoever is first does.
                branches.visit(room.branch(), branch -> gone.forEach(branch::unlockAll), problem -> { });
            }
        }
    }

    @Override
    public void aware(BranchId branch, Map<String, Map<String, Value>> states) {
        roomOf(branch).ifPresent(room -> room.awareElsewhere(states));
    }

    @Override
    public void overtaken(SessionId session, RemoteSeat seat) {
        roomsOf(session).forEach(room -> {
            if (room.overtaken(seat.participant().participantId()).isPresent()) {
                branches.visit(room.branch(), branch -> {
                    room.unsubscribeIfEmpty(branch);
                    giveUpIfEmpty(room.branch());
                }, problem -> giveUpIfEmpty(room.branch()));
            }
        });
    }

    @Override
    public void heard(SessionId session, String frame) {
        tellHere(session, frame);
    }

    @Override
    public void look(SessionId session) {
        sessions.lookSoon(session);
    }

    @Override
    public void mayHaveMissed() {
        scheduler.execute(() -> {
            try {
                endpoints.forEach(SessionEndpoint::verifyAgain);
            } catch (RuntimeException e) {
                LOGGER.log(WARNING, () -> "it is not known whether all connections may stay, their tokens end within minutes: " + e);
            }
        });
    }

    /** Sessions that something of is held here, and that another node may change. */
    private Set<SessionId> used() {
        var used = new HashSet<>(rooms.keySet());
        branches.open().forEach(branch -> used.add(branch.session()));
        return used;
    }

    /** A session's row, or who may do what in it, was changed by some node. */
    private void refresh(Session session, SessionAccess access) {
        if (session.isClosed()) {
            closeHere(session.id());
            return;
        }
        roomsOf(session.id()).forEach(Room::reopen);
        settingsAre(session);
        accessIs(session.id(), access);
    }

    // ---- for connections

    /** How many revocations there were: who looks before and after a token is verified knows whether one came between. */
    long revocations() {
        return revocations.get();
    }

    void opened(SessionEndpoint endpoint) {
        endpoints.add(endpoint);
        farewell.ifPresent(endpoint::sendAway);
    }

    void closed(SessionEndpoint endpoint) {
        endpoints.remove(endpoint);
    }

    /**
     * Whether somebody comes back, to a seat that is theirs or was lately. A server that has just started remembers nobody and believes
     * everybody who says so: all of them come at once.
     */
    boolean comesBack(SessionId session, String userId, ClientFrame.Hello hello) {
        boolean hasSeat = roomsOf(session).stream().anyMatch(room -> room.keepsSeat(userId, hello.clientId(), hello.seat()))
            || neighbours.seatOf(session, userId, hello.clientId(), hello.seat()).isPresent();
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
        neighbours.follow(session.id());
        Optional<RemoteSeat> left = neighbours.seatOf(session.id(), newcomer.userId(), hello.clientId(), hello.seat());
        int atOthers = neighbours.known(session.id()).size();
        var arrived = new Arrived();
        try {
            rooms.compute(session.id(), (id, present) -> {
                Map<String, Room> ofSession = present == null ? Map.of() : present;
                Room room = Optional.ofNullable(ofSession.get(branch.name()))
                    .orElseGet(() -> new Room(branch, limits, presence, config.heartbeat.toSeconds(), clock, neighbours, writers));
                int elsewhere = ofSession.values().stream().filter(other -> other != room).mapToInt(Room::size).sum();
                arrived.arrival = room.claim(session.maxUsers() - elsewhere - atOthers, newcomer, hello.clientId(), hello.seat(), left,
                    connection);
                arrived.room = room;
                neighbours.follow(session.id());            // the last one may have left meanwhile
                return with(ofSession, room);
            });
        } finally {
            giveUpIfEmpty(branch);
            if (!rooms.containsKey(session.id())) {
                neighbours.unfollow(session.id());
            }
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
            if (!room.has(seat) && neighbours.known(room.branch().session()).stream()
                    .noneMatch(other -> other.participant().participantId().equals(seat.participant().participantId()))) {
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
            neighbours.unfollow(session);
            if (sessionConfig.idleTimeout.isPresent()) {
                left.add(session);                          // nobody asks otherwise
            }
            return null;
        });
    }
}
