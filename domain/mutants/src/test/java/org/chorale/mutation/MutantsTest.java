package org.chorale.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that the suite has teeth: with any of these rules broken, some test of the kernel fails. */
@Execution(ExecutionMode.CONCURRENT)
class MutantsTest {
    private static final Path SOURCES = Path.of("../src/main/java/org/chorale");
    private static final Path CLASSES = Path.of("../target/classes");

    /** A broken rule may make the kernel run in circles: that is noticed as well. */
    private static final long MOST_SECONDS = 60;
    /** A test that takes as long does not end; the longest of an unbroken kernel takes half a second. */
    private static final long MOST_SECONDS_OF_A_TEST = 15;
    /** The unbroken kernel has all the time that a busy machine takes. */
    private static final long ANY_SECONDS = 600;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    @DisplayName("a broken rule is caught")
    void given_a_broken_rule_then_some_test_fails(Mutant mutant) throws Exception {
        compile(mutant);
        assertThat(run(MOST_SECONDS, MOST_SECONDS_OF_A_TEST)).as("result of the suite with: %s", mutant).isNotEqualTo(Suite.PASSED);
    }

    @Test
    @DisplayName("an unbroken kernel passes the same tests")
    void given_no_broken_rule_then_no_test_fails() throws Exception {
        assertThat(run(ANY_SECONDS, ANY_SECONDS)).as(() -> "what failed: " + output()).isEqualTo(Suite.PASSED);
    }

