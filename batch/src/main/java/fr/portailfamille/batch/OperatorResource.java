package fr.portailfamille.batch;

import fr.portailfamille.common.Email;
import fr.portailfamille.exchange.TownPartition;
import fr.portailfamille.notice.digest.DigestResult;
import fr.portailfamille.operator.OperatorDesk;
import fr.portailfamille.operator.TownBusyException;
import fr.portailfamille.town.TownCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.util.Optional;

/** The operator's acts over HTTP, for {@code ./portail town}, {@code key}, {@code partition} and {@code digest}. */
@Path("operator/towns")
@RequestScoped
@RolesAllowed("OPERATOR")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OperatorResource {

    private static final int LONGEST_NAME = 100;

    @EJB
    private OperatorDesk desk;

    /** {@code {code, name, adminEmail}} → 201 for a new town, 200 for one that was open. */
    @POST
    public Response openTown(String body) {
        Optional<JsonObject> town = object(body);
        if (town.isEmpty()) {
            return notAnObject();
        }
        Optional<TownCode> code = text(town.get(), "code").flatMap(TownCode::of);
        Optional<String> name = text(town.get(), "name").filter(text -> text.length() <= LONGEST_NAME);
        Optional<Email> administrator = text(town.get(), "adminEmail").flatMap(Email::of);
        if (code.isEmpty()) {
            return bad("BAD_CODE", "code: 2 to 64 of a-z, 0-9 and hyphen, first and last not a hyphen.");
        }
        if (name.isEmpty()) {
            return bad("BAD_NAME", "name: 1 to " + LONGEST_NAME + " characters.");
        }
        if (administrator.isEmpty()) {
            return bad("BAD_EMAIL", "adminEmail: one plain e-mail address.");
        }
        boolean isNew = desk.openTown(code.get(), name.get(), administrator.get());
        return Response.status(isNew ? Response.Status.CREATED : Response.Status.OK)
                .entity(Json.createObjectBuilder()
                        .add("code", code.get().value())
                        .add("name", name.get())
                        .add("opened", isNew)
                        .build()
                        .toString())
                .build();
    }

    /** {@code {name}} → 201 and {@code {key}}, which is never shown again. */
    @POST
    @Path("{code}/keys")
    public Response newKey(@PathParam("code") String code, String body) {
        Optional<JsonObject> key = object(body);
        if (key.isEmpty()) {
            return notAnObject();
        }
        Optional<String> name = text(key.get(), "name").filter(text -> text.length() <= LONGEST_NAME);
        if (name.isEmpty()) {
            return bad("BAD_NAME", "name: 1 to " + LONGEST_NAME + " characters.");
        }
        return desk.newKey(code, name.get())
                .map(made -> Response.status(Response.Status.CREATED)
                        .entity(Json.createObjectBuilder()
                                .add("key", made)
                                .build()
                                .toString())
                        .build())
                .orElseGet(OperatorResource::noSuchTown);
    }

    /** → {@code {moved, bookings}}: whether the town got a partition of its own, and how many bookings moved into it. */
    @POST
    @Path("{code}/partition")
    public Response partition(@PathParam("code") String code) {
        return desk.partition(code)
                .map(moved -> moved.outcome() == TownPartition.Outcome.BUSY
                        ? new Problem(409, "TOWN_BUSY", "A lot of this town is being applied; try again when it is.")
                                .response()
                        : Response.ok(Json.createObjectBuilder()
                                        .add("moved", moved.outcome() == TownPartition.Outcome.MOVED)
                                        .add("bookings", moved.bookings())
                                        .build()
                                        .toString())
                                .build())
                .orElseGet(OperatorResource::noSuchTown);
    }

    /** → {@code {windowEnd, accounts, decisions, changes}}: how many families are written to, about what. */
    @POST
    @Path("{code}/digest")
    public Response digest(@PathParam("code") String code) {
        Optional<DigestResult> sent;
        try {
            sent = desk.sendDigest(code);
        } catch (TownBusyException e) {
            return new Problem(409, "TOWN_BUSY", e.getMessage()).response();
        }
        return sent.map(digest -> Response.ok(Json.createObjectBuilder()
                                .add("windowEnd", digest.windowEnd().toString())
                                .add("accounts", digest.accounts())
                                .add("decisions", digest.decisions())
                                .add("changes", digest.changes())
                                .build()
                                .toString())
                        .build())
                .orElseGet(OperatorResource::noSuchTown);
    }

    private static Optional<JsonObject> object(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return Optional.of(reader.readObject());
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text
                ? Optional.of(text.getString().strip()).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    private static Response bad(String code, String detail) {
        return new Problem(422, code, detail).response();
    }

    private static Response notAnObject() {
        return new Problem(400, "BAD_JSON", "The body must be a JSON object.").response();
    }

    private static Response noSuchTown() {
        return new Problem(404, "NO_SUCH_TOWN", "No town has this code.").response();
    }
}
