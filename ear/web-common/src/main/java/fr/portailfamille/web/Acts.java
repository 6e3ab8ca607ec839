package fr.portailfamille.web;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Lets an act that was sent twice (a double click, a reload) run once: the second waits for the first and gets the same
 * answer. For acts whose key the database does not know.
 */
@SessionScoped
public class Acts implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int REMEMBERED = 20;

    private final Map<UUID, String> done = new LinkedHashMap<>();

    /**
     * @param act gives the outcome to go on with, null when it was not done and may be tried again under the same key
     */
    public synchronized String once(UUID key, Supplier<String> act) {
        if (done.containsKey(key)) {
            return done.get(key);
        }
        String outcome = act.get();
        if (outcome != null) {
            done.put(key, outcome);
            if (done.size() > REMEMBERED) {
                done.remove(done.keySet().iterator().next());
            }
        }
        return outcome;
    }
}
