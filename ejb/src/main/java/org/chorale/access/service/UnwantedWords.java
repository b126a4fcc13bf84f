package org.chorale.access.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.chorale.access.WordFilter;

/** The words that this server does not take: those of {@code chorale.moderation.words}, and the lines of {@code …words-file}. */
@ApplicationScoped
public class UnwantedWords {
    private static final String COMMENT = "#";

    @Inject
    private ModerationConfig config;
    private WordFilter filter;

    @PostConstruct
    void read() {
        var words = new ArrayList<String>();
        config.words.ifPresent(words::addAll);
        config.wordsFile.ifPresent(file -> {
            try (var lines = Files.lines(Path.of(file))) {
                lines.map(String::strip).filter(line -> !line.startsWith(COMMENT)).forEach(words::add);
            } catch (IOException e) {
                throw new UncheckedIOException("chorale.moderation.words-file cannot be read", e);
            }
        });
        filter = new WordFilter(words);
    }

    /**
     * Returns a name as it is.
     *
     * @throws org.chorale.problem.CollaborationException {@code unsuitable-words}
     */
    public String requireName(String name) {
        return filter.require("name", name);
    }

    /** What somebody says, with each unwanted word covered. */
    public String cover(String text) {
        return filter.cover(text);
    }
}
