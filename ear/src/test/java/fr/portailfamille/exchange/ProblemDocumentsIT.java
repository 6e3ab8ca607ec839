package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever goes wrong over HTTP is told as a problem document with a code, and a lot's state has the contract's fields. */
@Tag("container")
@Tag("X7")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ProblemDocumentsIT {

    private final Vendor vendor = Vendor.ofNewTown();
    private final String lots = "/exchange/v1/" + vendor.town() + "/lots";

    @Test
    void what_does_not_exist_is_told_as_a_problem() {
        isProblem(vendor.ask("GET", "/exchange/v1/" + vendor.town() + "/nothing", vendor.key()), 404, "NOT_FOUND");
        isProblem(vendor.ask("GET", "/exchange/", vendor.key()), 404, "NOT_FOUND");
        isProblem(vendor.ask("GET", lots + "/" + UUID.randomUUID(), vendor.key()), 404, "NO_SUCH_LOT");
        isProblem(vendor.ask("GET", lots + "/not-an-id", vendor.key()), 404, "NO_SUCH_LOT");
        isProblem(vendor.ask("GET", lots + "/" + UUID.randomUUID() + "/rejects.csv", vendor.key()), 404, "NO_SUCH_LOT");
        HttpResponse<String> method = vendor.ask("DELETE", lots, vendor.key());
        isProblem(method, 405, "METHOD_NOT_ALLOWED");
        assertThat(method.headers().firstValue("Allow").orElse("")).contains("POST");
        isProblem(vendor.ask("GET", lots, null), 401, "UNAUTHORIZED");
        isProblem(
                vendor.ask("GET", "/exchange/v1/another-town/lots/" + UUID.randomUUID(), vendor.key()),
                403,
                "FORBIDDEN");
    }

    @Test
    void a_revoked_key_is_refused_on_the_next_request() throws SQLException {
        assertThat(vendor.get("/lots/" + UUID.randomUUID()).status()).isEqualTo(404);
        vendor.update("update app.exchange_key set revoked_at = now() where town_id = :town");
        isProblem(vendor.ask("GET", lots + "/" + UUID.randomUUID(), vendor.key()), 401, "UNAUTHORIZED");
    }

    @Test
    void more_lots_than_may_wait_for_their_turn_are_put_off() throws SQLException {
        // Nobody looks at them: they are only counted.
        vendor.update(
                "insert into app.lot (town_id, id, lot_id, flow, mode, sequence, universe, dry_run, state, manifest,"
                        + " zipped_size, unzipped_size, sha256, received_at, sender)"
                        + " select :town, -n, gen_random_uuid(), 'INDIVIDUALS', 'DELTA', 1000 + n, 'Enfance', false, 'RECEIVED', '{}',"
                        + " 1, 1, '', now(), 'KEY' from generate_series(1, 200) n");
        TestLot lot = TestLot.full(vendor.town(), "individuals", 1)
                .file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUX,Ève");
        Vendor.Answer putOff = vendor.send(lot);
        assertThat(putOff.status()).as(putOff.body()).isEqualTo(429);
        assertThat(putOff.code()).isEqualTo("TOO_MANY_LOTS");
        assertThat(putOff.retryAfter()).isEqualTo("60");

        vendor.update("delete from app.lot where town_id = :town and id < 0");
        assertThat(vendor.apply(lot).getString("state")).isEqualTo("APPLIED");
    }

    @Test
    void the_state_of_a_lot_has_the_fields_of_the_contract_and_no_others() {
        TestLot lot = TestLot.full(vendor.town(), "individuals", 7)
                .file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUX,Ève", "I2,,Adam");
        JsonObject state = vendor.apply(lot);
        assertThat(state.keySet())
                .containsExactly(
                        "lotId",
                        "flow",
                        "mode",
                        "sequence",
                        "dryRun",
                        "state",
                        "waitingFor",
                        "progress",
                        "rows",
                        "files",
                        "reasons",
                        "receivedAt",
                        "startedAt",
                        "endedAt");
        assertThat(state.getJsonObject("rows").keySet())
                .containsExactly("created", "changed", "unchanged", "archived", "rejected", "warnings");
        assertThat(state.getJsonObject("files").getJsonObject("individuals.csv"))
                .isEqualTo(state.getJsonObject("rows"));
        assertThat(state.getInt("sequence")).isEqualTo(7);
        assertThat(state.getInt("progress")).isEqualTo(100);
        assertThat(state.getString("flow")).isEqualTo("individuals");
        assertThat(state.getString("mode")).isEqualTo("full");
        TestLot gap = TestLot.delta(vendor.town(), "individuals", 9)
                .file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUX,Ève");
        assertThat(vendor.apply(gap).getString("waitingFor")).isEqualTo("individuals/8");
    }

    private static void isProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonObject problem = Json.createReader(new StringReader(answer.body())).readObject();
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getString("title")).isNotBlank();
    }
}
