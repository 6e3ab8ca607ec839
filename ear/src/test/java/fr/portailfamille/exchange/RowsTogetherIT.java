package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cells that are good each for itself, and what is wrong with them together. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X3")
class RowsTogetherIT {

    private static final String RULES =
            "rule_ref,activity_ref,action,kind,n,day_kind,at_weekday,at_day,at_time,until,archived";

    private static final String PERIODS = "period_ref,name,kind,start,end";

    private final Vendor vendor = Vendor.ofNewTown();
    private long sequence;

    private TestLot reference() {
        return TestLot.delta(vendor.town(), "reference", ++sequence)
                .file(
                        "activities.csv",
                        "activity_ref,name,kind,decision",
                        "MERJ,Journée,wednesday,automatic",
                        "MERM,Matin,wednesday,automatic",
                        "MERA,Après-midi,wednesday,automatic");
    }

    private JsonObject apply(TestLot lot) {
        JsonObject state = vendor.apply(lot);
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        return state;
    }

    @Test
    void what_a_full_lot_lacked_or_a_row_archived_is_back_when_a_row_names_it_again() throws SQLException {
        String header = "individual_ref,last_name,first_name";
        TestLot full = TestLot.full(vendor.town(), "individuals", ++sequence);
        apply(full.file("individuals.csv", header, "I1,ROUX,Ève", "I2,ROUX,Adam", "I3,ROUX,Inès"));
        JsonObject state = apply(TestLot.full(vendor.town(), "individuals", ++sequence)
                .file("individuals.csv", header + ",archived", "I1,ROUX,Ève,0", "I3,ROUX,Inès,1"));
        assertThat(state.getJsonObject("rows").getInt("archived")).isEqualTo(2);
        assertThat(standing()).isEqualTo("I1");

        state = apply(TestLot.delta(vendor.town(), "individuals", ++sequence)
                .file("individuals.csv", header, "I2,ROUX,Adam", "I3,ROUX,Inès"));
        assertThat(counts(state, "individuals.csv"))
                .isEqualTo("0 created, 2 changed, 0 unchanged, 0 rejected, 0 warnings");
        assertThat(standing()).isEqualTo("I1 I2 I3");
    }

    private String standing() throws SQLException {
        return vendor.value("select string_agg(ref, ' ' order by ref) from app.individual where town_id = :town"
                + " and archived_at is null");
    }

    /** Line, column and code of what the report says, and its sentences. */
    private List<String> report(JsonObject state) {
        return vendor.get("/lots/" + state.getString("lotId") + "/rejects.csv")
                .body()
                .lines()
                .skip(1)
                .map(String::strip)
                .toList();
    }

    private static String counts(JsonObject state, String file) {
        JsonObject counts = state.getJsonObject("files").getJsonObject(file);
        return "%d created, %d changed, %d unchanged, %d rejected, %d warnings"
                .formatted(
                        counts.getInt("created"),
                        counts.getInt("changed"),
                        counts.getInt("unchanged"),
                        counts.getInt("rejected"),
                        counts.getInt("warnings"));
    }

    private String rules() throws SQLException {
        return vendor.value(
                "select string_agg(concat_ws(' ', ref, kind, n, at_weekday, at_day), ', ' order by ref) from app.booking_rule"
                        + " where town_id = :town and archived_at is null");
    }

    @Test
    void a_rule_without_what_its_kind_needs_is_rejected() throws SQLException {
        JsonObject state = apply(reference()
                .file(
                        "booking_rules.csv",
                        RULES,
                        "R1,MERJ,book,fixed,,,,,,,0",
                        "R2,MERJ,book,days_before,,working,,,12:00,,0",
                        "R3,MERJ,book,week_before,1,,,,18:00,,0",
                        "R4,MERJ,book,month_before,,,,,23:59,,0",
                        "R5,MERJ,book,days_before,2,,,,,,0",
                        "R6,MERJ,book,week_before,1,,4,,,,0",
                        "R7,MERJ,book,month_before,1,,,10,,,0"));

        assertThat(counts(state, "booking_rules.csv"))
                .isEqualTo("3 created, 0 changed, 0 unchanged, 4 rejected, 0 warnings");
        assertThat(rules()).isEqualTo("R5 DAYS_BEFORE 2, R6 WEEK_BEFORE 1 4, R7 MONTH_BEFORE 1 10");
        assertThat(report(state))
                .extracting(line -> line.split(";", 5))
                .extracting(cells -> cells[1] + " " + cells[2] + " " + cells[3])
                .containsExactlyInAnyOrder(
                        "2 until MISSING", "3 n MISSING", "4 at_weekday MISSING", "5 n MISSING", "5 at_day MISSING");
        assertThat(report(state).get(0))
                .contains("La colonne until est nécessaire quand kind vaut fixed : elle est vide ou absente.");
    }

