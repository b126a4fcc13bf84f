package org.chorale.document.service;

import java.util.List;
import java.util.function.Consumer;
import org.chorale.document.Author;
import org.chorale.document.Change;

/**
 * Changes that one author sent together.
 *
 * @param reply is told, once, what became of them: in order, up to and including the first refusal
 */
public record Submission(Author author, List<Change> changes, Consumer<List<Outcome>> reply) {}
