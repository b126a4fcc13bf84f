package org.chorale.realtime.web;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.FRAME_TOO_LARGE;
import static org.chorale.problem.ProblemType.HELLO_EXPECTED;
import static org.chorale.problem.ProblemType.INTERNAL_ERROR;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.MALFORMED_FRAME;
import static org.chorale.problem.ProblemType.SERVER_BUSY;
import static org.chorale.problem.ProblemType.SESSION_CLOSED;
import static org.chorale.problem.ProblemType.STORAGE_UNAVAILABLE;
import static org.chorale.problem.ProblemType.TOKEN_EXPIRED;
import static org.chorale.problem.ProblemType.UNAUTHENTICATED;
import static org.chorale.problem.ProblemType.UNKNOWN_CHANGE;

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
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.chorale.access.Role;
import org.chorale.access.SessionAccess;
import org.chorale.access.service.Entrance;
import org.chorale.access.service.User;
import org.chorale.account.Identity;
import org.chorale.account.Scope;
import org.chorale.account.service.PictureService;
import org.chorale.account.service.Standings;
import org.chorale.account.web.Identities;
import org.chorale.account.web.Revocation;
import org.chorale.branch.web.SessionBranches;
import org.chorale.chat.ChatAuthor;
import org.chorale.chat.service.ChatService;
import org.chorale.chat.service.Posted;
import org.chorale.document.Author;
import org.chorale.document.ChangeId;
import org.chorale.document.service.BranchView;
import org.chorale.document.service.Branches;
import org.chorale.document.service.LimitsConfig;
import org.chorale.document.service.Outcome;
import org.chorale.document.service.Submission;
import org.chorale.limit.web.Rates;
import org.chorale.lock.LockHolder;
import org.chorale.platform.metrics.ServerMetrics;
import org.chorale.platform.store.StorageWatch;
import org.chorale.platform.web.Draining;
import org.chorale.platform.web.StorageFailures;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.Problem;
import org.chorale.profile.Appearance;
import org.chorale.session.BranchId;
import org.chorale.session.Guest;
import org.chorale.session.Participant;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.service.GuestConfig;
import org.chorale.session.service.SessionService;
import org.chorale.session.web.KnownNames;

/** The realtime door of a session: reads what one client says and passes it on. One instance a connection, one frame at a time. */
@Dependent
@ServerEndpoint(value = "/ws/v1/sessions/{sessionId}", subprotocols = {SessionEndpoint.DEFLATE, SessionEndpoint.PLAIN},
    configurator = RemoteAddresses.Configurator.class)
