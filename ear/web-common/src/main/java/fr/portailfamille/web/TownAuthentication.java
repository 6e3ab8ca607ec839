package fr.portailfamille.web;

import fr.portailfamille.common.Caller;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;

/**
 * How an application knows its visitors: by what {@link Visitor#enter} left in the session, asked again on each request.
 * Each application has a subclass that asks the people of its own kind only: through the store handler that all
 * applications share, credentials of the portal would open the back-office.
 *
 * <p>A session belongs to one town; on the pages of another the visitor is anonymous.
 */
public abstract class TownAuthentication implements HttpAuthenticationMechanism {

    @Inject
    private TownDirectory towns;

    /** The session as it stands now; empty for a caller who may not go on or is none of this application's. */
    protected abstract Optional<TownSession> recall(Caller caller);

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(TownSession.ATTRIBUTE) instanceof TownSession held)) {
            return context.doNothing();
        }
        Optional<Caller> caller = Caller.of(held::principal);
        if (caller.isEmpty() || !isTownOf(request, caller.get())) {
            return context.doNothing();
        }
        Optional<TownSession> now = recall(caller.get());
        if (now.isEmpty() || !now.get().stamp().equals(held.stamp())) {
            session.invalidate();
            return context.doNothing();
        }
        return context.notifyContainerAboutLogin(
                now.get().principal(), now.get().roles());
    }

    private boolean isTownOf(HttpServletRequest request, Caller caller) {
        // Inside a page the address is the view's; the filter has left the town of the real one.
        Optional<TownProfile> known = TownContext.profileOf(request);
        return (known.isPresent() ? known : TownPath.of(request).flatMap(path -> towns.byCode(path.town())))
                .filter(town -> town.id() == caller.town())
                .isPresent();
    }
}
