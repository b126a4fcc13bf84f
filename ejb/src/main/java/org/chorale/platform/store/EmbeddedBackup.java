package org.chorale.platform.store;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.chorale.problem.CollaborationException;

/**
 * Backs the embedded database up while it is open. Whoever may write to its folder asks by a file there, {@code backup/NAME.request},
 * and finds {@code NAME.tar.gz} beside it, or {@code NAME.failed} with the reason: who can do that could read the database anyway, so
 * nobody else needs a right, and no secret is needed. While one is made its request is called {@code NAME.working}.
 *
 * <p>HSQLDB copies its files while others commit ({@code NOT BLOCKING}); what is in the copy is what was committed when it began.
 */
@ApplicationScoped
public class EmbeddedBackup {
    private static final System.Logger LOGGER = System.getLogger(EmbeddedBackup.class.getName());
    private static final String FOLDER = "backup";
    private static final String REQUEST = ".request";
    private static final String WORKING = ".working";
    /** HSQLDB tells by the end of the name how it packs. */
    private static final String PART = ".part.tar.gz";
    private static final String DONE = ".tar.gz";
    private static final String FAILED = ".failed";

    @Resource(lookup = "jdbc/chorale")
    private DataSource dataSource;
    @Inject
    private StorageWatch storage;

    /** Forgets what a server left here that ended in the middle of it. */
    public void clear() {
        folder().ifPresent(folder -> Stream.of(WORKING, PART).flatMap(end -> files(folder, end).stream()).forEach(EmbeddedBackup::remove));
    }

    /** Makes the backups that are asked for; nothing where there is a database server. */
    public void makeWanted() {
        folder().ifPresent(folder -> files(folder, REQUEST).forEach(this::make));
    }

    private Optional<Path> folder() {
        return storage.folder().map(folder -> folder.resolve(FOLDER)).filter(Files::isDirectory);
    }

    private void make(Path request) {
        String name = request.getFileName().toString();
        Path target = request.resolveSibling(name.substring(0, name.length() - REQUEST.length()));
        Path part = end(target, PART);
        try {
            Files.move(request, end(target, WORKING), StandardCopyOption.REPLACE_EXISTING);
            LOGGER.log(INFO, () -> "backing the embedded database up");
            storage.durably(() -> copyTo(part));
            Files.move(part, end(target, DONE), StandardCopyOption.ATOMIC_MOVE);
            LOGGER.log(INFO, () -> "the embedded database is backed up");
        } catch (IOException | CollaborationException | IllegalStateException e) {
            LOGGER.log(WARNING, () -> "the embedded database could not be backed up: " + e.getMessage());
            remove(part);
            tell(end(target, FAILED), e.getMessage());
        } finally {
            remove(end(target, WORKING));
        }
    }

    private Path copyTo(Path archive) {
        String literal = "'" + archive.toString().replace("'", "''") + "'";
        try (Connection connection = dataSource.getConnection(); var statement = connection.createStatement()) {
            statement.execute("BACKUP DATABASE TO " + literal + " NOT BLOCKING");
            return archive;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Path end(Path target, String end) {
        return target.resolveSibling(target.getFileName() + end);
    }

    private static List<Path> files(Path folder, String end) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tell(Path file, String why) {
        try {
            Files.writeString(file, why + "\n");
        } catch (IOException e) {
            LOGGER.log(WARNING, () -> "whoever asked for it cannot be told so: " + e.getMessage());
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(WARNING, () -> "a file of a backup is left over: " + e.getMessage());
        }
    }
}
