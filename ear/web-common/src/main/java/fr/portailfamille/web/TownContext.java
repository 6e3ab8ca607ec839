package fr.portailfamille.web;

import fr.portailfamille.town.TownProfile;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The town and page that the running request is for: {@code #{town.name}}, {@code #{town.url('accueil')}}. */
@Named("town")
@RequestScoped
public class TownContext {

    static final String TOWN = "fr.portailfamille.web.town";
    static final String ROUTE = "fr.portailfamille.web.route";

    @Inject
    private HttpServletRequest request;

    /**
     * The town of the address.
     *
     * @throws IllegalStateException outside a page of a town
     */
    public TownProfile getProfile() {
        return profileOf(request).orElseThrow(() -> new IllegalStateException("The address names no town"));
    }

    public String getName() {
        return getProfile().name();
    }

    public String getCode() {
        return getProfile().code();
    }

    /** At most two letters that stand for the town where there is no logo. */
    public String getInitials() {
        return Arrays.stream(getName().split("[^\\p{L}]+"))
                .filter(word -> word.length() > 2)
                .limit(2)
                .map(word -> word.substring(0, 1).toUpperCase(Locale.FRENCH))
                .collect(Collectors.joining());
    }

    /** The path of the page shown, as in the route table. */
    public String getRoute() {
        return request.getAttribute(ROUTE) instanceof Route route ? route.path() : "";
    }

    /** The address of another page of this town; a query may follow the path. */
    public String url(String path) {
        return request.getContextPath() + "/" + getCode() + "/" + path;
    }

    /** Where to go on after signing in: a page of this town, else the home page. */
    public String onwards(String wanted) {
        RouteTable routes = RouteTable.of(request.getServletContext());
        return url(
                wanted != null && routes.leadsSomewhere(wanted)
                        ? wanted
                        : routes.home().path());
    }

    /** The address of the town's style sheet; it changes with the colour, so that browsers may keep it. */
    public String getThemeUrl() {
        return url(TownRouteFilter.THEME + "?c=" + getProfile().brandColour().substring(1));
    }

    static Optional<TownProfile> profileOf(HttpServletRequest request) {
        return Optional.ofNullable((TownProfile) request.getAttribute(TOWN));
    }
}