    @Test
    void of_a_column_that_the_header_lacks_what_is_stored_stands_and_a_new_rule_has_nothing_there()
            throws SQLException {
        apply(reference()
                .file(
                        "booking_rules.csv",
                        RULES,
                        "R1,MERJ,book,fixed,,,,,,2027-02-08T12:00:00+01:00,0",
                        "R2,MERJ,book,days_before,2,,,,,,0"));

        JsonObject state = apply(TestLot.delta(vendor.town(), "reference", ++sequence)
                .file(
                        "booking_rules.csv",
                        "rule_ref,activity_ref,action,kind",
                        "R1,MERJ,cancel,fixed",
                        "R2,MERJ,book,fixed",
                        "R3,MERJ,book,week_before"));

        assertThat(counts(state, "booking_rules.csv"))
                .isEqualTo("0 created, 1 changed, 0 unchanged, 2 rejected, 0 warnings");
        assertThat(report(state)).hasSize(2);
        assertThat(report(state).get(0)).contains(";3;until;MISSING;", "quand kind vaut fixed");
        assertThat(report(state).get(1)).contains(";4;n;MISSING;", "quand kind vaut week_before");
        assertThat(rules()).isEqualTo("R1 FIXED, R2 DAYS_BEFORE 2");
    }

    @Test
    void nothing_ends_before_it_begins() throws SQLException {
        JsonObject state = apply(reference()
                .file("facilities.csv", "facility_ref,name,kind", "E1,École des Tilleuls,school")
                .file(
                        "schedules.csv",
                        "schedule_ref,activity_ref,facility_ref,start_time,end_time,valid_from,valid_to",
                        "S1,MERJ,E1,08:00,18:00,2026-09-01,2026-08-31",
                        "S2,MERJ,E1,08:00,18:00,2026-09-01,2026-09-01")
                .file("schedule_dates.csv", "schedule_ref,date,open", "S1,2026-09-02,1", "S2,2026-09-01,1")
                .file("periods.csv", "period_ref,name,kind,start,end", "P1,Noël,holidays,2027-01-03,2026-12-19")
                .file("closures.csv", "closure_ref,start,end,reason", "F1,2026-12-25,2026-12-24,Noël"));

        assertThat(report(state))
                .hasSize(4)
                .anyMatch(line -> line.startsWith("schedules.csv;2;valid_to;BAD_VALUE;reject;2026-08-31;")
                        && line.contains("le jour de la colonne valid_from ou un jour suivant"))
                .anyMatch(line -> line.startsWith("schedule_dates.csv;2;schedule_ref;PARENT_REJECTED;"))
                .anyMatch(line -> line.startsWith("periods.csv;2;end;BAD_VALUE;reject;2026-12-19;"))
                .anyMatch(line -> line.startsWith("closures.csv;2;end;BAD_VALUE;reject;2026-12-24;"));
        assertThat(vendor.value("select string_agg(ref, ',') from app.schedule where town_id = :town"))
                .isEqualTo("S2");
    }

