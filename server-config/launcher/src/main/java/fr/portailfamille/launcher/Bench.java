package fr.portailfamille.launcher;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A measurement behind {@code ./portail bench NAME}, found by {@link java.util.ServiceLoader}. It prints what it measured
 * beside what was to be reached.
 */
public interface Bench {
    String name();

    /** One line for the list of benches. */
    String summary();

    /**
     * Measures. The state folder is the bench's own and not there yet; the bench builds its {@link Instance} in it and stops it.
     *
     * @return whether everything that was to be reached was reached
     */
    boolean run(Path stateFolder, List<String> arguments, PrintStream out) throws Exception;
}
