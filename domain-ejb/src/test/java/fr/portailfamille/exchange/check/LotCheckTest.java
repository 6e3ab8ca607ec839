package fr.portailfamille.exchange.check;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.exchange.LotZip;
import fr.portailfamille.exchange.check.LotVerdict.Outcome;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same lots as over HTTP end the same way, as far as the files alone can tell. */
class LotCheckTest extends LotCheckCase {

    private static final String PEOPLE = "individual_ref,last_name,first_name,birth_date,sex,diet,archived\n";

    @Test
    void a_good_lot_is_good() throws IOException {
        LotVerdict verdict = check(LotZip.regies());

        assertThat(verdict.outcome()).isEqualTo(Outcome.GOOD);
        assertThat(verdict.flow()).isEqualTo("reference");
        assertThat(verdict.files()).containsExactly(new FileTally("regies.csv", 1, 0, 0, 0));
        assertThat(findings).isEmpty();
    }

    @Test
    void bad_cells_are_told_with_file_line_column_value_and_reason() throws IOException {
        LotVerdict verdict = check(LotZip.of("individuals")
                .file(
                        "families.csv",
                        "family_ref,account_code,name,iban\n"
                                + "F1,BL-1,ROUSSEL,FR7630006000011234567890189\n"
                                + "F2,BL-2,ROUX,FR7630006000011234567890188\n")
                .file(
                        "individuals.csv",
                        PEOPLE
                                + "I1,ROUSSEL,Ève,2019-05-03,F,,0\n"
                                + "I2,,Ève,2019-05-03,F,,0\n"
                                + "I3,ROUSSEL,Ève,2019-02-30,F,,0\n"
                                + "I4,ROUSSEL,Ève,2019-05-03,X,,0\n"
                                + "I5," + "x".repeat(101) + ",Ève,2019-05-03,F,,0\n"
                                + "I6,ROUSSEL,Ève,2019-05-03,F\n"));

        assertThat(told())
                .containsExactly(
                        "families.csv:3:iban BAD_IBAN",
                        "individuals.csv:3:last_name MISSING",
                        "individuals.csv:4:birth_date BAD_DATE",
                        "individuals.csv:5:sex BAD_VALUE",
                        "individuals.csv:6:last_name TOO_LONG",
                        "individuals.csv:7:null WRONG_FIELD_COUNT");
        assertThat(findings.get(2).value()).isEqualTo("2019-02-30");
        assertThat(findings.get(3).reason()).isEqualTo("Valeur non admise dans la colonne sex. Attendu : M ou F.");
        assertThat(verdict.outcome()).isEqualTo(Outcome.WITH_REJECTS);
        assertThat(verdict.files())
                .containsExactly(
                        new FileTally("families.csv", 2, 1, 0, 0), new FileTally("individuals.csv", 6, 5, 0, 0));
    }

    @Test
    void a_field_that_is_too_long_rejects_its_row_in_whatever_column_and_the_rest_goes_on() throws IOException {
        // Letters at random, or the lot would shrink too well to be taken.
        String endless = new Random(1)
                .ints(2_000_000, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        LotVerdict verdict = check(LotZip.of("individuals")
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name,colour\n"
                                + "I1,ROUSSEL,Ève,vert\n"
                                + "I2," + endless + ",Ève,vert\n"
                                + "I3,ROUSSEL,Ève," + endless + "\n"
                                + "I4,ROUSSEL,Ève,vert\n"));

        assertThat(told())
                .containsExactly(
                        "individuals.csv:1:colour UNKNOWN_COLUMN",
                        "individuals.csv:3:last_name TOO_LONG",
                        "individuals.csv:4:colour TOO_LONG");
        assertThat(findings.get(2).reason())
                .isEqualTo("Texte trop long dans la colonne colour : 65536 caractères au plus.");
        assertThat(verdict.files()).containsExactly(new FileTally("individuals.csv", 4, 2, 1, 0));
    }

