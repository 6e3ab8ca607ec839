package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers of the business application to requests: they move lines, requests, bookings and places, and are told once. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X4")
class DecisionsIT {

    private static final String HEADER = "request_ref,line,decision,rank,reason_code,reason,decided_at";
    private static final String AT = "2026-11-20T07:44:00+01:00";

    private final RequestedTown town;
    private long sequence;

    DecisionsIT() throws SQLException {
        town = new RequestedTown();
    }

    private JsonObject decide(String... rows) {
        return send("delta", rows);
    }

    private JsonObject send(String mode, String... rows) {
        sequence++;
        List<String> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(List.of(rows));
        TestLot lot = mode.equals("full")
                ? TestLot.full(town.vendor.town(), "decisions", sequence)
                : TestLot.delta(town.vendor.town(), "decisions", sequence);
        JsonObject state = town.vendor.apply(lot.file("decisions.csv", lines.toArray(String[]::new)));
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        return state;
    }

    private static String counts(JsonObject state) {
        JsonObject rows = state.getJsonObject("rows");
        return "%d changed, %d unchanged, %d rejected, %d warnings"
                .formatted(
                        rows.getInt("changed"),
                        rows.getInt("unchanged"),
                        rows.getInt("rejected"),
                        rows.getInt("warnings"));
    }

    private String rejects(JsonObject state) {
        return town.vendor
                .get("/lots/" + state.getString("lotId") + "/rejects.csv")
                .body();
    }

    private String digests() throws SQLException {
        return town.value(
                "select string_agg(concat_ws(' ', account_id, line, outcome), ', ' order by id) from app.decision"
                        + " where town_id = :town");
    }

    @Test
    void an_accepted_a_refused_and_a_waiting_line_move_all_that_hangs_on_them() throws SQLException {
        String ref = town.asks(1, "BOOK", "2030-01-14", "2030-01-15", "2030-01-17");
        assertThat(counts(decide(
                        ref + ",1,accepted,,,," + AT,
                        ref + ",2,refused,,PLEIN,," + AT,
                        ref + ",3,waitlisted,4,,Groupe complet," + AT)))
                .isEqualTo("3 changed, 0 unchanged, 0 rejected, 0 warnings");
        assertThat(town.request(ref))
                .isEqualTo(
                        "IN_PROGRESS 2/3 3: ACCEPTED, REFUSED PLEIN Il n'y a plus de place., WAITLISTED 4 Groupe complet");
        assertThat(town.bookings(1)).isEqualTo("2030-01-14 BOOKED, 2030-01-15 BOOKING_REFUSED, 2030-01-17 WAITLISTED");
        assertThat(town.places("2030-01-14")).isEqualTo("S1 1, P1 1");
        assertThat(town.places("2030-01-15")).isEqualTo("S1 0, P1 0");
        assertThat(town.places("2030-01-17")).isEqualTo("S1 0, P1 0");
        assertThat(digests()).isEqualTo("1 1 ACCEPTED, 1 2 REFUSED, 1 3 WAITLISTED");
        assertThat(town.value(
                        "select string_agg(concat_ws(' ', line, kind, detail), ', ' order by line) from app.request_event"
                                + " where town_id = :town"))
                .isEqualTo("1 ACCEPTED, 2 REFUSED Il n'y a plus de place., 3 WAITLISTED Groupe complet");
        assertThat(town.value("select reason from app.booking where town_id = :town and day = '2030-01-15'"))
                .isEqualTo("Il n'y a plus de place.");
        assertThat(town.value(
                        "select string_agg(old_value || ' > ' || new_value, ', ' order by key) from app.change_log"
                                + " where town_id = :town and table_name = 'booking'"))
                .isEqualTo("{ \"S1|2030-01-14\" : \"BOOKING_PENDING\", \"S1|2030-01-15\" : \"BOOKING_PENDING\","
                        + " \"S1|2030-01-17\" : \"BOOKING_PENDING\" } > { \"S1|2030-01-14\" : \"BOOKED\","
                        + " \"S1|2030-01-15\" : \"BOOKING_REFUSED\", \"S1|2030-01-17\" : \"WAITLISTED\" }");
        assertThat(town.value("select to_char(business_decided_at at time zone 'UTC', 'HH24:MI') from app.request_line"
                        + " where town_id = :town and line = 1"))
                .isEqualTo("06:44");
    }

