package fr.portailfamille.batch.lot;

import fr.portailfamille.batch.OwnTown;
import fr.portailfamille.batch.Problem;
import fr.portailfamille.common.Caller;
import fr.portailfamille.exchange.LotConflictException;
import fr.portailfamille.exchange.LotLimits;
import fr.portailfamille.exchange.LotReception;
import fr.portailfamille.exchange.LotStatus;
import fr.portailfamille.exchange.Lots;
import fr.portailfamille.exchange.Receipt;
import fr.portailfamille.exchange.TooManyLotsException;
import fr.portailfamille.exchange.format.RefusedException;
import fr.portailfamille.exchange.load.ImportPlaces;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lots over HTTP: sent, asked after, and their rejected rows. */
@Path("v1/{town}/lots")
@RequestScoped
@RolesAllowed("EXCHANGE")
public class LotResource {

    /** Seconds after which a lot that was not let in may be sent again: a reception is short, a queue takes its time. */
    private static final int AGAIN_SOON = 5;

    private static final int AGAIN_LATER = 60;

    @EJB
    private LotReception reception;

    @EJB
    private Lots lots;

    @Inject
    private LotDispatcher dispatcher;

    @Inject
    private Receptions receptions;

    @Inject
    private OwnTown ownTown;

    @Context
    private SecurityContext security;

    @PathParam("town")
    private String town;

    /** The body is the ZIP, whatever type the sender gives it. */
    @POST
    public Response receive(InputStream body, @Context UriInfo asked, @HeaderParam("Content-Length") Long length)
            throws IOException {
        Optional<Response> refused = wrongTown();
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<Boolean> simulated = simulated(asked.getQueryParameters());
        if (simulated.isEmpty()) {
            return new Problem(
                            400, "BAD_PARAMETER", "The only parameter is dryRun, which is 1 or 0. Nothing was taken.")
                    .response();
        }
        boolean dry = simulated.get();
        long most = LotLimits.fromEnvironment().zipped();
        if (length != null && length > most) {
            return new Problem(413, "TOO_LARGE", "A lot has at most " + most + " bytes.").response();
        }
        Optional<Receptions.Place> place = receptions.enter(townOfKey());
        if (place.isEmpty()) {
            return tooMany(AGAIN_SOON, "As many lots of this town are being received as may be at once.");
        }
        try (Receptions.Place taken = place.get();
                ReceivedFile file = ReceivedFile.of(body, most)) {
            Receipt receipt = reception.receive(file.path(), dry);
            LotStatus status = receipt.status();
            ImportPlaces.reached(ImportPlaces.AFTER_RECEIVE, status.flow());
            dispatcher.wake();
            URI location = URI.create("/exchange/v1/" + town + "/lots/" + status.lotId() + (dry ? "/dry-run" : ""));
            return Response.status(receipt.known() ? Response.Status.OK : Response.Status.ACCEPTED)
                    .header("Location", location)
                    .type(MediaType.APPLICATION_JSON)
                    .entity(StatusJson.of(status))
                    .build();
        } catch (RefusedException e) {
            return ReceptionProblem.of(e).response();
        } catch (LotConflictException e) {
            return ReceptionProblem.of(e).response();
        } catch (TooManyLotsException e) {
            return tooMany(AGAIN_LATER, "As many lots of this town wait for their turn as may.");
        }
    }

    /** Whoever mistypes it must not see the lot applied: none where it is not clear what was meant. */
    private static Optional<Boolean> simulated(MultivaluedMap<String, String> parameters) {
        if (parameters.isEmpty()) {
            return Optional.of(false);
        }
        List<String> values = parameters.get("dryRun");
        if (values == null || values.size() != 1 || parameters.size() > 1) {
            return Optional.empty();
        }
        return switch (values.get(0)) {
            case "1", "true" -> Optional.of(true);
            case "0", "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Response tooMany(int seconds, String detail) {
        return new Problem(429, "TOO_MANY_LOTS", detail).later(seconds);
    }

    @GET
    @Path("{lot}")
    public Response status(@PathParam("lot") String lot) {
        return status(lot, false);
    }

    @GET
    @Path("{lot}/dry-run")
    public Response simulation(@PathParam("lot") String lot) {
        return status(lot, true);
    }

    @GET
    @Path("{lot}/rejects.csv")
    public Response rejects(@PathParam("lot") String lot) {
        return rejects(lot, false);
    }

    @GET
    @Path("{lot}/dry-run/rejects.csv")
    public Response simulatedRejects(@PathParam("lot") String lot) {
        return rejects(lot, true);
    }

    private Response status(String lot, boolean dry) {
        return wrongTown()
                .orElseGet(() -> find(lot, dry)
                        .map(status -> Response.ok(StatusJson.of(status), MediaType.APPLICATION_JSON)
                                .build())
                        .orElseGet(LotResource::noSuchLot));
    }

    private Response rejects(String lot, boolean dry) {
        Optional<Response> refused = wrongTown();
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<LotStatus> found = find(lot, dry);
        if (found.isEmpty()) {
            return noSuchLot();
        }
        StreamingOutput csv = out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            lots.writeRejects(found.get().lotId(), dry, writer);
            writer.flush();
        };
        return Response.ok(csv, "text/csv;charset=UTF-8").build();
    }

    private Optional<LotStatus> find(String lot, boolean dry) {
        try {
            return lots.status(UUID.fromString(lot), dry);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Response> wrongTown() {
        return ownTown.refusal(security, town);
    }

    private int townOfKey() {
        return Caller.of(security.getUserPrincipal()).orElseThrow().town();
    }

    private static Response noSuchLot() {
        return new Problem(404, "NO_SUCH_LOT", "No lot of this town has this id.").response();
    }
}
