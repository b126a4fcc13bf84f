package org.chorale.realtime.web;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.chorale.document.service.Branches;
import org.chorale.document.service.LimitsConfig;
import org.chorale.session.BranchId;
import org.chorale.session.Participant;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.value.Value;

/** All rooms of this node, and all its connections, in a room or not yet. */
@ApplicationScoped
public class Rooms {
    private final Map<SessionId, Room> rooms = new ConcurrentHashMap<>();
    private final Set<SessionEndpoint> endpoints = ConcurrentHashMap.newKeySet();

    @Inject
    private Branches branches;
    @Inject
    private LimitsConfig limits;
    @Inject
    private RealtimeConfig config;
    @Resource
    private ManagedScheduledExecutorService scheduler;
    private ScheduledFuture<?> watch;
    private volatile Optional<Room.Farewell> draining = Optional.empty();

    @PostConstruct
    void start() {
        watch = scheduler.scheduleWithFixedDelay(() -> endpoints.forEach(SessionEndpoint::watch), 1, 1, TimeUnit.SECONDS);
    }

    /** The fallback where nobody said so earlier: by now the container may have closed the sockets. */
    @PreDestroy
    void stop() {
        watch.cancel(false);
        drain();
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

    /** How many sessions have somebody in them. */
    public int activeSessions() {
        return rooms.size();
    }

    public int connections() {
        return endpoints.size();
    }

    public int participants(SessionId session) {
        return Optional.ofNullable(rooms.get(session)).map(Room::size).orElse(0);
    }

    /** Ends a session for those who are in it. */
    public void close(SessionId session) {
        var farewell = new Room.Farewell(ServerFrames.bye("sessionClosed", false, Optional.empty()),
            new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "sessionClosed"));
        Optional.ofNullable(rooms.get(session)).ifPresent(room -> room.close(farewell));
    }

    void opened(SessionEndpoint endpoint) {
        endpoints.add(endpoint);
        draining.ifPresent(endpoint::sendAway);
    }

    void closed(SessionEndpoint endpoint) {
        endpoints.remove(endpoint);
    }

    /** Takes somebody into the session's room; whatever happens, the connection is told. */
    Room join(Session session, Participant newcomer, String clientId, Connection connection, Optional<Long> resumeFrom) {
        Room room = rooms.compute(session.id(), (id, present) -> {
            Room expecting = present == null ? new Room(limits, config.heartbeat.toSeconds()) : present;
            expecting.expect();
            return expecting;
        });
        branches.visit(BranchId.main(session.id()),
            branch -> {
                room.admit(session, newcomer, clientId, connection, resumeFrom, branch);
                giveUpIfEmpty(session.id());
            },
            problem -> {
                room.expectNoMore();
                giveUpIfEmpty(session.id());
                connection.close(ServerFrames.error(problem), new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, problem.type().slug()));
            });
        return room;
    }

    void leave(SessionId session, Room room, String participantId) {
        // Behind whatever admits the participant, who may be gone before they were let in.
        branches.visit(BranchId.main(session), branch -> {
            room.leave(participantId);
            room.unsubscribeIfEmpty(branch);
            giveUpIfEmpty(session);
        }, problem -> {
            room.leave(participantId);
            giveUpIfEmpty(session);
        });
    }

    void resync(SessionId session, Room room, Connection connection, long revision) {
        branches.visit(BranchId.main(session), branch -> room.resync(connection, revision, branch),
            problem -> connection.send(ServerFrames.error(problem)));
    }

    void aware(Room room, String participantId, Map<String, Value> partial, ClientFrames check) {
        if (room.aware(participantId, partial, check)) {
            scheduler.schedule(room::tick, config.awarenessInterval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void giveUpIfEmpty(SessionId session) {
        rooms.computeIfPresent(session, (id, room) -> room.isEmpty() ? null : room);
    }
}