    private void compile(Mutant mutant) throws IOException {
        String source = Files.readString(SOURCES.resolve(mutant.file()));
        assertThat(source.split(Pattern.quote(mutant.original()), -1)).as("pieces around: %s", mutant.original()).hasSize(2);
        Path mutated = folder.resolve(Path.of(mutant.file()).getFileName());
        Files.writeString(mutated, source.replace(mutant.original(), mutant.replacement()));
        int result = ToolProvider.getSystemJavaCompiler().run(InputStream.nullInputStream(), null, null, "--release", "21",
            "-cp", CLASSES.toString(), "-d", folder.toString(), mutated.toString());
        assertThat(result).as("the mutant compiles").isZero();
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(long mostSeconds, long mostSecondsOfATest) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m",
            "-Djunit.jupiter.execution.timeout.default=" + mostSecondsOfATest + " s",
            "-Djunit.jupiter.execution.timeout.thread.mode.default=SEPARATE_THREAD",
            "-Dchorale.fuzz.seeds=40", "-cp", folder + File.pathSeparator + classes, Suite.class.getName())
            .redirectErrorStream(true).redirectOutput(folder.resolve("output.txt").toFile()).start();
        try {
            return process.waitFor(mostSeconds, TimeUnit.SECONDS) ? process.exitValue() : Suite.CAUGHT;
        } finally {
            process.destroyForcibly();
        }
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
            new Mutant("document/Bridge.java", "[OPS-11] wrong tie-break: the later committed goes left",
                "mine = mine.transform(other.edit(), Side.LATER);", "mine = mine.transform(other.edit(), Side.EARLIER);"),
            new Mutant("document/Frame.java", "[CNF-1] conflicts are judged by base instead of seen",
                "new Outcome.Request(change.id(), change.seenRevision(),", "new Outcome.Request(change.id(), change.baseRevision(),"),
            new Mutant("document/Decider.java", "[OPS-5] no cycle check for moves",
                "if (document.isWithin(move.parent(), element.id())) {", "if (false) {"),
            new Mutant("document/Frame.java", "[TXT-8] history is composed before it is transformed over",
                "new Bridge(text.after(at.base()))", "new Bridge(text.after(at.base()).stream()"
                    + ".reduce((a, b) -> new TextCell.Write(b.revision(), b.change(), a.edit().compose(b.edit()))).map(List::of).orElse(List.of()))"),
            new Mutant("document/UndoRules.java", "[UND-1] undo without a guard",
                "if (fits && cell.origins(path.component()).equals(undone.expects())) {", "if (fits) {"),
            new Mutant("document/Frame.java", "[TXT-9] history does not advance over duplicates",
                "bridge(edit, known.baseRevision()).crossKnown(known.id(), edit.edit());", ""),
            new Mutant("document/Bridge.java", "[TXT-9] history does not advance over one's own changes",
                "others.set(i, new TextCell.Write(other.revision(), other.change(), other.edit().transform(mine, Side.EARLIER)));", ""),
            new Mutant("document/Document.java", "[UND-2] undo restores the value but not its origin",
                "return new Inverse.OfProperty(id, path, old, origins, restores, delta);",
                "rewrite(id, path, cell -> cell.withOrigins(path.component(), new Origins(by.revision()))); "
                    + "return new Inverse.OfProperty(id, path, old, new Origins(by.revision()), restores, delta);"),
            new Mutant("document/UndoRules.java", "[UND-5] undo resurrects what another deleted",
                "if (element.flagged().origin() != expects || element.isDeleted() == deleted) {",
                "if (element.isDeleted() == deleted) {"),
            new Mutant("document/UndoRules.java", "[UND-4] text undo is not transformed over what came since",
                "since -> since.cross(inverse)", "since -> inverse"),
            new Mutant("document/Document.java", "[SUB-4] a rollback forgets the elements' children",
                "elements.remove(element.id());\n            unlink(element);", "elements.remove(element.id());"),
            new Mutant("document/Cell.java", "[CNF-3] a whole write does not replace the writes of components",
                "return new Cell(content, new LastWrites(by, newestWriteNotBy(by.clientId(), component)));",
                "return new Cell(content, new LastWrites(by, newestWriteNotBy(by.clientId(), component)), components, component, List.of());"),
            new Mutant("document/Cell.java", "[CNF-3] a whole write ignores writes of components",
                "newest = newer(newest, each.notBy(clientId));", ""),
            new Mutant("document/LastWrites.java", "[CNF-1] one's own later write hides an unseen one",
                "return last.clientId().equals(clientId) ? other : last;", "return last;"),
            new Mutant("document/Bridge.java", "[TXT-9] what a known change wrote counts as others' writes",
                "others.removeIf(other -> other.change().equals(own));", ""),
            new Mutant("document/PropertyRules.java", "[CNF-4] equal values conflict",
                "write.present.equals(value) ? Optional.empty() : clash(write, outcome);", "clash(write, outcome);"),
            new Mutant("document/PropertyRules.java", "[CNF-9] averages pair by pair instead of over all siblings",
                "for (Sibling known : write.cell.siblings(write.component())) {",
                "for (Sibling known : List.<Sibling>of()) {"),
            new Mutant("document/PropertyRules.java", "[CNF-12] who has not seen the record supersedes it",
                "open.changedAt() <= outcome.request().seen())", "true)"),
            new Mutant("document/PropertyRules.java", "[CNF-14] a stale resolution is accepted",
                "if (outcome.isUnseen(cell.newestWrite(component)) ||", "if (false &&"),
            new Mutant("document/Decider.java", "[CNF-15] a removal wins over an unseen add",
                "if (outcome.isUnseen(present.stamp()) && addWins(", "if (false && addWins("),
            new Mutant("document/Outcome.java", "[CNF-2] the time window is not looked at",
                "|| !window.isZero() && ", "|| false && "),
            new Mutant("document/Decider.java", "[OPS-2] a dead parent is kept",
                "ElementId parent = document.nearestLive(create.parent());", "ElementId parent = create.parent();"),
            new Mutant("document/Document.java", "[OPS-1] an anchor that is gone means the first place",
                "case Position.After gone -> keyFor(parent, Position.Edge.LAST, moving);",
                "case Position.After gone -> keyFor(parent, Position.Edge.FIRST, moving);"),
            new Mutant("document/Document.java", "[DOC-3] liveness forgets what a constraint refers to",
                "if (!isLive(ref)) {", "if (false) {"),
            new Mutant("sync/Replica.java", "[CLI-4] what follows a refused change is not placed anew",
                "document.rollback();\n        rebaseBehind(change, List.of());", "document.rollback();"),
            new Mutant("sync/Rebase.java", "[CLI-3] pending edits go left of what was committed before them",
                "own.edit().transform(others, Side.LATER)", "own.edit().transform(others, Side.EARLIER)"),
            new Mutant("sync/Rebase.java", "[CLI-3] a foreign edit does not advance over pending ones",
                "others = others.transform(own.edit(), Side.EARLIER);", ""),
            new Mutant("sync/Replica.java", "[CLI-7] what was sent is composed with",
                "&& change.fate() == Pending.Fate.UNSENT)", ")"),
            new Mutant("sync/Replica.java", "[CLI-5] the rest is sent before the missed changes are here",
                "&& revision() >= catchUpTo;", ";"),
            new Mutant("merge/Merge.java", "[MRG-3] both changed: theirs is taken without a question",
                "if (present.equals(change.before())) {", "if (true) {"),
            new Mutant("merge/Merge.java", "[MRG-4] a choice outlives its values",
                ".filter(one -> one.isFor(conflict));", ";"),
            new Mutant("merge/Merge.java", "[MRG-10] a merge closes a cycle",
                "if (!isWithin(knownParent(their), their.id())) {", "if (true) {"),
            new Mutant("text/TextEdit.java", "[TXT-4] a tie is broken the same way for both sides", "mySide == Side.EARLIER ||", "true ||"));
    }
}
