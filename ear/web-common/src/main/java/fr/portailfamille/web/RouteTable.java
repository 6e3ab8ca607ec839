package fr.portailfamille.web;

import jakarta.servlet.ServletContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All pages of one application; what is not in it does not exist. The first route is the home page of each town. */
public final class RouteTable {

    private static final String ATTRIBUTE = RouteTable.class.getName();

    private final Map<String, Route> byPath = new LinkedHashMap<>();
    private final Map<String, Route> byView = new LinkedHashMap<>();
    private final Route home;
    private final String signInPath;

    /**
     * @param signInPath where visitors are sent who open a page that needs a role
     */
    public RouteTable(String signInPath, List<Route> routes) {
        this.home = routes.get(0);
        this.signInPath = signInPath;
        for (Route route : routes) {
            if (byPath.put(route.path(), route) != null) {
                throw new IllegalArgumentException("Two routes for " + route.path());
            }
            byView.putIfAbsent(route.view(), route);
        }
        if (!byPath.containsKey(signInPath)) {
            throw new IllegalArgumentException("No route for " + signInPath);
        }
    }

    /** All of them, in the order of the table. */
    public List<Route> all() {
        return List.copyOf(byPath.values());
    }

    public Optional<Route> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** Whether an address within a town, with or without a query, leads to a page: where a redirect may go. */
    public boolean leadsSomewhere(String address) {
        int query = address.indexOf('?');
        return byPath.containsKey(query < 0 ? address : address.substring(0, query));
    }

    public Optional<Route> ofView(String view) {
        return Optional.ofNullable(byView.get(view));
    }

    public Route home() {
        return home;
    }

    public String signInPath() {
        return signInPath;
    }

    void register(ServletContext application) {
        application.setAttribute(ATTRIBUTE, this);
    }

    static RouteTable of(ServletContext application) {
        return (RouteTable) application.getAttribute(ATTRIBUTE);
    }
}
