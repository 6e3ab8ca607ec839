package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lots are taken, applied once, reported row by row, or refused without a trace. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X1")
@Tag("X2")
@Tag("X3")
@Tag("X4")
class LotsOverHttpIT {
    private static final String PEOPLE = "individual_ref,last_name,first_name,birth_date,sex,diet,archived";

    private final Vendor vendor = Vendor.ofNewTown();

    private TestLot reference(long sequence) {
        return TestLot.full(vendor.town(), "reference", sequence)
                .file("facilities.csv", "facility_ref,name,kind", "E1,École des Tilleuls,school")
                .file("activities.csv", "activity_ref,name,kind,decision", "CANT,Restauration,canteen,automatic")
                .file(
                        "schedules.csv",
                        "schedule_ref,activity_ref,facility_ref,start_time,end_time,weekdays,capacity,valid_from,valid_to",
                        "S1,CANT,E1,12:00,13:45,1245,30,2026-09-01,2027-07-06");
    }

    private TestLot people(long sequence, int children) {
        String[] lines = new String[children + 1];
        lines[0] = PEOPLE;
        for (int i = 1; i <= children; i++) {
            lines[i] = "I%d,ROUSSEL,Éloïse %d,2019-05-%02d,F,,0".formatted(i, i, i);
        }
        return TestLot.full(vendor.town(), "individuals", sequence)
                .file("families.csv", "family_ref,account_code,name,iban", "F1,BL-0000000001,ROUSSEL,")
                .file("individuals.csv", lines)
                .file("memberships.csv", "family_ref,individual_ref,role", "F1,I1,child");
    }

    private static String counts(JsonObject state, String file) {
        JsonObject counts = state.getJsonObject("files").getJsonObject(file);
        return "%d created, %d changed, %d unchanged, %d archived, %d rejected"
                .formatted(
                        counts.getInt("created"),
                        counts.getInt("changed"),
                        counts.getInt("unchanged"),
                        counts.getInt("archived"),
                        counts.getInt("rejected"));
    }

    @Test
    void a_town_is_loaded_from_reference_to_bookings() throws SQLException {
        assertThat(vendor.apply(reference(1)).getString("state")).isEqualTo("APPLIED");
        assertThat(counts(vendor.apply(people(1, 12)), "individuals.csv"))
                .isEqualTo("12 created, 0 changed, 0 unchanged, 0 archived, 0 rejected");
        vendor.apply(TestLot.full(vendor.town(), "registrations", 1)
                .file(
                        "registrations.csv",
                        "registration_ref,individual_ref,family_ref,schedule_ref,start,end,status",
                        "R1,I1,F1,S1,2026-09-01,2027-07-06,active"));
        JsonObject bookings = vendor.apply(TestLot.full(vendor.town(), "bookings", 1)
                .file(
                        "bookings.csv",
                        "individual_ref,schedule_ref,date,state",
                        "I1,S1,2026-11-23,booked",
                        "I1,S1,2026-11-24,absent",
                        "I2,S1,2026-11-23,booked",
                        "I1,S1,2028-01-10,booked"));
        assertThat(counts(bookings, "bookings.csv"))
                .isEqualTo("3 created, 0 changed, 0 unchanged, 0 archived, 1 rejected");
        assertThat(vendor.get("/lots/" + bookings.getString("lotId") + "/rejects.csv")
                        .body())
                .contains("OUT_OF_PERIOD");
        assertThat(
                        vendor.value(
                                "select string_agg(b.state || ' ' || b.day, ', ' order by b.day, i.ref) from app.booking b"
                                        + " join app.individual i on (i.town_id, i.id) = (b.town_id, b.individual_id) where b.town_id = :town"))
                .isEqualTo("BOOKED 2026-11-23, BOOKED 2026-11-23, ABSENT 2026-11-24");
        assertThat(vendor.value("select taken from app.place_counter where town_id = :town and day = '2026-11-23'"))
                .isEqualTo("2");
        assertThat(vendor.value("select family_id is not null from app.booking where town_id = :town"
                        + " and day = '2026-11-24'"))
                .isEqualTo("t");
    }

    @Test
    void the_same_content_again_changes_nothing_and_the_same_lot_is_not_applied_twice() throws SQLException {
        vendor.apply(reference(1));
        TestLot first = people(1, 12);
        vendor.apply(first);
        Vendor.Answer again = vendor.send(first);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().getString("state")).isEqualTo("APPLIED");

