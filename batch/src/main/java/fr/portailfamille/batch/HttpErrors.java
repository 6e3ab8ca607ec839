package fr.portailfamille.batch;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What no resource answers to: addresses, methods and types that do not exist, told as problems like all else. */
@Provider
public class HttpErrors implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException error) {
        Response given = error.getResponse();
        if (given.getStatus() < 400) {
            return given;
        }
        Response.Status known = Response.Status.fromStatusCode(given.getStatus());
        Problem problem =
                new Problem(given.getStatus(), known == null ? "HTTP_" + given.getStatus() : known.name(), null);
        if (error instanceof NotAllowedException && given.getHeaderString(HttpHeaders.ALLOW) != null) {
            return Response.fromResponse(problem.response())
                    .header(HttpHeaders.ALLOW, given.getHeaderString(HttpHeaders.ALLOW))
                    .build();
        }
        return problem.response();
    }
}