public class SessionEndpoint {
    /** The client will not succeed by trying again. */
    static final CloseReason REFUSED = new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "refused");

    static final String PLAIN = "chorale.v1";
    static final String DEFLATE = "chorale.v1.deflate";

    private static final System.Logger LOGGER = System.getLogger(SessionEndpoint.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MISSED_HEARTBEATS = 3;

    @Inject
    private Rooms rooms;
    @Inject
    private Branches branches;
    @EJB
    private SessionService sessions;
    @Inject
    private SessionBranches sessionBranches;
    @Inject
    private Entrance entrance;
    @EJB
    private ChatService chats;
    @EJB
    private PictureService pictures;
    @Inject
    private Meetings meetings;
    @Inject
    private KnownNames names;
    @Inject
    private StorageWatch storage;
    @Inject
    private LimitsConfig limits;
    @Inject
    private RealtimeConfig config;
    @Inject
    private ServerMetrics metrics;
    @Inject
    private Identities identities;
    @EJB
    private Standings standings;
    @Inject
    private GuestConfig guests;
    @Inject
    private Clock clock;
    @Inject
    private Rates rates;
    @Inject
    private Draining draining;
    @Inject
    private Writers writers;

    private ClientFrames frames;
    private Connection connection;
    private String sessionId;
    private Instant helloDeadline;
    private boolean deflate;
    private final StringBuilder partial = new StringBuilder();
    private final ByteArrayOutputStream partialBinary = new ByteArrayOutputStream(0);
    private long partialBytes;
    private final Deque<Instant> malformed = new ArrayDeque<>();
    private volatile Optional<Seated> seat = Optional.empty();
    /** Who came in by a token; empty for guests. */
    private volatile Optional<Identity> identity = Optional.empty();
    /** Who comes once only, without a secret, is remembered from when they write something: nobody else asks for their name. */
    private volatile boolean nameKept;
    /** Its hello was heard and waits for the database. */
    private volatile boolean greeting;
    /** It was found ended before, and nobody has said so; for whoever watches alone. */
    private boolean unannounced;
    private volatile boolean closedForGood;
    private volatile boolean closed;

    /** Where a client sits after its hello. */
    private record Seated(SessionId session, Rooms.Place place, Author author) {
        BranchId branch() {
            return place.room().branch();
        }

        Room room() {
            return place.room();
        }

        Seat seat() {
            return place.seat();
        }

        LockHolder lockHolder() {
            return new LockHolder(author.participantId(), author.userId(), seat().participant().name());
        }
    }

    @PostConstruct
    void prepare() {
        frames = new ClientFrames(limits);
    }

    @OnOpen
    public void open(jakarta.websocket.Session socket, @PathParam("sessionId") String typedSessionId) {
        Instant now = clock.instant();
        sessionId = typedSessionId;
        helloDeadline = now.plus(config.helloTimeout);
        deflate = DEFLATE.equals(socket.getNegotiatedSubprotocol());
        connection = new Connection(socket, writers, config.queueBytes, deflate ? config.deflateThreshold : Integer.MAX_VALUE, metrics::propagated, now);
        rooms.opened(this);
        if (closed) {
            rooms.closed(this);                             // it ended on another thread before it was counted
        }
    }

    @OnClose
    public void close(CloseReason reason) {
        // A page that reloads closes with 1001, a network that breaks not at all: only who says so is gone for good.
        closedForGood = reason.getCloseCode() == CloseReason.CloseCodes.NORMAL_CLOSURE
            || reason.getCloseCode() == CloseReason.CloseCodes.VIOLATED_POLICY;
        closed = true;
        rooms.closed(this);
        connection.closed();
        LOGGER.log(DEBUG, () -> "connection=%s closed: %s".formatted(connection.id(), reason));
        leave();
    }

    private void leave() {
        seat.ifPresent(taken -> rooms.disconnected(taken.place(), connection, closedForGood));
    }

    @OnError
    public void fail(Throwable failure) {
        LOGGER.log(DEBUG, () -> "connection=%s: %s".formatted(connection.id(), failure));
    }

    /** Frames arrive in parts of the container's choice, so the limit is counted over the parts. */
    @OnMessage
    public void receive(String part, boolean last) {
        connection.heard(clock.instant());
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
            take(frame);
        }
    }

    /** A compressed frame, where that was agreed on. */
    @OnMessage
    public void receive(byte[] part, boolean last) {
        connection.heard(clock.instant());
        partialBytes += part.length;
        if (deflate && partialBytes <= limits.frameBytes) {
            partialBinary.writeBytes(part);
        }
        if (!last) {
            return;
        }
        byte[] compressed = partialBinary.toByteArray();
        partialBinary.reset();
        partialBytes = 0;
        if (!deflate) {
            reject(MALFORMED_FRAME.with("binary frame (expected: text)"));
            return;
        }
        String frame;
        try {
            frame = Inflation.inflate(compressed, limits.frameBytes);
        } catch (CollaborationException e) {
            reject(e.problem());
            return;
        }
        take(frame);
    }

    /** What comes to a server that is about to stop is said again to another one: nobody was told that it arrived. */
    private void take(String frame) {
        if (draining.enter()) {
            try {
                handle(frame);
            } finally {
                draining.leave();
            }
        }
    }

    /** Called every second: ends a connection that says no hello, or nothing at all. */
    void watch() {
        if (connection.isEnded()) {
            // The container does not always say so: of a socket that breaks while it is being closed, for one.
            if (unannounced) {
                LOGGER.log(DEBUG, () -> "connection=%s ended without a word".formatted(connection.id()));
                close(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, "ended"));
            }
            unannounced = true;
            return;
        }
        Instant now = clock.instant();
        Duration silence = config.heartbeat.multipliedBy(MISSED_HEARTBEATS);
        if (seat.isEmpty() && !greeting && now.isAfter(helloDeadline)) {
            // A server too busy to read it has not heard it either: whoever did say it comes again.
            comeBackLater(HELLO_EXPECTED.with("hello (expected: within " + config.helloTimeout.toSeconds() + " s)"));
        } else if (connection.isSilentSince(now.minus(silence))) {
            connection.close(ServerFrames.bye("silent", true, Optional.empty()), new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "silent"));
        } else if (connection.goodUntil().filter(end -> now.isAfter(end.plus(config.tokenGrace))).isPresent()) {
            endAccess(true);
        }
    }

    /** Some tokens are worth nothing any more, perhaps the one of this connection. */
    void revoked(Revocation revocation) {
        if (identity.filter(revocation::concerns).isPresent()) {
            endAccess(revocation.mayReturn());
        }
    }

    /** A revocation may have been missed: looks whether whoever came in by a token still may. */
    void verifyAgain() {
        if (identity.isPresent() && !standings.isGood(identity.get())) {
            endAccess(false);
        }
    }

    /** @param mayReturn whether another token helps; the seat waits then */
    private void endAccess(boolean mayReturn) {
        var code = mayReturn ? CloseReason.CloseCodes.GOING_AWAY : CloseReason.CloseCodes.VIOLATED_POLICY;
        connection.close(ServerFrames.bye("revoked", mayReturn, Optional.empty()), new CloseReason(code, "revoked"));
    }

    void sendAway(Room.Farewell farewell) {
        connection.close(farewell.bye(), farewell.reason());
    }

    private void handle(String text) {
        if (connection.isClosing()) {
            return;
        }
        ClientFrame frame;
        try {
            frame = frames.read(text);
        } catch (CollaborationException e) {
            reject(e.problem());
            return;
        }
        if (seat.isEmpty() && !(frame instanceof ClientFrame.Hello)) {
            refuse(HELLO_EXPECTED.with("the first frame (expected: hello)"));
            return;
        }
        try {
            if (frame instanceof ClientFrame.Hello hello) {
                greet(hello);
            } else {
                handle(frame, seat.orElseThrow());
            }
        } catch (CollaborationException e) {
            fail(frame, e.problem());
        } catch (RuntimeException e) {
            Problem problem = problemOf(e);
            if (seat.isPresent()) {
                connection.send(ServerFrames.error(problem, frame));
            } else {
                comeBackLater(problem);
            }
        }
    }

    private Problem problemOf(RuntimeException failure) {
        Optional<Problem> noDatabase = StorageFailures.problemOf(failure);
        if (noDatabase.isPresent()) {
            LOGGER.log(WARNING, () -> "connection=%s found no database: %s".formatted(connection.id(), failure));
            return noDatabase.get();
        }
        LOGGER.log(ERROR, "connection=" + connection.id() + " failed", failure);
        return INTERNAL_ERROR.with("See the server's log.");
    }

    private void handle(ClientFrame frame, Seated taken) {
        if (!(frame instanceof ClientFrame.Ping) && !(frame instanceof ClientFrame.Authenticate)) {
            taken.room().active(taken.seat());
        }
        if (!isCheap(frame)) {
            try {
                rates.frame(taken.author().userId(), taken.session().value());
            } catch (Rates.Exceeded e) {
                sayLater(frame, e.problem());
                return;
            }
        }
        switch (frame) {
            case ClientFrame.Hello hello -> throw new IllegalArgumentException("hello is not for those who have a seat");
            case ClientFrame.Authenticate(var token) -> authenticate(token);
            case ClientFrame.Submit submit -> submit(submit, taken);
            case ClientFrame.Undo undo -> undo(undo, taken);
            case ClientFrame.Awareness awareness -> rooms.aware(taken.place(), awareness, frames);
            case ClientFrame.Lock(var element, var lease) ->
                visit(frame, taken, branch -> branch.lock(element, taken.lockHolder(), lease));
            case ClientFrame.Unlock(var element) ->
                visit(frame, taken, branch -> branch.unlock(element, taken.author().userId()));
            case ClientFrame.Chat chat -> chat(chat, taken);
            case ClientFrame.Resync resync ->
                visit(frame, taken, branch -> taken.room().resync(connection, resync, branch));
            case ClientFrame.Ping(var t) -> connection.send(ServerFrames.pong(t, clock.instant(), taken.room().revision()));
        }
    }

    /** What is answered or passed on without asking anybody, and joined with its like where somebody lags. */
    private static boolean isCheap(ClientFrame frame) {
        return frame instanceof ClientFrame.Ping || frame instanceof ClientFrame.Awareness;
    }

    /** A change is refused by its name, so that its author keeps it for later. */
    private void sayLater(ClientFrame frame, Problem problem) {
        if (frame instanceof ClientFrame.Submit submit && !submit.changes().isEmpty()) {
            connection.send(refusedUnread(submit.changes().getFirst(), problem));
        } else if (frame instanceof ClientFrame.Undo undo) {
            connection.send(ServerFrames.refused(undo.id().toString(), problem));
        } else {
            connection.send(ServerFrames.error(problem, frame));
        }
    }

    private void visit(ClientFrame frame, Seated taken, Consumer<BranchView> visitor) {
        rooms.visit(taken.branch(), visitor, problem -> connection.send(ServerFrames.error(problem, frame)));
    }

    /** What is wrong with the frame's form counts against the connection; what cannot be done does not. */
    private void fail(ClientFrame frame, Problem problem) {
        if (problem.type() == MALFORMED_FRAME || problem.type() == FRAME_TOO_LARGE) {
            reject(problem);
        } else if (problem.type() == STORAGE_UNAVAILABLE && seat.isEmpty()) {
            comeBackLater(problem);
        } else {
            connection.send(ServerFrames.error(problem, frame));
        }
    }

    /** A hello that failed, or was not heard, may succeed later: the database may be away. */
    private void comeBackLater(Problem problem) {
        connection.close(ServerFrames.error(problem), new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, problem.type().slug()));
    }

    // ---- hello

    private void greet(ClientFrame.Hello hello) {
        if (seat.isPresent()) {
            throw MALFORMED_FRAME.because("hello (expected: once)");
        }
        greeting = true;
        try {
            storage.mark();
            join(hello);
        } finally {
            greeting = false;
        }
        if (closed) {
            leave();                                        // it was closed before there was a seat to give up
        }
    }

    private void join(ClientFrame.Hello hello) {
        Session session;
        Participant newcomer;
        try {
            if (!saysItReturns(hello)) {
                rates.join(connection.address());           // before anything is looked up for it
            }
            session = sessions.find(SessionId.parse(sessionId));
            if (session.isClosed()) {
                throw SESSION_CLOSED.because("session: " + session.id());
            }
            sessionBranches.of(session.id(), Optional.of(hello.branch()));
            newcomer = newcomer(hello, session.id());
        } catch (Rates.Exceeded e) {
            comeBackLater(e.problem());
            return;
        } catch (CollaborationException e) {
            turnAway(hello, e.problem());
            return;
        }
        Optional<Rooms.Place> place;
        try {
            place = rooms.join(session, newcomer, hello, connection);
        } catch (CollaborationException e) {
            refuse(e.problem());
            return;
        }
        seat = place.map(taken -> {
            String participantId = taken.seat().participant().participantId();
            LOGGER.log(INFO, () -> "session=%s participant=%s joins".formatted(session.id(), participantId));
            identity.ifPresent(person -> meetings.came(session.id(), person.userId(), taken.room().participants()));
            if (hello.token().isPresent() || hello.guest().flatMap(Guest::secret).isPresent()) {
                keepName(session.id(), newcomer.userId(), newcomer.name());
            }
            return new Seated(session.id(), taken, new Author(newcomer.userId(), participantId));
        });
    }

    private void keepName(SessionId session, String userId, String name) {
        nameKept = true;
        names.came(session, userId, name);
    }

    /** Who joined before has what a session told it. Whether that is true is found out where it is known who it is. */
    private static boolean saysItReturns(ClientFrame.Hello hello) {
        return hello.revision().isPresent() || hello.seat().isPresent();
    }

    /** Some may come back: with a fresh token, when the database can write, or when passwords are looked at again. */
    private void turnAway(ClientFrame.Hello hello, Problem problem) {
        if (saysItReturns(hello)) {
            try {
                rates.join(connection.address());           // or else everybody would say so who only tries addresses
            } catch (Rates.Exceeded e) {
                comeBackLater(e.problem());
                return;
            }
        }
        if (problem.type() == TOKEN_EXPIRED || problem.type() == STORAGE_UNAVAILABLE || problem.type() == SERVER_BUSY) {
            comeBackLater(problem);
        } else {
            refuse(problem);
        }
    }

    /** Who says hello, if they may come in. */
    private Participant newcomer(ClientFrame.Hello hello, SessionId session) {
        return hello.token().map(token -> signedIn(token, hello, session)).orElseGet(() -> guest(hello.guest().orElseThrow(), hello, session));
    }

    private Participant guest(Guest guest, ClientFrame.Hello hello, SessionId session) {
        if (!guests.allowed) {
            throw UNAUTHENTICATED.because("token (expected: one; there are no guests on this server)");
        }
        return enter(session, User.of(guest), guest.color(), Appearance.PLAIN, hello);
    }

    private Participant signedIn(String token, ClientFrame.Hello hello, SessionId session) {
        Identity person = admit(token);
        return enter(session, User.of(person), hello.color().orElse(person.color()), pictures.appearance(person.userId()), hello);
    }

    /** Whoever shows something may have become a member by it, which what waits and who is here already is judged by. */
    private Participant enter(SessionId session, User who, String color, Appearance appearance, ClientFrame.Hello hello) {
        if (saysItReturns(hello) && !rooms.comesBack(session, who.userId(), hello)) {
            rates.join(connection.address());
        }
        var visitor = new Entrance.Visitor(who, hello.password(), hello.invitation(), connection.address());
        SessionAccess access = storage.durably(() -> entrance.admit(session, visitor));
        if (visitor.password().isPresent() || visitor.invitation().isPresent()) {
            rooms.accessChanged(session, access);
        }
        return new Participant(newParticipantId(), who.userId(), who.name(), color, appearance,
            access.writtenRoleOf(who.userId()).orElse(Role.VIEWER), Participant.Status.ONLINE);
    }

    private static String newParticipantId() {
        return "p-" + SessionId.random(RANDOM);
    }

    // ---- tokens

    /** Takes in whose token this is. What is revoked while it is verified would reach nobody: then it is verified once more. */
    private Identity admit(String token) {
        while (true) {
            long before = rooms.revocations();
            Identity person = identities.identify(token);
            person.require(Scope.WRITE);
            identity = Optional.of(person);
            connection.setGoodUntil(person.expiresAt());
            if (rooms.revocations() == before) {
                return person;
            }
        }
    }

    private void authenticate(String token) {
        Identity present = identity.orElseThrow(() -> FORBIDDEN.because("authenticate (expected: from whoever said hello with a token)"));
        Identity shown = identities.identify(token);
        if (!shown.userId().equals(present.userId())) {
            throw FORBIDDEN.because("token (expected: one of the same user)");
        }
        connection.send(ServerFrames.authenticated(admit(token).expiresAt()));
    }

    // ---- chat

    private void chat(ClientFrame.Chat chat, Seated taken) {
        var author = new ChatAuthor(taken.author().userId(), taken.author().participantId(), taken.seat().participant().name());
        Posted posted = storage.durably(() -> chats.post(taken.session(), author, chat.messageId(), chat.text()));
        if (posted.again()) {
            connection.send(ServerFrames.chat(posted.message()));
        } else {
            rooms.tellChat(taken.session(), posted.message());
        }
    }

    // ---- submit

    private void submit(ClientFrame.Submit submit, Seated taken) {
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

    private void undo(ClientFrame.Undo undo, Seated taken) {
        SeatHistory history = taken.seat().history();
        Optional<ChangeId> undone = undo.undone().or(() -> undo.redo() ? history.lastUndone() : history.lastDone());
        if (undone.isPresent()) {
            submit(List.of(new Submission.Undo(undo.id(), undone.get())), Optional.empty(), taken);
        } else {
            connection.send(ServerFrames.refused(undo.id().toString(),
                UNKNOWN_CHANGE.with("changeId (expected: to be named where this seat has nothing to " + (undo.redo() ? "redo)" : "undo)"))));
        }
    }

    /** @param atTheEnd what is answered once all of the requests are accepted */
    private void submit(List<? extends Submission.Request> requests, Optional<String> atTheEnd, Seated taken) {
        if (!connection.beginSubmit(config.submitsInFlight)) {
            connection.send(ServerFrames.error(LIMIT_EXCEEDED.with("submits without an answer (expected: at most " + config.submitsInFlight + ")")));
            return;
        }
        if (requests.isEmpty()) {
            connection.endSubmit();
            atTheEnd.ifPresent(connection::send);
            return;
        }
        if (!nameKept) {
            keepName(taken.session(), taken.author().userId(), taken.seat().participant().name());
        }
        taken.room().edited(taken.seat());
        requests.forEach(request -> remember(request, taken.seat().history()));
        branches.submit(taken.branch(), new Submission(taken.author(), requests, outcomes -> {
            connection.endSubmit();
            outcomes.forEach(outcome -> answer(outcome, taken));
            if (outcomes.stream().allMatch(Outcome.Accepted.class::isInstance)) {
                atTheEnd.ifPresent(connection::send);
            }
        }));
    }

    private static void remember(Submission.Request request, SeatHistory history) {
        switch (request) {
            case Submission.Edit edit -> history.edited(edit.id());
            case Submission.Revert revert -> history.edited(revert.id());
            case Submission.Merge merge -> history.edited(merge.id());
            case Submission.Undo(var id, var undone) -> history.undone(undone, id);
        }
    }

    private void answer(Outcome outcome, Seated taken) {
        switch (outcome) {
            case Outcome.Accepted accepted -> taken.room().reached(accepted.revision());
            case Outcome.Refused refused -> taken.seat().history().refused(refused.changeId());
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
        Instant now = clock.instant();
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
