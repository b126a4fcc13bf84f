package org.chorale.realtime.web;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.chorale.cluster.Bus;
import org.chorale.document.service.Branches;

/**
 * Finishes what came and says good-bye before a signal ends the server. The container closes its sockets first and tells applications afterwards, and shutdown
 * hooks run beside its own, so the signal itself is the only moment at which everybody can still be told.
 *
 * <p>The JDK has one way to hear a signal, {@code sun.misc.Signal} (module jdk.unsupported). It is called by reflection because javac's
 * warning about it cannot be switched off; where it is missing, the server stops without good-bye and clients reconnect all the same.
 */
@WebListener
public class DrainOnSignal implements ServletContextListener {
    private static final System.Logger LOGGER = System.getLogger(DrainOnSignal.class.getName());
    private static final int EXIT_BY_SIGNAL = 128;

    @Inject
    private Rooms rooms;
    @Inject
    private Branches branches;
    @Inject
    private Bus bus;
    @Inject
    private RealtimeConfig config;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        listen("INT", 2);
        listen("TERM", 15);
    }

    private void listen(String name, int number) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object onSignal = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    // Not on the signal's own thread: exit waits for hooks, and a second signal must still be heard.
                    Thread.ofPlatform().name("drain").start(() -> stop(number));
                }
                return null;
            });
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name), onSignal);
        } catch (ReflectiveOperationException e) {
            LOGGER.log(WARNING, () -> "SIG%s will end the server without telling clients: %s".formatted(name, e));
        }
    }

    private void stop(int signal) {
        LOGGER.log(INFO, () -> "signal %d: sending %d connections elsewhere".formatted(signal, rooms.connections()));
        // Other nodes are there at once; a lone server takes its time to start again.
        rooms.drain(bus.reachesOthers() ? Duration.ZERO : config.drainRetryAfter);
        branches.keepSnapshots(config.drainTimeout);
        Runtime.getRuntime().exit(EXIT_BY_SIGNAL + signal);
    }
}
