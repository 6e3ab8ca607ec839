package fr.portailfamille.launcher;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Something long that is run by hand, behind {@code ./portail bench NAME} or {@code ./portail chaos NAME}; found by
 * {@link java.util.ServiceLoader}.
 */
public interface Trial {
    String name();

    /** One line for the list. */
    String summary();

    /**
     * Runs. The state folder is the trial's own and not there yet; the trial builds its {@link Instance} in it and stops it.
     *
     * @return whether all was as it should be
     */
    boolean run(Path stateFolder, List<String> arguments, PrintStream out) throws Exception;
}
