package fr.portailfamille.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/** Whoever looks at the page: {@code #{visitor.signedIn}}, {@code #{visitor.name}}. */
@Named("visitor")
@RequestScoped
public class Visitor {

    @Inject
    private HttpServletRequest request;

    public boolean isSignedIn() {
        return request.getUserPrincipal() != null;
    }

    /** Empty for somebody who has not signed in, and on the pages of another town. */
    public String getName() {
        HttpSession session = request.getSession(false);
        return isSignedIn()
                        && session != null
                        && session.getAttribute(TownSession.ATTRIBUTE) instanceof TownSession held
                ? held.name()
                : "";
    }

    public boolean has(String role) {
        return request.isUserInRole(role);
    }

    /** The network address that limits on trying count for. */
    public String getMachine() {
        return request.getRemoteAddr();
    }

    /** Signs in from the next request on. The session gets a new id: one that somebody planted would not know it. */
    public void enter(TownSession session) {
        HttpSession held = request.getSession();
        request.changeSessionId();
        held.setAttribute(TownSession.ATTRIBUTE, session);
    }
}
