package fr.portailfamille.batch;

import fr.portailfamille.common.Caller;
import fr.portailfamille.exchange.ExchangeSignIn;
import fr.portailfamille.exchange.PassingFaults;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;

/** Knows callers by the key in {@code Authorization: Bearer}, on each request anew; there are no sessions here. */
@ApplicationScoped
public class BearerAuthentication implements HttpAuthenticationMechanism {

    private static final Logger LOG = System.getLogger(BearerAuthentication.class.getName());

    private static final String SCHEME = "Bearer ";

    @Inject
    private OperatorKey operatorKey;

    @EJB
    private ExchangeSignIn signIn;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Optional<String> key = key(request);
        if (key.filter(operatorKey::is).isPresent()) {
            return context.notifyContainerAboutLogin("operator", Set.of("OPERATOR"));
        }
        Optional<Caller> caller;
        try {
            caller = key.flatMap(signIn::identify);
        } catch (RuntimeException e) {
            if (!PassingFaults.ofDatabase(e)) {
                throw e;
            }
            LOG.log(Level.ERROR, "A key of the exchange could not be looked up", e);
            return refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
        if (caller.isPresent()) {
            return context.notifyContainerAboutLogin(caller.get().principalName(), Set.of("EXCHANGE"));
        }
        response.setHeader("WWW-Authenticate", "Bearer realm=\"portail-famille\"");
        return refuse(response, HttpServletResponse.SC_UNAUTHORIZED);
    }

    /** The body is made by the error page: the server would throw away what is written here. */
    private static AuthenticationStatus refuse(HttpServletResponse response, int status) {
        response.setStatus(status);
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static Optional<String> key(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }
}
