package fr.portailfamille.batch;

import fr.portailfamille.exchange.PassingFaults;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;

/**
 * What went wrong on our side: the caller gets a number that the log has too, and nothing of what is inside. Whatever was
 * thrown: nothing may get out as a page of the server's. Where it passes, as when the database starts again, the caller is
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
        return PassingFaults.ofDatabase(failure)
                ? Problem.unavailable(detail).later(Problem.AGAIN_SECONDS)
                : new Problem(500, "INTERNAL", detail).response();
    }
}
