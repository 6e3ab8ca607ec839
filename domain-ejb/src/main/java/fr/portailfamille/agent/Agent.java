package fr.portailfamille.agent;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An agent as the sign-in needs to know one. */
record Agent(
        long id,
        String email,
        @Nullable String lastName,
        @Nullable String firstName,
        @Nullable String passwordHash,
        State state,
        int version,
        Set<Menu> menus) {

    enum State {
        INVITED,
        ACTIVE,
        DISABLED
    }

    boolean active() {
        return state == State.ACTIVE;
    }

    /** Roles of a session, in a fixed order. */
    Set<String> roles() {
        Set<String> roles = new TreeSet<>();
        roles.add(Menu.AGENT);
        menus.forEach(menu -> roles.add(menu.role()));
        return roles;
    }

    /** The name shown; the address as long as there is none. */
    String name() {
        String name = ((firstName == null ? "" : firstName) + " " + (lastName == null ? "" : lastName)).strip();
        return name.isEmpty() ? email : name;
    }
}
