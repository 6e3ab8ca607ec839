package fr.portailfamille.web;

import fr.portailfamille.common.Caller;
import java.io.Serializable;
import java.util.Set;

/**
 * Who a session of the browser belongs to. Kept in it, so that it survives the failure of a node.
 *
 * @param principal name as {@link Caller} writes it; it names the town too
 * @param name as the header shows it
 * @param stamp changes with password, state and rights: a session with an earlier one is over
 */
public record TownSession(String principal, String name, Set<String> roles, String stamp) implements Serializable {

    static final String ATTRIBUTE = TownSession.class.getName();

    public TownSession(Caller caller, String name, Set<String> roles, String stamp) {
        this(caller.principalName(), name, Set.copyOf(roles), stamp);
    }
}
