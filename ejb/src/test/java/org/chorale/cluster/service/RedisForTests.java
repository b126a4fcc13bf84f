package org.chorale.cluster.service;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A Redis that can be killed and started again on the same port: the one that the tests bring, or the machine's. */
final class RedisForTests implements AutoCloseable {
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/redis-server"), Path.of("/usr/local/bin/redis-server"),
        Path.of("/opt/homebrew/bin/redis-server"));

    private final List<String> command;
    private final Path folder;
    final int port;
    private Process process;

    private RedisForTests(List<String> command, Path folder, int port) throws IOException, InterruptedException {
        this.command = command;
        this.folder = folder;
        this.port = port;
        start();
    }

    /** The one in the tests' libraries. */
    static RedisForTests bundled(Path folder, String... options) throws IOException, InterruptedException {
        String program = ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toString();
        return started(new ArrayList<>(List.of(program)), folder, freePort(), options);
    }

    /** The machine's own, if it has one. */
    static boolean isInstalled() {
        return installed().findAny().isPresent();
    }

    private static Stream<Path> installed() {
        return PLACES.stream().filter(Files::isExecutable);
    }

    static RedisForTests ofTheMachine(Path folder, String... options) throws IOException, InterruptedException {
        return started(new ArrayList<>(List.of(installed().findAny().orElseThrow().toString())), folder, freePort(), options);
    }

    private static RedisForTests started(List<String> command, Path folder, int port, String... options)
            throws IOException, InterruptedException {
        command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        command.addAll(List.of(options));
        return new RedisForTests(command, Files.createDirectories(folder.resolve("redis-" + port)), port);
    }

    static int freePort() throws IOException {
        // A server of a Redis Cluster listens ten thousand above as well.
        while (true) {
            try (var socket = new ServerSocket(0)) {
                if (socket.getLocalPort() < 55_000) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile())).start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("Redis does not start: " + Files.readString(folder.resolve("log")));
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private boolean isListening() {
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What {@code redis-cli} would say. */
    String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
