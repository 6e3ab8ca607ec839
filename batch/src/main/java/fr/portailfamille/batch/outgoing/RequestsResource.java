package fr.portailfamille.batch.outgoing;

import fr.portailfamille.batch.OwnTown;
import fr.portailfamille.batch.Problem;
import fr.portailfamille.exchange.outgoing.CursorRefusedException;
import fr.portailfamille.exchange.outgoing.OutgoingLot;
import fr.portailfamille.exchange.outgoing.RequestExport;
import fr.portailfamille.exchange.outgoing.RequestLots;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.StringReader;
import java.util.Optional;

/** Requests over HTTP: fetched lot by lot behind a cursor, and acknowledged. */
@Path("v1/{town}/requests")
@RequestScoped
@RolesAllowed("EXCHANGE")
public class RequestsResource {

    private static final String NEXT_CURSOR = "Next-Cursor";

    @Inject
    private RequestLots lots;

    @Inject
    private OwnTown ownTown;

    @Context
    private SecurityContext security;

    @PathParam("town")
    private String town;

    /** 200 with a lot, or 204 where nothing waits; either way {@code Next-Cursor} is what to come back with. */
    @GET
    public Response next(@QueryParam("after") String after, @QueryParam("limit") String limit) {
        Optional<Response> refused = ownTown.refusal(security, town);
        if (refused.isPresent()) {
            return refused.get();
        }
        try {
            RequestExport.Next next = lots.next(after == null || after.isBlank() ? null : after, limit(limit));
            Response.ResponseBuilder answer =
                    next.lot().map(this::zip).orElseGet(() -> Response.status(Response.Status.NO_CONTENT));
            return answer.header(NEXT_CURSOR, next.cursor().text())
                    .header("Cache-Control", "no-store")
                    .build();
        } catch (CursorRefusedException e) {
            return problem(e);
        }
    }

    private Response.ResponseBuilder zip(OutgoingLot lot) {
        StreamingOutput content = out -> lots.write(lot, out);
        return Response.ok(content, "application/zip")
                .header("Content-Disposition", "attachment; filename=\"requests-" + lot.sequence() + ".zip\"");
    }

    /** 0 is refused by the domain, with the bounds. */
    private static int limit(String text) {
        if (text == null) {
            return RequestExport.USUAL_LIMIT;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** {@code {"cursor": …}} → {@code {"cursor": …, "requests": how many were acknowledged for the first time}}. */
    @POST
    @Path("ack")
    public Response acknowledge(String body) {
        Optional<Response> refused = ownTown.refusal(security, town);
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<String> cursor = cursor(body);
        if (cursor.isEmpty()) {
            return new Problem(400, "BAD_JSON", "The body must be {\"cursor\": \"…\"}.").response();
        }
        try {
            int requests = lots.acknowledge(cursor.get());
            return Response.ok(
                            Json.createObjectBuilder()
                                    .add("cursor", cursor.get())
                                    .add("requests", requests)
                                    .build()
                                    .toString(),
                            MediaType.APPLICATION_JSON)
                    .build();
        } catch (CursorRefusedException e) {
            return problem(e);
        }
    }

    private static Optional<String> cursor(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            JsonObject object = reader.readObject();
            return object.get("cursor") instanceof JsonString cursor
                    ? Optional.of(cursor.getString())
                    : Optional.empty();
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static Response problem(CursorRefusedException refused) {
        int status = switch (refused.code()) {
            case BAD_CURSOR, BAD_LIMIT -> 422;
            case UNKNOWN_CURSOR -> 404;
            case OLDER_CURSOR -> 409;
        };
        return new Problem(status, refused.code().name(), refused.getMessage()).response();
    }
}
