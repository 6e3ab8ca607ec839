package fr.portailfamille.web;

import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The only way to a page: {@code /{town}/{route}} is looked up in the application's route table, the visitor's role is
 * checked, and the request goes on to the view. Everything else is not found, be it a view's own file name.
 *
 * <p>Each application has its own subclass, mapped to all addresses.
 */
public abstract class TownRouteFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String RESOURCES = "/jakarta.faces.resource/";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    static final String THEME = "theme.css";
    private static final String SIGN_OUT = "deconnexion";

    @Inject
    private transient TownDirectory towns;

    private transient RouteTable routes;

    protected abstract RouteTable routes();

    /** Whether files may be sent to that page. To all others nobody fills the disk: a file is spooled before it is looked at. */
    protected boolean takesFiles(Route route) {
        return false;
    }

    @Override
    public void init() {
        routes = routes();
        routes.register(getServletContext());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setCharacterEncoding("UTF-8");
        SecurityHeaders.addTo(request, response);
        if (!METHODS.contains(request.getMethod())) {
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        if (request.getServletPath().startsWith(RESOURCES)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<TownPath> path = TownPath.of(request);
        Optional<TownProfile> town = path.flatMap(found -> towns.byCode(found.town()));
        if (town.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        request.setAttribute(TownContext.TOWN, town.get());
        open(request, response, town.get(), path.get().route());
    }

    private void open(HttpServletRequest request, HttpServletResponse response, TownProfile town, String path)
            throws IOException, ServletException {
        Optional<Route> route = routes.find(path);
        if (path.isEmpty()) {
            response.sendRedirect(address(request, town, routes.home().path()));
        } else if (path.equals(THEME)) {
            sendTheme(response, town);
        } else if (path.equals(SIGN_OUT) && "POST".equals(request.getMethod())) {
            signOut(request, response, town);
        } else if (route.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (route.get()
                .role()
                .filter(role -> !request.isUserInRole(role))
                .isPresent()) {
            refuse(request, response, town, route.get());
        } else if (isMultipart(request) != takesFiles(route.get())
                && (isMultipart(request) || "POST".equals(request.getMethod()))) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        } else {
            SecurityHeaders.notStored(response);
            request.setAttribute(TownContext.ROUTE, route.get());
            request.getRequestDispatcher(route.get().view()).forward(request, response);
        }
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /** Whoever has signed in may not; who has not may still sign in and come back to the page. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, TownProfile town, Route route)
            throws IOException {
        if (request.getUserPrincipal() != null) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        String back = request.getQueryString() == null || "POST".equals(request.getMethod())
                ? route.path()
                : route.path() + "?" + request.getQueryString();
        String signIn = address(request, town, routes.signInPath()) + "?retour="
                + URLEncoder.encode(back, StandardCharsets.UTF_8);
        SecurityHeaders.notStored(response);
        if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
            response.setContentType("text/xml;charset=UTF-8");
            response.getWriter()
                    .write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                            + signIn.replace("&", "&amp;") + "\"/></partial-response>");
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", signIn);
        }
    }

    /** A plain form rather than an act of a page, so that it works however old the page is. */
    private void signOut(HttpServletRequest request, HttpServletResponse response, TownProfile town)
            throws IOException {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityHeaders.notStored(response);
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", address(request, town, routes.home().path()));
    }

    private static String address(HttpServletRequest request, TownProfile town, String path) {
        return request.getContextPath() + "/" + town.code() + "/" + path;
    }

    private static void sendTheme(HttpServletResponse response, TownProfile town) throws IOException {
        response.setContentType("text/css;charset=UTF-8");
        response.setHeader("Cache-Control", "public, max-age=86400");
        response.getWriter().write(TownTheme.of(town.brandColour()).css());
    }
}
