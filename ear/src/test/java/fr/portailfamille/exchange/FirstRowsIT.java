package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Of a town's first large files the first rows are merged while the others are still being checked. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class FirstRowsIT {

    private static final int ROWS = 20_400;
    /** Fewer than are worth it. */
    private static final int FEW = 5_100;

    private static final String STAYS =
            "registration_ref,individual_ref,family_ref,schedule_ref,start,end,weekdays,status";

    private static JsonObject applied(JsonObject state) {
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        return state.getJsonObject("rows");
    }

    private static void wereMergedWhileTheyWereRead(Vendor town, String flow) throws SQLException {
        assertThat(steps(town, flow)).isEqualTo("read");
    }

    /** Of the job that applied the flow's first lot: its own steps check and merge what was not merged while it was read. */
    private static String steps(Vendor town, String flow) throws SQLException {
        String job =
                town.value("select r.job_execution from app.processing_run r join app.lot l on l.town_id = r.town_id"
                        + " and l.run_id = r.id where l.town_id = :town and l.sequence = 1 and l.flow = '" + flow
                        + "'");
        try (Connection connection = town.asApplication();
                Statement statement = connection.createStatement();
                ResultSet steps = statement.executeQuery("select string_agg(stepname, ' ' order by stepexecutionid)"
                        + " from engine.step_execution where jobexecutionid = " + job)) {
            steps.next();
            return steps.getString(1);
        }
    }

    /** Puts rows into a lot, from one number up to another. */
    @FunctionalInterface
    private interface Rows {
        TestLot into(TestLot lot, int from, int to);
    }

    /** Feeds the rows to the town in deltas of so many each. */
    private static void feed(Vendor town, String flow, int rows, int each, Rows some) {
        for (int lot = 0; lot < rows / each; lot++) {
            TestLot delta = TestLot.delta(town.town(), flow, lot + 1);
            applied(town.apply(some.into(delta, lot * each, (lot + 1) * each)));
        }
    }

    private static void areTheSame(Vendor large, Vendor small, String... tables) throws SQLException {
        Map<String, String> one = large.tables();
        Map<String, String> many = small.tables();
        for (String table : tables) {
            assertThat(one.get(table)).as(table).isEqualTo(many.get(table)).doesNotStartWith("0 rows");
        }
        String rejects =
                "select file, code, count(*) from app.rejected_row where town_id = :town group by 1, 2 order by 1, 2";
        assertThat(large.rows(rejects)).isEqualTo(small.rows(rejects)).isNotEmpty();
    }

    // ---- people: their accounts and classes too ------------------------------------------------------------------

    private static Vendor withClasses() {
        Vendor town = Vendor.ofNewTown();
        applied(town.apply(TestLot.full(town.town(), "reference", 1)
                .file("facilities.csv", "facility_ref,name,kind", "E1,École des Tilleuls,school")
                .file(
                        "classes.csv",
                        "class_ref,facility_ref,school_year,name",
                        "C1,E1,2026-2027,CP",
                        "C2,E1,2026-2027,CE1")));
        return town;
    }

    /** One child of each family; every seventh in no class, and one here and there in a class that there is not. */
    private static TestLot people(TestLot lot, int from, int to) {
        List<String> families = new ArrayList<>(List.of("family_ref,account_code,name,email"));
        List<String> people = new ArrayList<>(List.of("individual_ref,last_name,first_name,class_ref,glasses"));
        for (int i = from; i < to; i++) {
            families.add("F%1$d,BL-%1$010d,ROUSSEL,f%1$d@famille.invalid".formatted(i));
            String schoolClass = i % 5_000 == 17 ? "C9" : i % 7 == 0 ? "" : "C" + (1 + i % 2);
            people.add("I%d,ROUSSEL,Enfant %d,%s,%d".formatted(i, i, schoolClass, i % 2));
        }
        return lot.file("families.csv", families.toArray(String[]::new))
                .file("individuals.csv", people.toArray(String[]::new));
    }

    @Test
    @Tag("X2")
    void people_in_one_large_lot_are_as_in_many_small_ones() throws SQLException {
        Vendor large = withClasses();
        JsonObject rows = applied(large.apply(people(TestLot.full(large.town(), "individuals", 1), 0, ROWS)));
        assertThat(rows.getInt("created")).isEqualTo(2 * ROWS - 5);
        assertThat(rows.getInt("rejected")).isEqualTo(5);
        wereMergedWhileTheyWereRead(large, "INDIVIDUALS");

        Vendor small = withClasses();
        feed(small, "individuals", ROWS, FEW, FirstRowsIT::people);
        areTheSame(large, small, "family", "business_account", "individual", "class_assignment");
    }

    // ---- all that belongs to people ------------------------------------------------------------------------------

    /** Children of whom a lot has so many rows that it is merged while it is read, and a half of whom it has not. */
    private static final int CHILDREN = 160;

    private static Vendor withDocumentTypes() {
        Vendor town = withClasses();
        applied(town.apply(TestLot.delta(town.town(), "reference", 2)
                .file(
                        "document_types.csv",
                        "type_ref,name,per,validity,mandatory",
                        "PAI,Projet,child,year,0",
                        "CAF,Quotient,family,year,0")));
        return town;
    }

    /** Every file and nearly every column, with what is at fault here and there. */
    private static TestLot everything(TestLot lot, int from, int to) {
        Map<String, List<String>> files = new LinkedHashMap<>();
        add(files, "families.csv", """
                family_ref,account_code,personal_code,name,email,issuer,universe,street,complement,postcode,city,caf_number,\
                quotient,quotient_date,tax_reference_income,tax_shares,iban,bic,account_holder,mandate_ref,mandate_date,archived""");
        add(files, "individuals.csv", """
                individual_ref,civility,last_name,birth_name,first_name,birth_date,sex,email,phone,mobile,accepts_email,\
                accepts_sms,marital_status,quality,street,complement,postcode,city,class_ref,insurer,insurance_number,glasses,\
                dental_device,hearing_device,may_do_sport,may_be_photographed,may_leave_alone,may_go_on_outings,\
                may_be_hospitalised,diet,has_pai,pai_until,photo,archived""");
        add(files, "memberships.csv", "family_ref,individual_ref,role,payer,access,custody");
        add(
                files,
                "pickup_contacts.csv",
                "contact_ref,individual_ref,family_ref,name,mobile,phone,relationship,emergency,may_collect,archived");
        add(files, "allergies.csv", "individual_ref,allergy,note");
        add(files, "vaccinations.csv", "individual_ref,vaccine,date,booster_date");
        add(files, "documents.csv", "type_ref,individual_ref,status,valid_until,file_name,received_on");
        for (int i = from; i < to; i++) {
            boolean odd = i % 2 == 1;
            String child = i % 40 == 13 ? "I" : "I" + i;
            add(
                    files,
                    "families.csv",
                    "F%1$d,BE-%1$010d,C%1$d,LE GALL %1$d,f%1$d@famille.invalid,,%2$s,%1$d rue du Port,,44000,Nantes,"
                                    .formatted(i, odd ? "enfance" : "")
                            + "%d,%d,2026-09-01,%d.50,2.5,%s,%d"
                                    .formatted(
                                            i,
                                            400 + i,
                                            20_000 + i,
                                            odd
                                                    ? "FR7630006000011234567890189,AGRIFRPP,LE GALL,M%d,2026-01-02"
                                                            .formatted(i)
                                                    : ",,,,",
                                            i % 30 == 7 ? 1 : 0));
            add(
                    files,
                    "individuals.csv",
                    "I%d,%s,LE GALL,%s,Zoé,2019-0%d-11,%s,,,0612345678,1,0,,,,,44000,Nantes,%s,Assureur,P%d,%d,0,,1,0,,1,0,%s,%d,%s,,%d"
                            .formatted(
                                    i,
                                    odd ? "MME" : "M",
                                    odd ? "MARTIN" : "",
                                    1 + i % 9,
                                    odd ? "F" : "M",
                                    i % 5 == 0 ? "" : "C" + (1 + i % 2),
                                    i,
                                    i % 2,
                                    odd ? "SANS_OEUF" : "",
                                    i % 2,
                                    odd ? "2027-07-05" : "",
                                    i % 30 == 11 ? 1 : 0));
            add(files, "memberships.csv", "F%d,I%d,child,0,full,%s".formatted(i, i, odd ? "even_weeks" : "all"));
            add(
                    files,
                    "pickup_contacts.csv",
                    "K%d,%s,F%d,Voisin,0612345679,,Voisin,1,%d,%d".formatted(i, child, i, i % 2, i % 30 == 3 ? 1 : 0));
            add(files, "allergies.csv", "%s,Arachide %d,Trousse au bureau".formatted(child, i));
            add(files, "vaccinations.csv", "%s,ROR,2020-05-%02d,2026-05-12".formatted(child, 1 + i % 28));
            add(files, "documents.csv", "PAI,%s,valid,2027-08-31,pai.pdf,2026-09-0%d".formatted(child, 1 + i % 9));
        }
        TestLot whole = lot;
        for (Map.Entry<String, List<String>> file : files.entrySet()) {
            whole = whole.file(file.getKey(), file.getValue().toArray(String[]::new));
        }
        return whole;
    }

    private static void add(Map<String, List<String>> files, String file, String row) {
        files.computeIfAbsent(file, name -> new ArrayList<>()).add(row);
    }

    @Test
    @Tag("X2")
    void all_that_belongs_to_people_in_a_lot_that_is_merged_meanwhile_is_as_in_small_ones() throws SQLException {
        Vendor large = withDocumentTypes();
        JsonObject rows = applied(large.apply(everything(TestLot.full(large.town(), "individuals", 1), 0, CHILDREN)));
        assertThat(rows.getInt("created")).isEqualTo(7 * CHILDREN - 16);
        assertThat(rows.getInt("rejected")).isEqualTo(16);
        wereMergedWhileTheyWereRead(large, "INDIVIDUALS");

        Vendor small = withDocumentTypes();
        feed(small, "individuals", CHILDREN, CHILDREN / 2, FirstRowsIT::everything);
        assertThat(steps(small, "INDIVIDUALS")).isEqualTo("read validate merge");
        areTheSame(
                large,
                small,
                "family",
                "business_account",
                "individual",
                "class_assignment",
                "membership",
                "pickup_contact",
                "allergy",
                "vaccination",
                "supporting_document");
    }

    // ---- registrations -------------------------------------------------------------------------------------------

    private static Vendor withPeople() {
        Vendor town = Vendor.ofNewTown();
        City.lots(town.town()).subList(0, 2).forEach(lot -> applied(town.apply(lot)));
        return town;
    }

    private static List<String> stays() {
        List<String> rows = new ArrayList<>();
        for (int i = 1; i <= ROWS; i++) {
            rows.add("R%d,I%d,F1,S%d,2026-09-01,2027-07-06,1245,active".formatted(i, 1 + i % 500, 1 + i % 2));
        }
        return rows;
    }

    private static TestLot registrations(TestLot lot, List<String> rows) {
        List<String> lines = new ArrayList<>(List.of(STAYS));
        lines.addAll(rows);
        return lot.file("registrations.csv", lines.toArray(String[]::new));
    }

    private static TestLot first(Vendor town, List<String> rows) {
        return registrations(TestLot.full(town.town(), "registrations", 1), rows);
    }

    @Test
    @Tag("X3")
    void registrations_of_one_large_lot_are_as_of_many_small_ones() throws SQLException {
        List<String> rows = stays();
        for (int at : List.of(10, 3_000, 4_000, 20_000)) {
            rows.set(at, rows.get(at).replaceFirst(",I\\d+,", ",I9999,"));
            rows.set(at + 1, rows.get(at + 1).replace("2027-07-06", "2028-07-06"));
        }
        Vendor large = withPeople();
        JsonObject counts = applied(large.apply(first(large, rows)));
        assertThat(counts.getInt("created")).isEqualTo(ROWS - 8);
        assertThat(counts.getInt("rejected")).isEqualTo(8);
        wereMergedWhileTheyWereRead(large, "REGISTRATIONS");

        Vendor small = withPeople();
        feed(small, "registrations", ROWS, FEW, (lot, from, to) -> registrations(lot, rows.subList(from, to)));
        areTheSame(large, small, "registration");
    }

    @Test
    @Tag("X3")
    void nothing_of_the_first_rows_stays_where_the_guard_holds_the_lot_for_the_last() throws SQLException {
        List<String> rows = stays();
        for (int at = ROWS * 3 / 4; at < ROWS; at++) {
            rows.set(at, rows.get(at).replaceFirst(",I\\d+,", ",I9999,"));
        }
        Vendor town = withPeople();
        JsonObject state = town.apply(first(town, rows));
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("GUARD");
        assertThat(town.value("select count(*) from app.registration where town_id = :town"))
                .isEqualTo("0");
    }

    @Test
    @Tag("X3")
    void a_key_that_is_there_twice_far_apart_is_found() throws SQLException {
        List<String> rows = stays();
        rows.set(ROWS - 1, rows.get(0).replace("1245", "12"));
        rows.set(ROWS - 2, rows.get(1));
        Vendor town = withPeople();
        JsonObject counts = applied(town.apply(first(town, rows)));
        assertThat(counts.getInt("created")).isEqualTo(ROWS - 3);
        assertThat(counts.getInt("unchanged")).isEqualTo(1);
        assertThat(counts.getInt("rejected")).isEqualTo(2);
    }
}
