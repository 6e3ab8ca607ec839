package fr.portailfamille.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {

    @ParameterizedTest
    @CsvSource({
        "families.csv, quotient, 450.50, 451",
        "families.csv, tax_shares, 2.5, 2.50",
        "families.csv, tax_reference_income, 23456.7, 23456.70",
        "families.csv, iban, FR76 1558 9297 2400 0000 0000 116, FR7615589297240000000000116",
        "individuals.csv, civility, MME, MME",
        "individuals.csv, birth_date, 2020-02-29, 2020-02-29",
        "individuals.csv, accepts_email, '', 0",
        "memberships.csv, access, '', FULL",
        "memberships.csv, custody, even_weeks, EVEN_WEEKS",
        "facilities.csv, kind, leisure_centre, LEISURE_CENTRE",
        "schedules.csv, weekdays, 5421, 1245",
        "schedules.csv, start_time, 07:30, 07:30",
        "classes.csv, school_year, 2026-2027, 2026-2027",
        "periods.csv, bookable_from, 2026-11-20T07:44:00+01:00, 2026-11-20T06:44:00Z",
        "code_lists.csv, list, absence_reason, absence_reason",
        "bookings.csv, state, none, NONE",
    })
    void reads(String file, String column, String cell, String value) {
        assertThat(read(file, column, cell).fault()).isNull();
        assertThat(read(file, column, cell).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "families.csv, family_ref, '', MISSING",
        "families.csv, family_ref, 'F 1', BAD_VALUE",
        "families.csv, family_ref, é, BAD_VALUE",
        "families.csv, quotient, '12,5', BAD_NUMBER",
        "families.csv, tax_reference_income, 1e3, BAD_NUMBER",
        "families.csv, tax_reference_income, 1.234, BAD_NUMBER",
        "families.csv, iban, FR7615589297240000000000117, BAD_IBAN",
        "families.csv, iban, FR761558929724, BAD_IBAN",
        "individuals.csv, birth_date, 2021-02-29, BAD_DATE",
        "individuals.csv, birth_date, 20/11/2026, BAD_DATE",
        "individuals.csv, birth_date, 2026-11-2x, BAD_DATE",
        "individuals.csv, glasses, oui, BAD_VALUE",
        "schedules.csv, start_time, 24:00, BAD_TIME",
        "schedules.csv, start_time, 7:30, BAD_TIME",
        "schedules.csv, weekdays, 1128, BAD_VALUE",
        "schedules.csv, capacity, -1, BAD_NUMBER",
        "classes.csv, school_year, 2026-2028, BAD_VALUE",
        "periods.csv, bookable_from, 2026-11-20T07:44:00, BAD_TIME",
        "periods.csv, bookable_from, 9999-12-31T23:59:59-04:00, BAD_TIME",
        "booking_rules.csv, at_day, 32, BAD_NUMBER",
        "activities.csv, decision, perhaps, BAD_VALUE",
    })
    void rejects(String file, String column, String cell, FaultCode code) {
        assertThat(read(file, column, cell).fault()).isEqualTo(code);
        assertThat(read(file, column, cell).value()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FR76 3000 6000 0112 3456 7890 189",
                "DE89370400440532013000",
                "BE68539007547034",
                "ES9121000418450200051332",
                "IT60X0542811101000000123456",
                "LU280019400644750000",
                "CH9300762011623852957",
                "NO9386011117947",
                "MT84MALT011000012345MTLCAST001S",
                "GB29NWBK60161331926819",
                "PT50000201231234567890154",
                "NL91ABNA0417164300",
                "MC5811222000010123456789030",
                "MA64011519000001205000534921"
            })
    void takes_accounts_of_other_countries(String iban) {
        assertThat(read("families.csv", "iban", iban).fault()).isNull();
    }

    /** Their check digits are right. */
    @ParameterizedTest
    @ValueSource(strings = {"DE543704004405320130001", "BE0853900754703", "IT24X05428111010000001234567"})
    void an_account_has_the_length_of_its_country(String iban) {
        assertThat(read("families.csv", "iban", iban).fault()).isEqualTo(FaultCode.BAD_IBAN);
    }

    @Test
    void a_quotient_is_rounded_to_a_whole_number_and_no_other_number_is() {
        assertThat(read("families.csv", "quotient", "812.5").value()).isEqualTo("813");
        assertThat(read("families.csv", "quotient", "812.49").value()).isEqualTo("812");
        assertThat(read("families.csv", "quotient", "812.499").fault()).isEqualTo(FaultCode.BAD_NUMBER);
        assertThat(read("families.csv", "tax_shares", "2.125").fault()).isEqualTo(FaultCode.BAD_NUMBER);
        assertThat(read("invoices.csv", "amount", "30.005").fault()).isEqualTo(FaultCode.BAD_NUMBER);
        assertThat(read("invoice_lines.csv", "quantity", "1.125").fault()).isEqualTo(FaultCode.BAD_NUMBER);
    }

    @Test
    void a_telephone_has_40_characters_and_an_email_254() {
        assertThat(read("individuals.csv", "phone", "0".repeat(40)).fault()).isNull();
        assertThat(read("individuals.csv", "phone", "0".repeat(41)).fault()).isEqualTo(FaultCode.TOO_LONG);
        String host = "@famille.invalid";
        assertThat(read("individuals.csv", "email", "x".repeat(254 - host.length()) + host)
                        .fault())
                .isNull();
        assertThat(read("individuals.csv", "email", "x".repeat(255 - host.length()) + host)
                        .fault())
                .isEqualTo(FaultCode.TOO_LONG);
    }

    @Test
    void a_name_has_100_characters_and_a_street_200() {
        assertThat(read("families.csv", "name", "x".repeat(100)).fault()).isNull();
        assertThat(read("families.csv", "name", "x".repeat(101)).fault()).isEqualTo(FaultCode.TOO_LONG);
        assertThat(read("families.csv", "street", "x".repeat(200)).fault()).isNull();
        assertThat(read("families.csv", "street", "x".repeat(201)).fault()).isEqualTo(FaultCode.TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({
        "individuals.csv, phone, 02.98.12.34.56., ",
        "individuals.csv, phone, appeler le soir, BAD_PHONE",
        "individuals.csv, email, lea@famille.invalid, ",
        "individuals.csv, email, lea chez famille, BAD_EMAIL",
        "individuals.csv, photo, lea.jpg, UNUSED_DOCUMENT"
    })
    void keeps_what_cannot_be_called_written_to_or_shown_with_a_warning(
            String file, String column, String text, FaultCode warning) {
        Cell cell = read(file, column, text);
        assertThat(cell.value()).isEqualTo(text);
        assertThat(cell.fault()).isNull();
        assertThat(cell.warning()).isEqualTo(warning);
    }

    private static Cell read(String file, String column, String text) {
        Cell cell = new Cell();
        Formats.named(file).column(column).orElseThrow().read(text, cell);
        return cell;
    }
}
