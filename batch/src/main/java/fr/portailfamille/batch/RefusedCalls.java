package fr.portailfamille.batch;

import jakarta.ejb.EJBAccessException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** The key is good, but not for this. */
@Provider
public class RefusedCalls implements ExceptionMapper<EJBAccessException> {
    @Override
    public Response toResponse(EJBAccessException refusal) {
        return new Problem(403, "FORBIDDEN", "This key may not do that.").response();
    }
}