    @Test
    void equal_rows_count_once_and_different_ones_with_one_key_are_all_rejected() throws IOException {
        LotVerdict verdict = check(LotZip.of("individuals")
                .file(
                        "individuals.csv",
                        PEOPLE
                                + "I7,ROUSSEL,Ève,2019-05-03,F,,0\n"
                                + "I8,ROUSSEL,Ève,2019-05-03,F,,0\n"
                                + "I7,ROUSSEL,Adam,2019-05-03,F,,0\n"
                                + "I8,ROUSSEL,Ève,2019-05-03,F,,0\n"
                                + "I9,ROUSSEL,Ève,2019-13-03,F,,0\n"
                                + "I9,ROUSSEL,Ève,2019-12-03,F,,0\n"));

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "individuals.csv:2:individual_ref DUPLICATE_KEY",
                        "individuals.csv:4:individual_ref DUPLICATE_KEY",
                        "individuals.csv:6:birth_date BAD_DATE",
                        "individuals.csv:7:individual_ref DUPLICATE_KEY");
        assertThat(verdict.files()).containsExactly(new FileTally("individuals.csv", 6, 4, 0, 0));
    }

    @Test
    void the_same_pair_both_ways_is_the_same_row() throws IOException {
        LotVerdict verdict = check(LotZip.of("reference")
                .file(
                        "incompatibilities.csv",
                        "activity_ref,excluded_activity_ref\nMERJ,MERM\nMERM,MERJ\nMERJ,MERA\n"));

        assertThat(told()).isEmpty();
        assertThat(verdict.outcome()).isEqualTo(Outcome.GOOD);
    }

    @Test
    void the_same_pair_with_another_content_is_rejected_both_ways() throws IOException {
        check(LotZip.of("reference")
                .file(
                        "incompatibilities.csv",
                        "activity_ref,excluded_activity_ref,archived\nMERJ,MERM,0\nMERM,MERJ,1\n"));

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "incompatibilities.csv:2:activity_ref DUPLICATE_KEY",
                        "incompatibilities.csv:3:activity_ref DUPLICATE_KEY");
    }

    @Test
    void a_rule_has_the_cells_that_its_kind_needs() throws IOException {
        check(LotZip.of("reference")
                .file(
                        "booking_rules.csv",
                        "rule_ref,activity_ref,action,kind,n,day_kind,at_weekday,at_day,at_time,until\n"
                                + "R2,CANT,book,fixed,,,,,,\n"
                                + "R3,CANT,book,days_before,,working,,,12:00,\n"
                                + "R4,CANT,book,week_before,1,,,,18:00,\n"
                                + "R5,CANT,book,month_before,,,,,23:59,\n"
                                + "R6,CANT,book,fixed,,,,,,2027-02-08T12:00:00+01:00\n"
                                + "R7,CANT,book,days_before,0,,,,,\n"
                                + "R8,CANT,book,week_before,1,,4,,,\n"
                                + "R9,CANT,book,month_before,1,,,10,,\n"));

        assertThat(told())
                .containsExactly(
                        "booking_rules.csv:2:until MISSING",
                        "booking_rules.csv:3:n MISSING",
                        "booking_rules.csv:4:at_weekday MISSING",
                        "booking_rules.csv:5:n MISSING",
                        "booking_rules.csv:5:at_day MISSING");
        assertThat(findings.get(0).reason())
                .isEqualTo("La colonne until est nécessaire quand kind vaut fixed : elle est vide ou absente.");
    }

    @Test
    void of_a_column_that_the_header_lacks_only_the_portal_knows_whether_something_is_stored() throws IOException {
        check(LotZip.of("reference")
                .file("booking_rules.csv", "rule_ref,activity_ref,action,kind\nR2,CANT,book,fixed\n"));

        assertThat(told()).isEmpty();
    }

    @Test
    void nothing_ends_before_it_begins() throws IOException {
        check(LotZip.of("reference")
                .file(
                        "schedules.csv",
                        "schedule_ref,activity_ref,facility_ref,start_time,end_time,valid_from,valid_to\n"
                                + "S2,CANT,E1,12:00,13:45,2026-09-01,2026-08-31\n"
                                + "S3,CANT,E1,12:00,13:45,2026-09-01,2026-09-01\n"
                                + "S4,CANT,E1,13:45,12:00,2026-09-01,2026-09-01\n")
                .file(
                        "periods.csv",
                        "period_ref,name,kind,start,end,bookable_from,bookable_until\n"
                                + "P2,Noël,holidays,2027-01-03,2026-12-19,,\n"
                                + "P3,Noël,holidays,2026-12-19,2027-01-03,2026-11-01T08:00:00+01:00,2026-11-01T07:00:00.5Z\n"
                                + "P4,Noël,holidays,2026-12-19,2027-01-03,2026-11-01T08:00:00+01:00,2026-11-01T07:59:00+01:00\n")
                .file("closures.csv", "closure_ref,start,end,reason\nF2,2026-12-25,2026-12-24,Noël\n"));

        assertThat(told())
                .containsExactly(
                        "schedules.csv:2:valid_to BAD_VALUE",
                        "periods.csv:2:end BAD_VALUE",
                        "periods.csv:4:bookable_until BAD_VALUE",
                        "closures.csv:2:end BAD_VALUE");
        assertThat(findings.get(1).reason())
                .isEqualTo(
                        "Valeur non admise dans la colonne end. Attendu : le jour de la colonne start ou un jour suivant.");
        assertThat(findings.get(1).value()).isEqualTo("2026-12-19");
        assertThat(findings.get(2).value()).as("as it came").isEqualTo("2026-11-01T07:59:00+01:00");
    }

    @Test
    void a_type_of_document_that_is_valid_for_months_says_how_many() throws IOException {
        check(LotZip.of("reference")
                .file(
                        "document_types.csv",
                        "type_ref,name,per,validity,months,mandatory\n"
                                + "T2,PAI,child,months,,1\nT3,PAI,child,months,12,1\nT4,PAI,child,year,,1\n"));

        assertThat(told()).containsExactly("document_types.csv:2:months MISSING");
    }

    @Test
    void files_that_are_named_and_not_taken_in_are_told_once_for_each_file() throws IOException {
        LotVerdict verdict = check(LotZip.of("individuals")
                .file(
                        "documents.csv",
                        "type_ref,individual_ref,status,document\n"
                                + "PAI,I1,valid,\nPAI,I2,valid,pai-I2.pdf\nPAI,I3,valid,pai-I3.pdf\n"));

        assertThat(told()).containsExactly("documents.csv:3:document UNUSED_DOCUMENT");
        assertThat(verdict.outcome()).isEqualTo(Outcome.GOOD);
        assertThat(verdict.files().get(0).warnings()).isOne();
    }

    @Test
    void what_depends_on_a_rejected_row_is_rejected_and_what_only_the_portal_can_know_is_counted() throws IOException {
        LotVerdict verdict = check(LotZip.of("individuals")
                .file("families.csv", "family_ref,account_code,name\nF1,BL-1,ROUSSEL\n")
                .file("individuals.csv", PEOPLE + "I1,ROUSSEL,Ève,2019-05-03,F,,0\nI2,,Ève,2019-05-03,F,,0\n")
                .file("memberships.csv", "family_ref,individual_ref,role\nF1,I1,child\nF1,I2,child\nF9,I1,child\n")
                .file(
                        "pickup_contacts.csv",
                        "contact_ref,individual_ref,name,emergency,may_collect\nK1,I2,Paul,1,1\n"));

        assertThat(told())
                .containsExactly(
                        "individuals.csv:3:last_name MISSING",
                        "memberships.csv:3:individual_ref PARENT_REJECTED",
                        "pickup_contacts.csv:2:individual_ref PARENT_REJECTED");
        assertThat(verdict.files().get(2)).isEqualTo(new FileTally("memberships.csv", 3, 1, 0, 1));
    }

    @Test
    void warnings_reject_nothing() throws IOException {
        LotVerdict verdict = check(LotZip.of("individuals")
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name,email,phone,colour\n"
                                + "I1,ROUSSEL,Ève,chez moi,02 40 00 00 00,vert\n"));

        assertThat(told())
                .containsExactly("individuals.csv:1:colour UNKNOWN_COLUMN", "individuals.csv:2:email BAD_EMAIL");
        assertThat(verdict.outcome()).isEqualTo(Outcome.GOOD);
        assertThat(verdict.files()).containsExactly(new FileTally("individuals.csv", 1, 0, 2, 0));
    }

    @Test
    void a_lot_that_would_lose_too_many_rows_would_be_held() throws IOException {
        LotVerdict verdict = check(
                LotZip.of("individuals").file("individuals.csv", PEOPLE + "I1,,Ève,2019-05-03,F,,0\n".repeat(11)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.HELD);
        assertThat(findings.get(11).code()).isEqualTo("GUARD_REJECTED");
        assertThat(findings.get(11).reason()).contains("11 sur 11");
    }

    @Test
    void what_only_the_job_would_see_refuses_the_lot_and_the_other_files_are_looked_at_all_the_same()
            throws IOException {
        LotVerdict verdict = check(LotZip.of("individuals")
                .file("families.csv", "family_ref,name\nF1,ROUSSEL\n")
                .file("individuals.csv", PEOPLE + "I1,ROUSSEL,Ève,2019-02-30,F,,0\n")
                .file("memberships.csv", "family_ref,individual_ref,role\nF1,I1,child\n"));

        assertThat(told())
                .containsExactly(
                        "families.csv:1:account_code MISSING_COLUMN",
                        "individuals.csv:2:birth_date BAD_DATE",
                        "memberships.csv:2:individual_ref PARENT_REJECTED");
        assertThat(verdict.outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void another_number_of_rows_than_announced_refuses_the_lot() throws IOException {
        LotVerdict verdict = check(LotZip.of("reference")
                .file("regies.csv", "regie_ref,name,issuer\nR1,Cantine,Ville\nR2,Garderie,Ville\n")
                .announcing("regies.csv", 1));

        assertThat(verdict.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(told()).containsExactly("regies.csv:null:null ROW_COUNT_MISMATCH");
    }

    @Test
    void a_lot_that_is_none_is_refused_with_the_reason() throws IOException {
        LotVerdict verdict = check(LotZip.regies().wrongHash());

        assertThat(verdict.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict.files()).isEmpty();
        assertThat(told()).containsExactly("regies.csv:null:null HASH_MISMATCH");
    }
}