    @Test
    void the_same_again_changes_nothing_and_another_decision_is_told_anew() throws SQLException {
        String ref = town.asks(1, "BOOK", "2030-01-14");
        decide(ref + ",1,refused,,AGE,," + AT);
        assertThat(counts(decide(ref + ",1,refused,,AGE,,2026-11-21T10:00:00+01:00")))
                .isEqualTo("0 changed, 1 unchanged, 0 rejected, 0 warnings");
        assertThat(counts(decide(ref + ",1,refused,,,," + AT)))
                .as("without words")
                .isEqualTo("0 changed, 1 unchanged, 0 rejected, 0 warnings");
        assertThat(digests()).isEqualTo("1 1 REFUSED");

        assertThat(counts(decide(ref + ",1,accepted,,,," + AT)))
                .isEqualTo("1 changed, 0 unchanged, 0 rejected, 0 warnings");
        assertThat(town.bookings(1)).isEqualTo("2030-01-14 BOOKED");
        assertThat(town.places("2030-01-14")).isEqualTo("S1 1, P1 1");
        decide(ref + ",1,refused,,,," + AT);
        assertThat(town.bookings(1)).isEqualTo("2030-01-14 BOOKING_REFUSED");
        assertThat(town.places("2030-01-14")).isEqualTo("S1 0, P1 0");
        assertThat(town.request(ref)).isEqualTo("REFUSED 1/1 3: REFUSED Décision du service.");
        assertThat(digests()).isEqualTo("1 1 REFUSED, 1 1 ACCEPTED, 1 1 REFUSED");
        assertThat(counts(send("full", ref + ",1,refused,,,," + AT)))
                .isEqualTo("0 changed, 1 unchanged, 0 rejected, 0 warnings");
    }

    @Test
    void a_refusal_and_its_reason_stay_whatever_a_lot_without_that_booking_says() throws SQLException {
        String ref = town.asks(1, "BOOK", "2030-01-14", "2030-01-15");
        decide(ref + ",1,refused,,PLEIN,," + AT, ref + ",2,accepted,,,," + AT);
        String header = "individual_ref,schedule_ref,date,state";
        String days = "\"from\": \"2030-01-01\", \"to\": \"2030-01-31\", \"files\"";
        JsonObject nightly = town.vendor.apply(TestLot.full(town.vendor.town(), "bookings", 1)
                .manifest(text -> text.replace("\"files\"", days))
                .file("bookings.csv", header, "I1,S1,2030-01-15,booked"));
        assertThat(nightly.getJsonObject("rows").getInt("archived")).isZero();
        JsonObject told = town.vendor.apply(
                TestLot.delta(town.vendor.town(), "bookings", 2).file("bookings.csv", header, "I1,S1,2030-01-14,none"));
        assertThat(counts(told)).isEqualTo("0 changed, 1 unchanged, 0 rejected, 0 warnings");
        assertThat(town.bookings(1)).isEqualTo("2030-01-14 BOOKING_REFUSED, 2030-01-15 BOOKED");
        assertThat(town.value("select reason from app.booking where town_id = :town and day = '2030-01-14'"))
                .isEqualTo("Il n'y a plus de place.");

        JsonObject after = town.vendor.apply(TestLot.delta(town.vendor.town(), "bookings", 3)
                .file("bookings.csv", header, "I1,S1,2030-01-14,booked"));
        assertThat(counts(after)).isEqualTo("1 changed, 0 unchanged, 0 rejected, 0 warnings");
        assertThat(town.bookings(1)).isEqualTo("2030-01-14 BOOKED, 2030-01-15 BOOKED");
        town.vendor.apply(TestLot.full(town.vendor.town(), "bookings", 4)
                .manifest(text -> text.replace("\"files\"", days))
                .file("bookings.csv", header, "I1,S1,2030-01-15,booked"));
        assertThat(town.bookings(1)).as("archived").isEqualTo("2030-01-14 NOT_BOOKED, 2030-01-15 BOOKED");
    }

