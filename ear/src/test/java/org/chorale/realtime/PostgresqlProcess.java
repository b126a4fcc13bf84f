package org.chorale.realtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The PostgreSQL under the tests, as processes that can be frozen, killed and started again. On Unix. */
final class PostgresqlProcess {
    private static final Pattern URL = Pattern.compile("chorale\\.db\\.url\" value=\"([^\"]+)\"");
    private static final int CONNECT_SECONDS = 2;

    private final String url;
    private final Path data;
    private ProcessHandle postmaster;
    private List<String> command;

    private PostgresqlProcess(String url, Path data) throws IOException {
        this.url = url;
        this.data = data;
        find();
    }

    /** The one that the server under test was told of. */
    static PostgresqlProcess ofTheServer() throws IOException, SQLException {
        Path told = Path.of(System.getProperty("liberty.user"), "servers", "chorale-it", "configDropins", "overrides", "postgresql.xml");
        Matcher matcher = URL.matcher(Files.readString(told));
        if (!matcher.find()) {
            throw new IOException("no address of a database in " + told);
        }
        String url = matcher.group(1).replace("&amp;", "&");
        try (Connection connection = DriverManager.getConnection(url);
             var statement = connection.createStatement(); var row = statement.executeQuery("show data_directory")) {
            row.next();
            return new PostgresqlProcess(url, Path.of(row.getString(1)));
        }
    }

    private void find() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        postmaster = ProcessHandle.of(pid).orElseThrow();
        command = new ArrayList<>(List.of(postmaster.info().command().orElseThrow()));
        command.addAll(List.of(postmaster.info().arguments().orElseThrow()));
    }

    /** None of its processes does anything, and no connection is closed. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** As when the machine loses its power. */
    void kill() throws IOException, InterruptedException {
        signal("KILL");
        while (processes().anyMatch(ProcessHandle::isAlive)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        var kill = new ArrayList<>(List.of("kill", "-" + name));
        processes().map(process -> Long.toString(process.pid())).forEach(kill::add);
        new ProcessBuilder(kill).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    /** The postmaster first: what it is not there for, it does not start again. */
    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(postmaster), postmaster.descendants());
    }

    /** Starts it on its data, and waits until it has recovered them. */
    void start() throws IOException, InterruptedException {
        var start = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            start.addAll(List.of("unshare", "-U"));         // PostgreSQL does not run as root
        }
        start.addAll(command);
        new ProcessBuilder(start).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        awaitConnections();
        find();
    }

    /** Waits until somebody can connect. */
    void awaitConnections() throws InterruptedException {
        while (true) {
            try (Connection connection = connect()) {
                if (connection.isValid(CONNECT_SECONDS)) {
                    return;
                }
            } catch (SQLException notYet) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /** Ends every connection but the one that says so. */
    void cutConnections() throws SQLException {
        try (Connection connection = connect(); var statement = connection.createStatement()) {
            statement.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and client_port is not null");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url + (url.contains("?") ? "&" : "?") + "socketTimeout=" + CONNECT_SECONDS);
    }
}