    @Test
    void no_booking_period_closes_before_it_opens_and_a_night_away_ends_on_the_next_day() throws SQLException {
        JsonObject state = apply(reference()
                .file("facilities.csv", "facility_ref,name,kind", "E1,École des Tilleuls,school")
                .file(
                        "schedules.csv",
                        "schedule_ref,activity_ref,facility_ref,start_time,end_time,valid_from,valid_to",
                        "S1,MERJ,E1,18:00,08:00,2026-09-01,2027-08-31",
                        "S2,MERJ,E1,08:00,08:00,2026-09-01,2027-08-31")
                .file(
                        "periods.csv",
                        PERIODS + ",bookable_from,bookable_until",
                        "P1,Été,holidays,2027-07-10,2027-08-20,2027-05-03T08:00:00+02:00,2027-05-03T07:59:59+02:00",
                        "P2,Été,holidays,2027-07-10,2027-08-20,2027-05-03T08:00:00+02:00,2027-05-03T06:00:00.500Z",
                        "P3,Été,holidays,2027-07-10,2027-08-20,,2027-05-03T08:00:00+02:00"));

        assertThat(report(state))
                .hasSize(1)
                .anyMatch(line ->
                        line.startsWith("periods.csv;2;bookable_until;BAD_VALUE;reject;2027-05-03T07:59:59+02:00;")
                                && line.contains("l'instant de la colonne bookable_from ou plus tard"));
        assertThat(vendor.value("select string_agg(ref, ',' order by ref) from app.schedule where town_id = :town"))
                .isEqualTo("S1,S2");
        assertThat(periods()).isEqualTo("P2 P3");
    }

    @Test
    void a_booking_period_is_compared_with_what_is_stored_where_the_header_lacks_one_of_its_ends() throws SQLException {
        String summer = ",Été,holidays,2027-07-10,2027-08-20,";
        apply(reference()
                .file(
                        "periods.csv",
                        PERIODS + ",bookable_from,bookable_until",
                        "P1" + summer + "2027-05-03T08:00:00Z,2027-06-03T08:00:00Z",
                        "P2" + summer + "2027-05-03T08:00:00Z,"));

        JsonObject until = apply(TestLot.delta(vendor.town(), "reference", ++sequence)
                .file(
                        "periods.csv",
                        PERIODS + ",bookable_until",
                        "P1" + summer + "2027-05-03T07:00:00Z",
                        "P2" + summer + "2027-05-03T08:00:00Z",
                        "P3" + summer + "2027-05-03T07:00:00Z"));
        assertThat(report(until))
                .hasSize(1)
                .allMatch(
                        line -> line.startsWith("periods.csv;2;bookable_until;BAD_VALUE;reject;2027-05-03T07:00:00Z;")
                                && line.contains(
                                        "l'instant de la colonne bookable_from ou plus tard, déjà reçu : 2027-05-03T08:00:00Z"));

        JsonObject from = apply(TestLot.delta(vendor.town(), "reference", ++sequence)
                .file(
                        "periods.csv",
                        PERIODS + ",bookable_from",
                        "P1" + summer + "2027-06-03T09:00:00Z",
                        "P2" + summer,
                        "P3" + summer + "2027-05-03T07:00:00Z"));
        assertThat(report(from))
                .hasSize(1)
                .allMatch(
                        line -> line.startsWith("periods.csv;2;bookable_from;BAD_VALUE;reject;2027-06-03T09:00:00Z;")
                                && line.contains(
                                        "l'instant de la colonne bookable_until ou plus tôt, déjà reçu : 2027-06-03T08:00:00Z"));
        assertThat(periods()).isEqualTo("P1 P2 P3");
    }

    private String periods() throws SQLException {
        return vendor.value("select string_agg(ref, ' ' order by ref) from app.period where town_id = :town");
    }