        String before = vendor.value(
                "select string_agg(xmin::text || ref, ',' order by ref) from app.individual where town_id = :town");
        assertThat(counts(vendor.apply(people(2, 12)), "individuals.csv"))
                .isEqualTo("0 created, 0 changed, 12 unchanged, 0 archived, 0 rejected");
        assertThat(
                        vendor.value(
                                "select string_agg(xmin::text || ref, ',' order by ref) from app.individual where town_id = :town"))
                .as("row versions")
                .isEqualTo(before);
    }

    @Test
    void a_delta_changes_one_and_a_full_lot_archives_what_it_lacks() throws SQLException {
        vendor.apply(people(1, 12));
        TestLot change = TestLot.delta(vendor.town(), "individuals", 2)
                .file("individuals.csv", "individual_ref,last_name,first_name", "I3,ROUSSEL,Ève");
        assertThat(counts(vendor.apply(change), "individuals.csv"))
                .isEqualTo("0 created, 1 changed, 0 unchanged, 0 archived, 0 rejected");
        // An absent column leaves what is stored.
        assertThat(vendor.value("select first_name || ' ' || birth_date || ' ' || search_name from app.individual"
                        + " where town_id = :town and ref = 'I3'"))
                .startsWith("Ève 2019-05-03 ")
                .contains("eve");
        assertThat(counts(vendor.apply(people(3, 11)), "individuals.csv"))
                .isEqualTo("0 created, 1 changed, 10 unchanged, 1 archived, 0 rejected");
        assertThat(
                        vendor.value(
                                "select string_agg(ref, ',') from app.individual where town_id = :town and archived_at is not null"))
                .isEqualTo("I12");
        assertThat(counts(vendor.apply(people(4, 12)), "individuals.csv"))
                .isEqualTo("0 created, 1 changed, 11 unchanged, 0 archived, 0 rejected");
    }

    @Test
    void a_full_lot_that_would_archive_too_much_waits_for_an_agent() throws SQLException {
        vendor.apply(people(1, 28));
        assertThat(vendor.apply(people(2, 10)).getString("state")).isEqualTo("GUARD");
        assertThat(vendor.value("select count(*) from app.individual where town_id = :town and archived_at is null"))
                .isEqualTo("28");
    }

    @Test
    void a_gap_waits_and_resumes_by_itself() throws SQLException {
        vendor.apply(people(1, 2));
        TestLot third = TestLot.delta(vendor.town(), "individuals", 3)
                .file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUSSEL,Troisième");
        assertThat(vendor.apply(third).getString("state")).isEqualTo("WAITING");
        assertThat(vendor.value("select count(*) from app.work_due where kind = 'LOT' and town_id = :town"))
                .as("it is looked at again after a while, whatever is missed")
                .isEqualTo("1");
        vendor.apply(TestLot.delta(vendor.town(), "individuals", 2)
                .file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUSSEL,Deuxième"));
        vendor.await(third.id(), "APPLIED");
    }

    @Test
    void bad_rows_are_rejected_with_their_place_and_the_rest_goes_on() throws SQLException {
        JsonObject state = vendor.apply(TestLot.full(vendor.town(), "individuals", 1)
                .file(
                        "families.csv",
                        "family_ref,account_code,name,iban",
                        "F1,BL-1,ROUSSEL,FR7630006000011234567890189",
                        "F2,BL-2,ROUX,FR7630006000011234567890188")
                .file(
                        "individuals.csv",
                        PEOPLE,
                        "I1,ROUSSEL,Ève,2019-05-03,F,,0",
                        "I2,,Ève,2019-05-03,F,,0",
                        "I3,ROUSSEL,Ève,2019-02-30,F,,0",
                        "I4,ROUSSEL,Ève,2019-05-03,X,,0",
                        "I5," + "x".repeat(101) + ",Ève,2019-05-03,F,,0",
                        "I6,ROUSSEL,Ève,2019-05-03,F",
                        "I7,ROUSSEL,Ève,2019-05-03,F,,0",
                        "I7,ROUSSEL,Adam,2019-05-03,F,,0",
                        "I8,ROUSSEL,Ève,2019-05-03,F,,0",
                        "I8,ROUSSEL,Ève,2019-05-03,F,,0")
                .file(
                        "memberships.csv",
                        "family_ref,individual_ref,role",
                        "F1,I1,child",
                        "F1,I2,child",
                        "F9,I1,child"));
        assertThat(state.getString("state")).isEqualTo("APPLIED");
        assertThat(counts(state, "individuals.csv"))
                .isEqualTo("2 created, 0 changed, 1 unchanged, 0 archived, 7 rejected");
        String rejects =
                vendor.get("/lots/" + state.getString("lotId") + "/rejects.csv").body();
        for (String code : new String[] {
            "MISSING",
            "BAD_DATE",
            "BAD_VALUE",
            "TOO_LONG",
            "WRONG_FIELD_COUNT",
            "DUPLICATE_KEY",
            "PARENT_REJECTED",
            "UNKNOWN_REFERENCE",
            "BAD_IBAN"
        }) {
            assertThat(rejects).contains(code);
        }
        assertThat(rejects.lines()
                        .filter(line -> line.contains("BAD_DATE"))
                        .findFirst()
                        .orElseThrow())
                .contains("individuals.csv", "4", "birth_date", "2019-02-30");
        assertThat(vendor.value("select string_agg(ref, ',' order by ref) from app.individual where town_id = :town"))
                .isEqualTo("I1,I8");
        assertThat(vendor.value("select count(*) from app.family where town_id = :town and iban_enc is not null"
                        + " and position('30006' in encode(iban_enc, 'escape')) = 0"))
                .isEqualTo("1");
    }

    @Test
    void a_lot_that_is_no_lot_is_refused_and_leaves_no_trace() throws SQLException {
        byte[] good = people(1, 2).zip();
        refused(415, "NOT_A_ZIP", "Bonjour".getBytes(StandardCharsets.UTF_8));
        refused(415, "NOT_A_ZIP", Arrays.copyOf(good, good.length / 2));
        refused(415, "NOT_A_ZIP", new byte[0]);
        refused(422, "BAD_MANIFEST", people(1, 2).manifest(text -> "{").zip());
        refused(
                422,
                "BAD_MANIFEST",
                people(1, 2)
                        .manifest(text -> text.replace(vendor.town(), "autre-ville"))
                        .zip());
        refused(
                422,
                "UNKNOWN_FORMAT",
                people(1, 2)
                        .manifest(text -> text.replace("exchange/1", "exchange/9"))
                        .zip());
        refused(
                422,
                "UNKNOWN_FLOW",
                people(1, 2)
                        .manifest(text -> text.replace("\"individuals\"", "\"autre\""))
                        .zip());
        refused(
                422,
                "HASH_MISMATCH",
                people(1, 2)
                        .manifest(text -> text.replaceFirst("\"sha256\": \"[0-9a-f]{8}", "\"sha256\": \"00000000"))
                        .zip());
        refused(
                422,
                "MISSING_FILE",
                people(1, 2)
                        .manifest(text -> text.replace(
                                "\"files\": [",
                                "\"files\": [{\"name\": \"allergies.csv\", \"rows\": 0, " + "\"sha256\": \""
                                        + "0".repeat(64) + "\"}, "))
                        .zip());
        refused(422, "UNLISTED_FILE", people(1, 2).unlisted("allergies.csv").zip());
        for (String path : new String[] {"../evil.csv", "/etc/evil.csv", "a/b.csv", "documents/../../x", "a\\b.csv"}) {
            refused(422, "BAD_PATH", people(1, 2).unlisted(path).zip());
        }
        assertThat(vendor.value("select count(*) from app.lot where town_id = :town"))
                .isEqualTo("0");
        assertThat(vendor.value("select count(*) from app.individual where town_id = :town"))
                .isEqualTo("0");
    }

    private void refused(int status, String code, byte[] body) {
        Vendor.Answer answer = vendor.send(body);
        assertThat(answer.status()).as(code + " " + answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void what_only_the_job_can_see_refuses_the_lot_as_a_whole_and_leaves_its_sequence_open() throws SQLException {
        byte[] latin = "family_ref,account_code,name\nF1,BL-1,LEFÈVRE\n".getBytes(StandardCharsets.ISO_8859_1);
        endsRefused("BAD_ENCODING", people(1, 2).file("families.csv", latin));
        endsRefused("MISSING_COLUMN", people(1, 2).file("families.csv", "family_ref,name", "F1,ROUSSEL"));
        endsRefused("BAD_CSV", people(1, 2).file("families.csv", "family_ref,account_code,name", "F1,BL-1,\"ROUSSEL"));
        endsRefused("ROW_COUNT_MISMATCH", people(1, 2).manifest(text -> text.replace("\"rows\": 2", "\"rows\": 3")));
        // Who announces a few and sends millions has them read no further.
        assertThat(endsRefused(
                        "ROW_COUNT_MISMATCH",
                        people(1, 40_000).manifest(text -> text.replace("\"rows\": 40000", "\"rows\": 3"))))
                .contains("plus de 3 dans le fichier, 3 dans le manifeste");
        assertThat(vendor.value("select count(*) from app.individual where town_id = :town"))
                .isEqualTo("0");
        assertThat(vendor.apply(people(1, 2)).getString("state")).isEqualTo("APPLIED");
    }

    /** @return the reason */
    private String endsRefused(String code, TestLot lot) {
        JsonObject state = vendor.apply(lot);
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("REFUSED");
        JsonObject reason = state.getJsonArray("reasons").getJsonObject(0);
        assertThat(reason.getString("code")).isEqualTo(code);
        return reason.toString();
    }

    @Test
    void a_used_sequence_or_lot_id_with_other_content_is_a_conflict() {
        UUID id = UUID.randomUUID();
        vendor.apply(people(1, 2).id(id));
        Vendor.Answer sequence = vendor.send(people(1, 3));
        assertThat(sequence.status()).isEqualTo(409);
        assertThat(sequence.code()).isEqualTo("SEQUENCE_REPLAYED");
        Vendor.Answer lotId = vendor.send(people(2, 3).id(id));
        assertThat(lotId.status()).isEqualTo(409);
    }

    @Test
    void the_same_content_with_its_sequence_is_the_same_lot_whatever_id_it_bears() throws SQLException {
        TestLot first = people(1, 2);
        vendor.apply(first);
        Vendor.Answer again = vendor.send(people(1, 2));
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(vendor.get("/lots/" + first.id()).json());
        assertThat(vendor.value("select count(*) from app.lot where town_id = :town"))
                .isEqualTo("1");

        TestLot waiting = TestLot.delta(vendor.town(), "individuals", 3)
                .file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUSSEL,Ève");
        vendor.apply(waiting);
        Vendor.Answer waits = vendor.send(TestLot.delta(vendor.town(), "individuals", 3)
                .file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUSSEL,Ève"));
        assertThat(waits.status()).isEqualTo(200);
        assertThat(waits.json().getString("lotId")).isEqualTo(waiting.id().toString());
        assertThat(waits.json().getString("state")).isEqualTo("WAITING");
        assertThat(vendor.send(people(3, 2)).code()).as("full is not delta").isEqualTo("SEQUENCE_REPLAYED");
    }

    @Test
    void a_simulation_of_bookings_has_the_warnings_that_show_only_when_all_is_merged() throws SQLException {
        vendor.apply(reference(1));
        vendor.apply(people(1, 31));
        String[] rows = new String[33];
        rows[0] = "individual_ref,schedule_ref,date,state";
        for (int i = 1; i <= 31; i++) {
            rows[i] = "I%d,S1,2026-11-23,booked".formatted(i);
        }
        rows[32] = "I1,S1,2026-11-25,booked";
        TestLot lot = TestLot.full(vendor.town(), "bookings", 1).file("bookings.csv", rows);
        String warned = warnings(vendor.simulate(lot), "/dry-run");
        assertThat(warned).isEqualTo("NO_REGISTRATION 32, CLOSED_DAY 1, OVER_CAPACITY 1");
        assertThat(vendor.value("select count(*) from app.booking where town_id = :town"))
                .isEqualTo("0");
        assertThat(warnings(vendor.apply(lot), "")).as("the same lot, applied").isEqualTo(warned);
    }

    @Test
    void rejected_values_are_told_as_they_came_unless_a_spreadsheet_would_run_them() {
        JsonObject state = vendor.apply(TestLot.delta(vendor.town(), "individuals", 1)
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name,birth_date",
                        "N1,ADERNO,Ève,=1+1",
                        "N2,ADERNO,Léa,-12.505",
                        "N3,ADERNO,Max,+33 1 22",
                        "N4,ADERNO,Noé,@A1"));
        List<String> rejects = vendor.get("/lots/" + state.getString("lotId") + "/rejects.csv")
                .body()
                .lines()
                .filter(line -> line.contains("BAD_DATE"))
                .map(line -> line.split(";")[5])
                .toList();
        assertThat(rejects).containsExactly("'=1+1", "-12.505", "+33 1 22", "'@A1");
    }

    /** Those that rejects.csv names, each with how often. */
    private String warnings(JsonObject state, String kind) {
        String rejects = vendor.get("/lots/" + state.getString("lotId") + kind + "/rejects.csv")
                .body();
        return Stream.of("NO_REGISTRATION", "CLOSED_DAY", "OVER_CAPACITY")
                .map(code -> code + " "
                        + rejects.lines().filter(line -> line.contains(code)).count())
                .collect(Collectors.joining(", "));
    }

    @Test
    void a_key_opens_its_own_town_only() {
        Vendor other = Vendor.ofNewTown();
        TestLot lot = people(1, 2);
        vendor.apply(lot);
        String path = "/exchange/v1/" + vendor.town() + "/lots";
        assertThat(vendor.call(path, null, lot.zip()).status()).isEqualTo(401);
        assertThat(vendor.call(path, null, lot.zip()).challenge()).startsWith("Bearer");
        assertThat(vendor.call(path, "pas-une-cle", lot.zip()).status()).isEqualTo(401);
        assertThat(vendor.call(path, other.key(), lot.zip()).status()).isEqualTo(403);
        assertThat(vendor.call(path + "/" + lot.id(), other.key(), null).status())
                .isEqualTo(403);
        assertThat(other.get("/lots/" + lot.id()).status()).isEqualTo(404);
        assertThat(vendor.call(
                                "/exchange/operator/towns/" + vendor.town() + "/keys",
                                vendor.key(),
                                "{\"name\": \"x\"}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isIn(401, 403);
    }
}
