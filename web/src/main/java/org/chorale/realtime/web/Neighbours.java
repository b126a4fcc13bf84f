package org.chorale.realtime.web;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.chorale.account.web.Revocation;
import org.chorale.cluster.Bus;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;
import org.chorale.cluster.service.ClusterConfig;
import org.chorale.profile.Appearance;
import org.chorale.session.BranchId;
import org.chorale.session.Participant;
import org.chorale.session.SessionId;
import org.chorale.value.Value;

/**
 * Who is in this node's sessions at other nodes (ADR 0025). Each node numbers what it says about a session; whoever finds a gap asks for
 * the whole list. A node says every second that it lives; the people of one that does not are away after three signs, and gone after
 * {@code chorale.cluster.node-timeout}.
 */
@ApplicationScoped
public class Neighbours {
    private static final System.Logger LOGGER = System.getLogger(Neighbours.class.getName());
    /** So long a REST call waits for what other nodes say about a session that nobody is in here. */
    private static final Duration PATIENCE = Duration.ofMillis(400);
    /** And so long that is good for the next call. */
    private static final Duration GOOD = Duration.ofSeconds(1);
    /** A session without anybody here is followed so long after the last such call. */
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int SIGNS_MISSED = 3;

    @Inject
    private Bus bus;
    @Inject
    private ClusterConfig config;
    @Resource
    private ManagedScheduledExecutorService scheduler;

    private final LongSupplier nanoTime;
    /** Numbers begin here. */
    private final long start;
    private final Map<SessionId, Followed> followed = new ConcurrentHashMap<>();
    private final Map<NodeId, Long> lastSigns = new ConcurrentHashMap<>();
    private final Set<NodeId> suspects = ConcurrentHashMap.newKeySet();
    private Optional<Bus.Subscription> everybody = Optional.empty();
    private Optional<ScheduledFuture<?>> watch = Optional.empty();
    private volatile Listener listener;

    public Neighbours() {
        this(System::nanoTime);
    }

