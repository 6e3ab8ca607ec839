package fr.portailfamille.batch;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457) with the code of the contract.
 *
 * @param code what programs decide by
 * @param detail what a person reads, in English
 */
public record Problem(int status, String code, @Nullable String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** After which whoever found the portal unavailable may come again. */
    static final int AGAIN_SECONDS = 10;

    /** The portal cannot answer for a moment. Whether it has taken what was sent shows when it is sent again. */
    static Problem unavailable(String detail) {
        return new Problem(503, "UNAVAILABLE", detail);
    }

    JsonObject json() {
        Response.Status known = Response.Status.fromStatusCode(status);
        JsonObjectBuilder document = Json.createObjectBuilder()
                .add("title", known == null ? code : known.getReasonPhrase())
                .add("status", status)
                .add("code", code);
        if (detail != null) {
            document.add("detail", detail);
        }
        return document.build();
    }

    /** The document as it is sent. */
    public String text() {
        return json().toString();
    }

    public Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(text()).build();
    }

    /** For who may come again after so many seconds. */
    public Response later(int seconds) {
        return Response.fromResponse(response())
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .build();
    }
}