    @Test
    void a_refused_absence_is_a_booking_again_and_an_accepted_one_gives_its_place_back() throws SQLException {
        String ref = town.asks(1, "CANCEL", "2030-01-14", "2030-01-15");
        decide(ref + ",1,refused,,,Trop tard pour la cuisine," + AT, ref + ",2,accepted,,,," + AT);
        assertThat(town.bookings(1)).isEqualTo("2030-01-14 BOOKED, 2030-01-15 ABSENT");
        assertThat(town.places("2030-01-14")).isEqualTo("S1 1, P1 1");
        assertThat(town.places("2030-01-15")).isEqualTo("S1 0, P1 0");
        assertThat(town.request(ref)).isEqualTo("PARTLY_ACCEPTED 2/2 2: REFUSED Trop tard pour la cuisine, ACCEPTED");
    }

    @Test
    void accepted_without_a_place_left_is_applied() throws SQLException {
        String first = town.asks(1, "BOOK", "2030-01-14");
        String second = town.asks(2, "BOOK", "2030-01-14");
        town.write("update app.schedule set capacity = 1 where town_id = :town");
        town.write("update app.place_counter set capacity = 1 where town_id = :town");
        decide(first + ",1,accepted,,,," + AT, second + ",1,accepted,,,," + AT);
        assertThat(town.places("2030-01-14")).isEqualTo("S1 2, P1 2");
        assertThat(town.bookings(2)).isEqualTo("2030-01-14 BOOKED");
    }

    @Test
    void a_withdrawn_line_stays_withdrawn_and_an_older_line_moves_no_booking() throws SQLException {
        String older = town.asks(1, "BOOK", "2030-01-14", "2030-01-15");
        String newer = town.asks(1, "BOOK", "2030-01-14");
        town.write("update app.request_line set state = 'WITHDRAWN' where town_id = :town and line = 2");
        JsonObject state = decide(older + ",1,refused,,,," + AT, older + ",2,accepted,,,," + AT);
        assertThat(counts(state)).isEqualTo("1 changed, 1 unchanged, 0 rejected, 1 warnings");
        assertThat(rejects(state)).contains("LINE_WITHDRAWN", "La famille a retiré cette ligne");
        assertThat(town.bookings(1)).isEqualTo("2030-01-14 BOOKING_PENDING, 2030-01-15 BOOKING_PENDING");
        assertThat(town.request(older)).startsWith("REFUSED 2/2 1: REFUSED");
        assertThat(town.request(newer)).isEqualTo("IN_PROGRESS 0/1 0: TRANSMITTED");
        assertThat(digests()).isEqualTo("1 1 REFUSED");
    }

    @Test
    void what_means_nothing_is_rejected_with_a_reason_and_the_rest_goes_on() throws SQLException {
        String booking = town.asks(1, "BOOK", "2030-01-14", "2030-01-15", "2030-01-17");
        String absence = town.asks(2, "CANCEL", "2030-01-14");
        JsonObject state = decide(
                "2026-ZZZZZZZZZZ,1,accepted,,,," + AT,
                booking + ",9,accepted,,,," + AT,
                absence + ",1,waitlisted,1,,," + AT,
                booking + ",1,accepted,,,," + AT,
                booking + ",1,refused,,,," + AT,
                booking + ",2,accepted,,,," + AT,
                booking + ",2,accepted,,,," + AT,
                booking + ",3,perhaps,,,," + AT,
                booking + ",3,accepted,,,,");
        assertThat(counts(state)).isEqualTo("1 changed, 1 unchanged, 7 rejected, 0 warnings");
        assertThat(rejects(state))
                .contains(
                        "Aucune demande de ce portail ne porte cette référence.",
                        "La demande n'a pas de ligne de ce numéro.",
                        "seule une réservation se met en liste d'attente",
                        "DUPLICATE_KEY",
                        "MISSING");
        assertThat(town.request(booking)).isEqualTo("IN_PROGRESS 1/3 1: TRANSMITTED, ACCEPTED, TRANSMITTED");
    }

