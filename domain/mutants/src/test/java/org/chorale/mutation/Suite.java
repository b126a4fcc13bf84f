package org.chorale.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the kernel's tests in a process of their own, up to the first that fails: a broken rule may well never end. */
final class Suite {
    static final int PASSED = 0;
    static final int CAUGHT = 17;

    /** What is small and precise comes first. */
    private static final List<String> TESTS = Stream.of("text.TextEditTest", "document.DeciderTest", "document.ConflictTest",
        "document.UndoTest", "document.ConcurrentTextTest", "document.ListsAndSetsTest", "sync.ReplicaTest", "merge.MergeTest",
        "document.DocumentPropertiesTest", "simulation.ConvergenceTest").map("org.chorale."::concat).toList();

    private Suite() {}

    public static void main(String[] args) throws ClassNotFoundException {
        for (String name : TESTS) {
            LauncherFactory.create().execute(
                LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Class.forName(name))).build(), new EndsAtFailure());
        }
        Runtime.getRuntime().halt(PASSED);
    }

    private static final class EndsAtFailure implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                System.out.println(test.getUniqueId() + ": " + result.getThrowable().map(Throwable::toString).orElse(""));
                Runtime.getRuntime().halt(CAUGHT);
            }
        }
    }
}
