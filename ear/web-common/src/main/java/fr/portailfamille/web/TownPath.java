package fr.portailfamille.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** An address {@code /{town}/{route}} taken apart; the route is empty where only the town is named. */
record TownPath(String town, String route) {

    static Optional<TownPath> of(HttpServletRequest request) {
        String info = request.getPathInfo();
        return of(info == null ? request.getServletPath() : request.getServletPath() + info);
    }

    static Optional<TownPath> of(String path) {
        if (path.length() < 2 || path.charAt(0) != '/') {
            return Optional.empty();
        }
        int end = path.indexOf('/', 1);
        return end < 0
                ? Optional.of(new TownPath(path.substring(1), ""))
                : Optional.of(new TownPath(path.substring(1, end), path.substring(end + 1)));
    }
}
