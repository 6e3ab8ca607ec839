package fr.portailfamille.launcher.chaos;

import java.io.IOException;
import java.util.Map;

/** What exchanges something with the portal as one town. */
abstract class Fed {

    private final String code;
    private final BusinessApplication application;

    Fed(String code, BusinessApplication application) {
        this.code = code;
        this.application = application;
    }

    final String code() {
        return code;
    }

    final BusinessApplication application() {
        return application;
    }

    final void open() {
        application.open(code);
    }

    /** Goes through the episode to its end. Gives what the town's side has seen of it, by its name. */
    abstract Map<String, String> pass(Episode episode) throws IOException;
}