    private Neighbours(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Whose {@link #watch} somebody else calls now and then. */
    Neighbours(Bus bus, ClusterConfig config, LongSupplier nanoTime) {
        this(nanoTime);
        this.bus = bus;
        this.config = config;
        hear();
    }

    /** Hears what other nodes say. Is called on a thread of the bus or of the scheduler, with no lock held. */
    interface Listener {
        void presence(SessionId session, SeatNews news);

        void aware(BranchId branch, Map<String, Map<String, Value>> states);

        /** A frame for everybody in the session. */
        void heard(SessionId session, String frame);

        void kick(SessionId session, String userId);

        /** The session's row, or who may do what in it, may be otherwise. */
        void look(SessionId session);

        /** A seat here was taken at another node. */
        void overtaken(SessionId session, RemoteSeat seat);

        void revoked(Revocation revocation);

        /** What was said before may have been missed. */
        void mayHaveMissed();

        void looks(String userId, Appearance appearance);
    }

    @PostConstruct
    void start() {
        if (bus.reachesOthers()) {
            hear();
            long period = config.beaconInterval.toMillis();
            watch = Optional.of(scheduler.scheduleAtFixedRate(this::watch, 0, period, TimeUnit.MILLISECONDS));
        }
    }

    private void hear() {
        everybody = Optional.of(bus.subscribe(Topic.EVERYBODY, new EverybodysEar()));
    }

    @PreDestroy
    void stop() {
        watch.ifPresent(task -> task.cancel(false));
        everybody.ifPresent(Bus.Subscription::close);
    }

    /** Who is told. */
    void serve(Listener rooms) {
        listener = rooms;
    }

    /** Whether there may be other nodes. */
    boolean areThere() {
        return bus.reachesOthers();
    }

    // ---- telling

    /** Somebody is in the session here from now on. */
    void follow(SessionId session) {
        if (bus.reachesOthers()) {
            followed.compute(session, (id, present) -> {
                Followed one = present == null ? new Followed(id) : present;
                one.isPeopled = true;
                return one;
            }).listen();
        }
    }

    /** Nobody is in the session here any more. */
    void unfollow(SessionId session) {
        Followed one = followed.remove(session);
        if (one != null) {
            one.end();
        }
    }

    /** Who came to a seat here, left one, or is otherwise now. */
    void presence(SessionId session, Collection<RemoteSeat> joined, Collection<String> left, Collection<Participant> updated) {
        Optional.ofNullable(followed.get(session)).ifPresent(one -> one.presence(joined, left, updated));
    }

    /** What people here are aware of now; null ends a key. */
    void aware(BranchId branch, Map<String, Map<String, Value>> states) {
        Optional.ofNullable(followed.get(branch.session())).ifPresent(one -> one.aware(branch.name(), states));
    }

    /** Says something to the nodes that people of the session are at. */
    void say(SessionId session, NeighbourMessage.InSession message) {
        if (!bus.reachesOthers()) {
            return;
        }
        Followed one = followed.get(session);
        if (one == null) {
            bus.publish(topic(session), NeighbourCodec.write(0, message));
        } else {
            one.say(message);
        }
    }

    void sayToAll(NeighbourMessage.ToAll message) {
        if (bus.reachesOthers()) {
            bus.publish(Topic.EVERYBODY, NeighbourCodec.write(0, message));
        }
    }

    private static Topic topic(SessionId session) {
        return new Topic("p:" + session.value());
    }

    // ---- what is known

    /** Those at other nodes, as far as is known where somebody is in the session here. */
    List<RemoteSeat> known(SessionId session) {
        return Optional.ofNullable(followed.get(session)).map(Followed::seats).orElse(List.of());
    }

    /** The same where perhaps nobody is here: the other nodes are asked, for less than half a second. */
    List<RemoteSeat> ask(SessionId session) {
        if (!bus.reachesOthers() || lastSigns.isEmpty()) {
            return List.of();
        }
        Followed one = followed.computeIfAbsent(session, Followed::new);
        one.await();
        return one.seats();
    }

    /** Lets the other nodes be asked about sessions that will be asked for, so that all their answers are waited for at once. */
    void expect(Collection<SessionId> sessions) {
        if (bus.reachesOthers() && !lastSigns.isEmpty()) {
            sessions.forEach(session -> followed.computeIfAbsent(session, Followed::new).expect());
        }
    }

    /** The seat at another node that somebody comes back to. */
    Optional<RemoteSeat> seatOf(SessionId session, String userId, String clientId, Optional<String> participantId) {
        return ask(session).stream().filter(seat -> seat.isTakenBackBy(userId, clientId)
            || participantId.filter(id -> seat.isGivenTo(userId, id)).isPresent()).findFirst();
    }

    // ---- nodes

    /** What has to be done every second. */
    void watch() {
        try {
            sayToAll(new NeighbourMessage.Alive());
            long now = nanoTime.getAsLong();
            long suspicious = config.beaconInterval.multipliedBy(SIGNS_MISSED).toNanos();
            lastSigns.forEach((node, sign) -> {
                if (now - sign > config.nodeTimeout.toNanos()) {
                    forget(node);
                } else if (now - sign > suspicious && suspects.add(node)) {
                    sendAway(node);
                }
            });
            followed.values().forEach(one -> one.watch(now));
        } catch (RuntimeException e) {
            LOGGER.log(WARNING, "other nodes are looked after again later", e);
        }
    }

    private void sign(NodeId node) {
        if (lastSigns.put(node, nanoTime.getAsLong()) == null) {
            LOGGER.log(INFO, () -> "node=%s is there".formatted(node));
        }
        if (suspects.remove(node)) {
            followed.values().stream().filter(one -> one.has(node)).forEach(one -> one.askFor(node));
        }
    }

    private void forget(NodeId node) {
        lastSigns.remove(node);
        suspects.remove(node);
        LOGGER.log(INFO, () -> "node=%s is gone".formatted(node));
        followed.values().forEach(one -> one.forget(node));
    }

    /** Those at the node are away until they come back somewhere, or until it is forgotten. */
    private void sendAway(NodeId node) {
        followed.values().forEach(one -> one.sendAway(node));
    }

    private final class EverybodysEar implements Bus.Receiver {
        @Override
        public void received(NodeId sender, String body) {
            read(sender, body).map(NeighbourCodec.Numbered::message).ifPresent(message -> {
                if (message instanceof NeighbourMessage.ToAll toAll) {
                    heard(sender, toAll);
                }
            });
        }

        @Override
        public void connected() {
            sayToAll(new NeighbourMessage.Alive());
            listener.mayHaveMissed();
        }
    }

    private void heard(NodeId sender, NeighbourMessage.ToAll message) {
        if (message instanceof NeighbourMessage.Leaving) {
            suspects.add(sender);
            sendAway(sender);
            return;
        }
        sign(sender);
        switch (message) {
            case NeighbourMessage.Alive alive -> { }
            case NeighbourMessage.Leaving leaving -> { }
            case NeighbourMessage.Who(var session, var to) -> {
                if (to.isEmpty() || to.get().equals(bus.self().value())) {
                    answer(session);
                }
            }
            case NeighbourMessage.Revoked(var revocation) -> listener.revoked(revocation);
            case NeighbourMessage.Looks(var userId, var appearance) -> listener.looks(userId, appearance);
        }
    }

    private void answer(SessionId session) {
        Followed one = followed.get(session);
        if (one != null && one.isPeopled) {
            one.introduce();
        } else {
            bus.publish(topic(session), NeighbourCodec.write(0, new NeighbourMessage.Here(true, true, List.of())));
        }
    }

    private static Optional<NeighbourCodec.Numbered> read(NodeId sender, String body) {
        try {
            return NeighbourCodec.read(body);
        } catch (IllegalArgumentException e) {
            LOGGER.log(WARNING, () -> "node=%s says what cannot be read: %s".formatted(sender, e.getMessage()));
            return Optional.empty();
        }
    }

    /** A seat that a node says is at it. */
    private record Claim(RemoteSeat seat, NodeId node) {
        Claim later(Claim other) {
            int byTime = Long.compare(seat.takenAt(), other.seat.takenAt());
            return (byTime != 0 ? byTime : node.value().compareTo(other.node.value())) > 0 ? this : other;
        }
    }

    /** One session, as its people are spread over nodes. Its monitor is held for moments only, and nobody is called with it held but the bus. */
    private final class Followed implements Bus.Receiver {
        private final SessionId session;
        private final Map<NodeId, RemoteSeats> others = new ConcurrentHashMap<>();
        private final Map<String, RemoteSeat> mine = new ConcurrentHashMap<>();
        /** Those elsewhere, as people here were told. */
        private volatile Map<String, RemoteSeat> told = Map.of();
        private Optional<Bus.Subscription> subscription = Optional.empty();
        /** Whether somebody is in the session here. */
        private volatile boolean isPeopled;
        /** Numbers never come again, also where a session is followed anew. */
        private long number = nanoTime.getAsLong() - start;
        private boolean said;
        private long beatAt = nanoTime.getAsLong();
        private long askedAt;
        private long neededAt = nanoTime.getAsLong();
        private Optional<CompletableFuture<Void>> complete = Optional.empty();
        private Set<NodeId> missing = new HashSet<>();

        Followed(SessionId session) {
            this.session = session;
        }

        synchronized void listen() {
            if (subscription.isEmpty()) {
                subscription = Optional.of(bus.subscribe(topic(session), this));
            }
        }

        synchronized void end() {
            if (!mine.isEmpty() || said) {
                publish(new NeighbourMessage.Here(true, true, List.of()));
            }
            subscription.ifPresent(Bus.Subscription::close);
        }

        private void publish(NeighbourMessage.InSession message) {
            bus.publish(topic(session), NeighbourCodec.write(++number, message));
            said = true;
        }

        synchronized void say(NeighbourMessage.InSession message) {
            publish(message);
        }

        synchronized void presence(Collection<RemoteSeat> joined, Collection<String> left, Collection<Participant> updated) {
            for (RemoteSeat seat : joined) {
                mine.put(seat.participant().participantId(), seat);
            }
            if (!joined.isEmpty()) {
                var others = new HashMap<>(told);
                joined.forEach(seat -> others.remove(seat.participant().participantId()));
                told = Map.copyOf(others);                  // whoever came here from there was told as such
            }
            left.forEach(mine::remove);
            updated.forEach(participant -> mine.computeIfPresent(participant.participantId(), (id, seat) -> seat.with(participant)));
            publish(new NeighbourMessage.Presence(List.copyOf(joined), Set.copyOf(left), List.copyOf(updated)));
        }

        synchronized void aware(String branch, Map<String, Map<String, Value>> states) {
            states.forEach((id, news) -> mine.computeIfPresent(id, (same, seat) -> seat.with(RemoteSeats.merged(seat.awareness(), news))));
            if (others.values().stream().anyMatch(RemoteSeats::isPeopled)) {
                publish(new NeighbourMessage.Aware(branch, states));
            }
        }

        /** Everybody here, in parts that a message can carry. */
        synchronized void introduce() {
            List<RemoteSeat> all = List.copyOf(mine.values());
            int from = 0;
            do {
                int to = Math.min(from + RemoteSeats.PART, all.size());
                publish(new NeighbourMessage.Here(from == 0, to == all.size(), all.subList(from, to)));
                from = to;
            } while (from < all.size());
        }

        /** Those elsewhere, as of now. */
        List<RemoteSeat> seats() {
            return claims().values().stream().filter(claim -> !isHere(claim)).map(Claim::seat).toList();
        }

        /** Of each seat the node that has it: the one where somebody sat down last. */
        private Map<String, Claim> claims() {
            var claims = new LinkedHashMap<String, Claim>();
            others.forEach((node, seats) -> seats.all().forEach(seat ->
                claims.merge(seat.participant().participantId(), new Claim(seat, node), Claim::later)));
            return claims;
        }

        private boolean isHere(Claim claim) {
            RemoteSeat here = mine.get(claim.seat().participant().participantId());
            return here != null && new Claim(here, bus.self()).later(claim).seat() == here;
        }

        // -- asking

        private void askEverybody() {
            askedAt = nanoTime.getAsLong();
            missing = new HashSet<>(lastSigns.keySet());
            missing.removeAll(suspects);
            if (complete.filter(answers -> !answers.isDone()).isEmpty()) {
                complete = Optional.of(new CompletableFuture<>());
            }
            if (missing.isEmpty()) {
                complete.get().complete(null);
            }
            sayToAll(new NeighbourMessage.Who(session, Optional.empty()));
        }

        /** Lets the other nodes say who is there, unless they did lately. */
        synchronized CompletableFuture<Void> expect() {
            listen();
            neededAt = nanoTime.getAsLong();
            if (complete.isEmpty()) {
                complete = Optional.of(new CompletableFuture<>());          // asked as soon as the answers can be heard
            } else if (complete.get().isDone() && !isPeopled && nanoTime.getAsLong() - askedAt > GOOD.toNanos()) {
                askEverybody();
            }
            return complete.get();
        }

        /** Waits until they have said so. */
        void await() {
            CompletableFuture<Void> answers = expect();
            try {
                answers.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOGGER.log(INFO, () -> "session=%s: nodes that did not say who is there: %s".formatted(session, missing));
            }
        }

        boolean has(NodeId node) {
            return Optional.ofNullable(others.get(node)).filter(RemoteSeats::isPeopled).isPresent();
        }

        void askFor(NodeId node) {
            sayToAll(new NeighbourMessage.Who(session, Optional.of(node.value())));
        }

        // -- hearing

        @Override
        public void connected() {
            synchronized (this) {
                askEverybody();
                if (isPeopled) {
                    introduce();
                }
            }
            listener.look(session);
        }

        @Override
        public void received(NodeId sender, String body) {
            sign(sender);
            read(sender, body).ifPresent(numbered -> {
                if (numbered.message() instanceof NeighbourMessage.InSession message) {
                    received(sender, numbered.number(), message);
                }
            });
        }

        private void received(NodeId sender, long heard, NeighbourMessage.InSession message) {
            RemoteSeats node = others.computeIfAbsent(sender, id -> new RemoteSeats(nanoTime));
            switch (node.take(heard, message instanceof NeighbourMessage.Here(var first, var last, var seats) && first,
                message instanceof NeighbourMessage.Beat)) {
                case OLD -> {
                    return;
                }
                case GAP -> askFor(sender);
                case NEXT -> { }
            }
            switch (message) {
                case NeighbourMessage.Here here -> {
                    Map<String, Map<String, Value>> aware = node.here(here);
                    compare();
                    tellAware(node, aware);
                    if (here.last()) {
                        answered(sender);
                    }
                }
                case NeighbourMessage.Presence presence -> {
                    node.presence(presence);
                    compare();
                }
                case NeighbourMessage.Aware(var branch, var states) -> {
                    node.aware(states);
                    listener.aware(new BranchId(session, branch), states);
                }
                case NeighbourMessage.Tell(var frame) -> listener.heard(session, frame);
                case NeighbourMessage.Kick(var userId) -> listener.kick(session, userId);
                case NeighbourMessage.Look look -> listener.look(session);
                case NeighbourMessage.Beat beat -> { }
            }
        }

        private synchronized void answered(NodeId node) {
            missing.remove(node);
            if (missing.isEmpty()) {
                complete.ifPresent(answers -> answers.complete(null));
            }
        }

        private void tellAware(RemoteSeats node, Map<String, Map<String, Value>> states) {
            node.all().stream().filter(seat -> states.containsKey(seat.participant().participantId())).forEach(seat ->
                listener.aware(new BranchId(session, seat.branch()),
                    Map.of(seat.participant().participantId(), states.get(seat.participant().participantId()))));
        }

        /** Tells people here what is different from what they were told, whatever was said in between. */
        private void compare() {
            var overtaken = new ArrayList<RemoteSeat>();
            SeatNews news;
            synchronized (this) {
                var now = new LinkedHashMap<String, RemoteSeat>();
                claims().forEach((id, claim) -> {
                    if (!isHere(claim)) {
                        now.put(id, claim.seat());
                    }
                });
                mine.keySet().stream().filter(now::containsKey).toList().forEach(id -> {
                    mine.remove(id);
                    overtaken.add(now.get(id));
                    publish(new NeighbourMessage.Presence(List.of(), Set.of(id), List.of()));
                });
                news = difference(told, now, overtaken);
                told = Collections.unmodifiableMap(now);
            }
            overtaken.forEach(seat -> listener.overtaken(session, seat));
            if (!news.isEmpty()) {
                listener.presence(session, news);
            }
        }

        private SeatNews difference(Map<String, RemoteSeat> before, Map<String, RemoteSeat> now, List<RemoteSeat> moved) {
            var joined = new ArrayList<RemoteSeat>();
            var updated = new ArrayList<RemoteSeat>();
            now.forEach((id, seat) -> {
                RemoteSeat old = before.get(id);
                if (old == null ? moved.contains(seat) : old.branch().equals(seat.branch()) && !old.participant().equals(seat.participant())) {
                    updated.add(seat);
                } else if (old == null || !old.branch().equals(seat.branch())) {
                    joined.add(seat);
                }
            });
            List<RemoteSeat> left = before.entrySet().stream()
                .filter(old -> !mine.containsKey(old.getKey()))
                .filter(old -> !now.containsKey(old.getKey()) || !now.get(old.getKey()).branch().equals(old.getValue().branch()))
                .map(Map.Entry::getValue).toList();
            return new SeatNews(joined, left, updated);
        }

        void forget(NodeId node) {
            others.remove(node);
            compare();
            answered(node);
        }

        void sendAway(NodeId node) {
            Optional.ofNullable(others.get(node)).ifPresent(RemoteSeats::sendAway);
            compare();
        }

        /** Says how far its numbers are, so that a lost message is missed; and ends what nobody needs. */
        void watch(long now) {
            compare();
            synchronized (this) {
                boolean due = said || now - beatAt > config.nodeTimeout.dividedBy(2).toNanos();
                if (isPeopled && due) {
                    bus.publish(topic(session), NeighbourCodec.write(number, new NeighbourMessage.Beat()));
                    beatAt = now;
                    said = false;
                }
            }
            if (!isPeopled && now - neededAt > KEPT.toNanos()) {
                followed.computeIfPresent(session, (id, one) -> one == this && !isPeopled ? null : one);
                if (followed.get(session) != this) {
                    subscription.ifPresent(Bus.Subscription::close);
                }
            }
        }
    }
}