    @Test
    void a_code_that_is_not_in_the_list_is_warned_about() throws SQLException {
        String ref = town.asks(1, "BOOK", "2030-01-14");
        JsonObject state = decide(ref + ",1,refused,,INCONNU,," + AT);
        assertThat(counts(state)).isEqualTo("1 changed, 0 unchanged, 0 rejected, 1 warnings");
        assertThat(rejects(state)).contains("UNKNOWN_CODE", "liste des motifs");
        assertThat(town.request(ref)).isEqualTo("REFUSED 1/1 1: REFUSED INCONNU Décision du service.");
    }

    @Test
    void a_request_without_lines_is_decided_as_its_line_1() throws SQLException {
        String ref = town.asksForSubscription(1);
        decide(ref + ",1,refused,,,Code inconnu," + AT);
        assertThat(town.request(ref)).isEqualTo("REFUSED 0/0 1: ");
        assertThat(counts(decide(ref + ",1,refused,,,Code inconnu," + AT)))
                .isEqualTo("0 changed, 1 unchanged, 0 rejected, 0 warnings");
        decide(ref + ",1,accepted,,,," + AT);
        assertThat(town.request(ref)).isEqualTo("ACCEPTED 0/0 2: ");
        assertThat(digests()).as("digests tell of bookings and absences").isEmpty();
        assertThat(town.value(
                        "select string_agg(kind || coalesce(' ' || detail, ''), ', ' order by id) from app.request_event"
                                + " where town_id = :town"))
                .isEqualTo("REFUSED Code inconnu, ACCEPTED");
    }

    @Test
    void messages_are_news_of_their_request_once_and_in_order() throws SQLException {
        String ref = town.asks(1, "BOOK", "2030-01-14");
        String[] lines = {
            "message_ref,request_ref,sent_at,text",
            "M2," + ref + ",2026-11-20T09:00:00+01:00,<b>Second</b>",
            "M1," + ref + ",2026-11-20T08:00:00+01:00,Premier",
            "M3,2026-ZZZZZZZZZZ,2026-11-20T08:00:00+01:00,Perdu"
        };
        JsonObject state = town.vendor.apply(
                TestLot.delta(town.vendor.town(), "decisions", 1).file("messages.csv", lines));
        assertThat(state.getJsonObject("rows").getInt("created")).isEqualTo(2);
        assertThat(rejects(state)).contains("Aucune demande de ce portail");
        assertThat(town.request(ref)).isEqualTo("IN_PROGRESS 0/1 2: TRANSMITTED");
        JsonObject again = town.vendor.apply(
                TestLot.delta(town.vendor.town(), "decisions", 2).file("messages.csv", lines));
        assertThat(again.getJsonObject("rows").getInt("unchanged")).isEqualTo(2);
        assertThat(town.request(ref)).isEqualTo("IN_PROGRESS 0/1 2: TRANSMITTED");
    }

    @Test
    void another_town_does_not_know_the_request() throws SQLException {
        RequestedTown other = new RequestedTown();
        String ref = town.asks(1, "BOOK", "2030-01-14");
        JsonObject state = other.vendor.apply(TestLot.delta(other.vendor.town(), "decisions", 1)
                .file("decisions.csv", HEADER, ref + ",1,accepted,,,," + AT));
        assertThat(counts(state)).isEqualTo("0 changed, 0 unchanged, 1 rejected, 0 warnings");
        assertThat(town.request(ref)).isEqualTo("IN_PROGRESS 0/1 0: TRANSMITTED");
    }
}