    @Test
    void the_same_pair_both_ways_is_the_same_row() throws SQLException {
        String header = "activity_ref,excluded_activity_ref";
        JsonObject state = apply(
                reference().file("incompatibilities.csv", header, "MERJ,MERM", "MERM,MERJ", "MERJ,MERA", "MERM,MERJ"));
        assertThat(counts(state, "incompatibilities.csv"))
                .isEqualTo("2 created, 0 changed, 2 unchanged, 0 rejected, 0 warnings");

        assertThat(counts(
                        apply(reference().file("incompatibilities.csv", header, "MERM,MERJ")), "incompatibilities.csv"))
                .as("turned round it is what is stored")
                .isEqualTo("0 created, 0 changed, 1 unchanged, 0 rejected, 0 warnings");

        JsonObject contradicting =
                apply(reference().file("incompatibilities.csv", header + ",archived", "MERJ,MERA,0", "MERA,MERJ,1"));
        assertThat(counts(contradicting, "incompatibilities.csv"))
                .isEqualTo("0 created, 0 changed, 0 unchanged, 2 rejected, 0 warnings");
        assertThat(report(contradicting)).allMatch(line -> line.contains("DUPLICATE_KEY"));
        assertThat(vendor.value(
                        "select count(*) from app.incompatibility where town_id = :town and archived_at is null"))
                .isEqualTo("2");
    }

    @Test
    void a_file_that_is_named_and_not_taken_in_is_told_once() throws SQLException {
        apply(reference()
                .file(
                        "document_types.csv",
                        "type_ref,name,per,validity,months,mandatory",
                        "PAI,Projet d'accueil,child,months,12,0",
                        "CAF,Quotient,child,months,,0"));
        assertThat(vendor.value("select string_agg(ref, ',') from app.document_type where town_id = :town"))
                .as("valid for months, and for how many")
                .isEqualTo("PAI");

        JsonObject state = apply(TestLot.delta(vendor.town(), "individuals", 1)
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name,photo",
                        "I1,ROUSSEL,Ève,",
                        "I2,ROUSSEL,Adam,adam.jpg",
                        "I3,ROUSSEL,Inès,ines.jpg")
                .file(
                        "documents.csv",
                        "type_ref,individual_ref,status,document",
                        "PAI,I1,valid,",
                        "PAI,I2,valid,documents/pai-I2.pdf",
                        "PAI,I3,valid,documents/pai-I3.pdf")
                .document("pai-I2.pdf", new byte[] {'%', 'P', 'D', 'F', '-'}));

        assertThat(counts(state, "documents.csv"))
                .isEqualTo("3 created, 0 changed, 0 unchanged, 0 rejected, 1 warnings");
        assertThat(report(state))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("individuals.csv;3;photo;UNUSED_DOCUMENT;warning;adam.jpg;"))
                .anyMatch(line -> line.startsWith("documents.csv;3;document;UNUSED_DOCUMENT;warning;")
                        && line.contains("seul son nom est conservé"));
    }

    @Test
    void a_key_twice_of_which_one_row_is_bad_is_taken_from_neither_and_its_dependants_are_told_once()
            throws SQLException {
        for (String bad : new String[] {"I1,ROUSSEL,,", "I1,ROUSSEL,Ève,INCONNUE"}) {
            JsonObject state = apply(TestLot.delta(vendor.town(), "individuals", ++sequence)
                    .file("families.csv", "family_ref,account_code,name", "F1,BL-1,ROUSSEL")
                    .file(
                            "individuals.csv",
                            "individual_ref,last_name,first_name,class_ref",
                            "I1,ROUSSEL,Ève,",
                            bad,
                            "I2,ROUSSEL,Adam,")
                    .file("memberships.csv", "family_ref,individual_ref,role", "F1,I1,child", "F1,I2,child"));
            assertThat(report(state))
                    .extracting(line -> line.split(";", 5))
                    .extracting(cells -> cells[0] + " " + cells[1] + " " + cells[3])
                    .as(bad)
                    .containsExactlyInAnyOrder(
                            "individuals.csv 2 DUPLICATE_KEY",
                            "individuals.csv 3 " + (bad.endsWith("INCONNUE") ? "UNKNOWN_REFERENCE" : "MISSING"),
                            "memberships.csv 2 PARENT_REJECTED");
            assertThat(counts(state, "memberships.csv")).as(bad).endsWith(" 1 rejected, 0 warnings");
        }
        assertThat(vendor.value("select string_agg(ref, ',') from app.individual where town_id = :town"))
                .isEqualTo("I2");
        assertThat(vendor.value("select count(*) from app.membership where town_id = :town"))
                .isEqualTo("1");
    }
}
