package fr.portailfamille.web;

import fr.portailfamille.common.Caller;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.Set;

/**
 * How an application knows its visitors. Each has a mechanism of its own that asks an identity store of its own: with the
 * store handler that all applications share, credentials of the portal would open the back-office.
 *
 * <p>A session belongs to one town; on the pages of another the visitor is anonymous. Its id changes at sign-in.
 */
public abstract class TownAuthentication implements HttpAuthenticationMechanism {

    @Inject
    private TownDirectory towns;

    /** Asks the application's own store; the principal's name is that of a {@link Caller}. */
    protected abstract CredentialValidationResult validate(TownProfile town, Credential credential);

    /** Whether somebody who signed in before still may, asked on each request. */
    protected abstract boolean mayContinue(Caller caller, HttpSession session);

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Credential credential = context.getAuthParameters().getCredential();
        return credential == null ? recall(request, context) : signIn(request, context, credential);
    }

    private AuthenticationStatus signIn(HttpServletRequest request, HttpMessageContext context, Credential credential) {
        Optional<TownProfile> town = town(request);
        if (town.isEmpty()) {
            return AuthenticationStatus.SEND_FAILURE;
        }
        CredentialValidationResult result = validate(town.get(), credential);
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            return AuthenticationStatus.SEND_FAILURE;
        }
        HttpSession session = request.getSession();
        request.changeSessionId();
        SignedIn signedIn = new SignedIn(
                result.getCallerPrincipal().getName(),
                Set.copyOf(result.getCallerGroups()),
                town.get().id());
        session.setAttribute(SignedIn.ATTRIBUTE, signedIn);
        return context.notifyContainerAboutLogin(result.getCallerPrincipal(), signedIn.roles());
    }

    private AuthenticationStatus recall(HttpServletRequest request, HttpMessageContext context) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn signedIn)) {
            return context.doNothing();
        }
        Optional<Caller> caller = Caller.of(signedIn::principal);
        if (caller.isEmpty()
                || town(request)
                        .map(TownProfile::id)
                        .filter(id -> id == signedIn.town())
                        .isEmpty()) {
            return context.doNothing();
        }
        if (!mayContinue(caller.get(), session)) {
            session.invalidate();
            return context.doNothing();
        }
        return context.notifyContainerAboutLogin(signedIn.principal(), signedIn.roles());
    }

    private Optional<TownProfile> town(HttpServletRequest request) {
        // Inside a page the address is the view's; the filter has left the town of the real one.
        Optional<TownProfile> known = TownContext.profileOf(request);
        return known.isPresent() ? known : TownPath.of(request).flatMap(path -> towns.byCode(path.town()));
    }
}
