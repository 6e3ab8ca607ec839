package fr.portailfamille.web;

import java.util.Optional;

/**
 * One page of an application.
 *
 * @param path what follows {@code /{town}/} in the address
 * @param view id of the Faces view, never seen in an address
 * @param role what the visitor must have; empty for a page that is open to everybody
 */
public record Route(String path, String view, Optional<String> role) {

    public static Route open(String path, String view) {
        return new Route(path, view, Optional.empty());
    }

    public static Route forRole(String role, String path, String view) {
        return new Route(path, view, Optional.of(role));
    }
}
