package org.chorale.realtime.web;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static org.chorale.problem.ProblemType.BRANCH_NOT_FOUND;
import static org.chorale.problem.ProblemType.FRAME_TOO_LARGE;
import static org.chorale.problem.ProblemType.HELLO_EXPECTED;
import static org.chorale.problem.ProblemType.INTERNAL_ERROR;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.MALFORMED_FRAME;
import static org.chorale.problem.ProblemType.SESSION_CLOSED;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.chorale.document.Author;
import org.chorale.document.service.Branches;
import org.chorale.document.service.LimitsConfig;
import org.chorale.document.service.Outcome;
import org.chorale.document.service.Submission;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.Problem;
import org.chorale.session.BranchId;
import org.chorale.session.Guest;
import org.chorale.session.Participant;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.service.Secrets;
import org.chorale.session.service.SessionService;

/** The realtime door of a session: reads what one client says and passes it on. One instance a connection, one frame at a time. */
@Dependent
@ServerEndpoint(value = "/ws/v1/sessions/{sessionId}", subprotocols = "chorale.v1")
public class SessionEndpoint {
    /** The client will not succeed by trying again. */
    static final CloseReason REFUSED = new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "refused");

    private static final System.Logger LOGGER = System.getLogger(SessionEndpoint.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Clock CLOCK = Clock.systemUTC();
    private static final int MISSED_HEARTBEATS = 3;

    @Inject
    private Rooms rooms;
    @Inject
    private Branches branches;
    @EJB
    private SessionService sessions;
    @Inject
    private LimitsConfig limits;
    @Inject
    private RealtimeConfig config;

    private ClientFrames frames;
    private Connection connection;
    private String sessionId;
    private Instant helloDeadline;
    private final StringBuilder partial = new StringBuilder();
    private long partialBytes;
    private final Deque<Instant> malformed = new ArrayDeque<>();
    private volatile Optional<Seat> seat = Optional.empty();

    /** Where a client sits after its hello. */
    private record Seat(SessionId session, Room room, Author author) {
        BranchId branch() {
            return BranchId.main(session);
        }
    }

    @PostConstruct
    void prepare() {
        frames = new ClientFrames(limits);
    }

    @OnOpen
    public void open(jakarta.websocket.Session socket, @PathParam("sessionId") String typedSessionId) {
        Instant now = CLOCK.instant();
        sessionId = typedSessionId;
        helloDeadline = now.plus(config.helloTimeout);
        connection = new Connection(socket, config.queueBytes, now);
        connection.start();
        rooms.opened(this);
    }

    @OnClose
    public void close(CloseReason reason) {
        rooms.closed(this);
        connection.closed();
        LOGGER.log(DEBUG, () -> "connection=%s closed: %s".formatted(connection.id(), reason));
        seat.ifPresent(taken -> rooms.leave(taken.session(), taken.room(), taken.author().participantId()));
    }

    @OnError
    public void fail(Throwable failure) {
        LOGGER.log(DEBUG, () -> "connection=%s: %s".formatted(connection.id(), failure));
    }

    /** Frames arrive in parts of the container's choice, so the limit is counted over the parts. */
    @OnMessage
    public void receive(String part, boolean last) {
        connection.heard(CLOCK.instant());
        partialBytes += utf8Length(part);
        if (partialBytes <= limits.frameBytes) {
            partial.append(part);
        }
        if (!last) {
            return;
        }
        boolean tooLarge = partialBytes > limits.frameBytes;
        String frame = partial.toString();
        partial.setLength(0);
        partial.trimToSize();
        partialBytes = 0;
        if (tooLarge) {
            reject(FRAME_TOO_LARGE.with("frame (expected: at most " + limits.frameBytes + " bytes)"));
        } else {
            handle(frame);
        }
    }

    @OnMessage
    public void receive(byte[] part, boolean last) {
        connection.heard(CLOCK.instant());
        if (last) {
            reject(MALFORMED_FRAME.with("binary frame (expected: text)"));
        }
    }

    /** Called every second: ends a connection that says no hello, or nothing at all. */
    void watch() {
        Instant now = CLOCK.instant();
        Duration silence = config.heartbeat.multipliedBy(MISSED_HEARTBEATS);
        if (seat.isEmpty() && now.isAfter(helloDeadline)) {
            refuse(HELLO_EXPECTED.with("hello (expected: within " + config.helloTimeout.toSeconds() + " s)"));
        } else if (connection.isSilentSince(now.minus(silence))) {
            connection.close(ServerFrames.bye("silent", true, Optional.empty()), new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "silent"));
        }
    }

    void sendAway(Room.Farewell farewell) {
        connection.close(farewell.bye(), farewell.reason());
    }

    private void handle(String text) {
        try {
            ClientFrame frame = frames.read(text);
            if (seat.isEmpty() && !(frame instanceof ClientFrame.Hello)) {
                refuse(HELLO_EXPECTED.with("the first frame (expected: hello)"));
                return;
            }
            switch (frame) {
                case ClientFrame.Hello hello -> join(hello);
                case ClientFrame.Submit submit -> submit(submit, seat.orElseThrow());
                case ClientFrame.Undo(var id, var undone) ->
                    submit(List.of(new Submission.Undo(id, undone)), Optional.empty(), seat.orElseThrow());
                case ClientFrame.Awareness(var state) -> {
                    Seat taken = seat.orElseThrow();
                    rooms.aware(taken.room(), taken.author().participantId(), state, frames);
                }
                case ClientFrame.Resync(var revision) -> rooms.resync(seat.orElseThrow().session(), seat.orElseThrow().room(), connection, revision);
                case ClientFrame.Ping(var t) -> connection.send(ServerFrames.pong(t, CLOCK.instant(), seat.orElseThrow().room().revision()));
            }
        } catch (CollaborationException e) {
            reject(e.problem());
        } catch (RuntimeException e) {
            LOGGER.log(ERROR, "connection=" + connection.id() + " failed", e);
            String error = ServerFrames.error(INTERNAL_ERROR.with("See the server's log."));
            if (seat.isPresent()) {
                connection.send(error);
            } else {
                // A hello that failed here may succeed later: the database may be away.
                connection.close(error, new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, "failed"));
            }
        }
    }

    // ---- hello

    private void join(ClientFrame.Hello hello) {
        if (seat.isPresent()) {
            throw MALFORMED_FRAME.because("hello (expected: once)");
        }
        Session session;
        try {
            session = sessions.find(SessionId.parse(sessionId));
            if (session.isClosed()) {
                throw SESSION_CLOSED.because("session: " + session.id());
            }
            if (!hello.branch().equals(BranchId.MAIN)) {
                throw BRANCH_NOT_FOUND.because("branch (expected: " + BranchId.MAIN + ")");
            }
        } catch (CollaborationException e) {
            refuse(e.problem());
            return;
        }
        Guest guest = hello.guest();
        var participant = new Participant(newParticipantId(), userId(guest), guest.name(), guest.color(),
            Participant.Role.COLLABORATOR, Participant.Status.ONLINE);
        Room room = rooms.join(session, participant, hello.clientId(), connection, hello.revision());
        seat = Optional.of(new Seat(session.id(), room, new Author(participant.userId(), participant.participantId())));
        LOGGER.log(INFO, () -> "session=%s participant=%s joins".formatted(session.id(), participant.participantId()));
    }

    private static String newParticipantId() {
        return "p-" + SessionId.random(RANDOM);
    }

    /** The same for each connection of one guest, and telling nothing of the secret. */
    private static String userId(Guest guest) {
        return "g-" + guest.secret().map(secret -> Secrets.hash("guest:" + secret).substring(0, 16))
            .orElseGet(() -> SessionId.random(RANDOM).value());
    }

    // ---- submit

    private void submit(ClientFrame.Submit submit, Seat taken) {
        var changes = new ArrayList<Submission.Edit>();
        Optional<String> refused = Optional.empty();
        for (JsonNode json : submit.changes()) {
            try {
                changes.add(new Submission.Edit(frames.readChange(json)));
            } catch (CollaborationException e) {
                refused = Optional.of(refusedUnread(json, e.problem()));
                break;
            }
        }
        submit(changes, refused, taken);
    }

    /** @param atTheEnd what is answered once all of the requests are accepted */
    private void submit(List<? extends Submission.Request> requests, Optional<String> atTheEnd, Seat taken) {
        if (!connection.beginSubmit(config.submitsInFlight)) {
            connection.send(ServerFrames.error(LIMIT_EXCEEDED.with("submits without an answer (expected: at most " + config.submitsInFlight + ")")));
            return;
        }
        if (requests.isEmpty()) {
            connection.endSubmit();
            atTheEnd.ifPresent(connection::send);
            return;
        }
        branches.submit(taken.branch(), new Submission(taken.author(), requests, outcomes -> {
            connection.endSubmit();
            outcomes.forEach(outcome -> answer(outcome, taken.room()));
            if (outcomes.stream().allMatch(Outcome.Accepted.class::isInstance)) {
                atTheEnd.ifPresent(connection::send);
            }
        }));
    }

    private void answer(Outcome outcome, Room room) {
        if (outcome instanceof Outcome.Accepted accepted) {
            room.reached(accepted.revision());
        }
        connection.send(ServerFrames.outcome(outcome));
    }

    /** A change that cannot be read is refused by the name it has; without one the whole frame is malformed. */
    private static String refusedUnread(JsonNode json, Problem problem) {
        JsonNode id = json.path("changeId");
        if (!id.isTextual() || id.textValue().length() > 96) {
            throw MALFORMED_FRAME.because("changeId (expected: clientId:counter)");
        }
        return ServerFrames.refused(id.textValue(), problem);
    }

    // ---- what cannot be read

    /** Tells the client; ends the connection when that happens again and again. */
    private void reject(Problem problem) {
        Instant now = CLOCK.instant();
        malformed.addLast(now);
        while (malformed.getFirst().isBefore(now.minusSeconds(60))) {
            malformed.removeFirst();
        }
        if (malformed.size() >= config.malformedPerMinute) {
            refuse(problem);
        } else {
            connection.send(ServerFrames.error(problem));
        }
    }

    private void refuse(Problem problem) {
        connection.close(ServerFrames.error(problem), REFUSED);
    }

    private static long utf8Length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }
}
