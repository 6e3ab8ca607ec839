package fr.portailfamille.batch;

import fr.portailfamille.common.Caller;
import fr.portailfamille.exchange.ExchangeSignIn;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;

/** Knows callers by the key in {@code Authorization: Bearer}, on each request anew; there are no sessions here. */
@ApplicationScoped
public class BearerAuthentication implements HttpAuthenticationMechanism {

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
        Optional<Caller> caller = key.flatMap(signIn::identify);
        if (caller.isPresent()) {
            return context.notifyContainerAboutLogin(caller.get().principalName(), Set.of("EXCHANGE"));
        }
        // The body is made by the error page: the server would throw away what is written here.
        response.setHeader("WWW-Authenticate", "Bearer realm=\"portail-famille\"");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static Optional<String> key(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }
}
