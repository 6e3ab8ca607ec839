package fr.portailfamille.batch;

import fr.portailfamille.exchange.PassingFaults;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;

/**
 * What went wrong on our side: the caller gets a number that the log has too, and nothing of what is inside. Whatever was
 * thrown: nothing may get out as a page of the server's. Where it may pass, as when the database starts again, the caller is
 * asked to come again.
 */
@Provider
public class Failures implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(Failures.class.getName());

    @Override
    public Response toResponse(Throwable failure) {
        UUID incident = UUID.randomUUID();
        LOG.log(Level.ERROR, "A call of the exchange failed, incident " + incident, failure);
        String detail = "Incident " + incident + ".";
        return PassingFaults.passes(failure)
                ? Response.fromResponse(Problem.unavailable(detail).response())
                        .header(HttpHeaders.RETRY_AFTER, Problem.AGAIN_SECONDS)
                        .build()
                : new Problem(500, "INTERNAL", detail).response();
    }
}
