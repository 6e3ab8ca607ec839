package fr.portailfamille.launcher.chaos;

import java.io.IOException;
import java.util.Map;

/** What exchanges something with the portal as one town. */
interface Fed {

    String code();

    /** Goes through the episode to its end. Gives what the town's side has seen of it, by its name. */
    Map<String, String> pass(Episode episode) throws IOException;
}
