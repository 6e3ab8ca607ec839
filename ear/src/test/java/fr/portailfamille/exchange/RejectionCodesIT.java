package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.exchange.format.FaultCode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each code that the contract lists comes back from a lot that deserves it, at the row and column that it is about. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X1")
@Tag("X2")
@Tag("X3")
@Tag("X4")
@Tag("X5")
class RejectionCodesIT {

    /** Needs somebody who was erased: {@link ErasedPeopleIT}. */
    private static final Set<FaultCode> ELSEWHERE = EnumSet.of(FaultCode.ERASED);

    private static final String AT = "2029-12-01T10:00:00+01:00";

    private final Set<FaultCode> seen = EnumSet.noneOf(FaultCode.class);
    private final RequestedTown town;
    private final Vendor vendor;

    RejectionCodesIT() throws SQLException {
        town = new RequestedTown();
        vendor = town.vendor;
    }

    @Test
    void every_code_of_the_contract_is_told_where_it_belongs() throws SQLException {
        reports(
                places(),
                "regies.csv;1;telephone;UNKNOWN_COLUMN;warning;",
                "facilities.csv;2;kind;MISSING;reject;",
                "schedules.csv;2;start_time;BAD_TIME;reject;24:00",
                "schedules.csv;3;facility_ref;PARENT_REJECTED;reject;E2",
                "pools.csv;2;capacity;BAD_NUMBER;reject;beaucoup",
                "periods.csv;2;bookable_from;BAD_TIME;reject;2030-01-05T08:00:00",
                "closures.csv;2;start;BAD_DATE;reject;2030-02-30");
        reports(
                people(),
                "families.csv;2;iban;BAD_IBAN;reject;FR7630006000011234567890188",
                "families.csv;3;email;BAD_EMAIL;warning;sans arobase",
                "individuals.csv;2;last_name;TOO_LONG;reject;" + "x".repeat(101),
                "individuals.csv;3;sex;BAD_VALUE;reject;X",
                "individuals.csv;4;;WRONG_FIELD_COUNT;reject;",
                "individuals.csv;5;individual_ref;DUPLICATE_KEY;reject;I7",
                "individuals.csv;6;individual_ref;DUPLICATE_KEY;reject;I7",
                "individuals.csv;7;phone;BAD_PHONE;warning;appeler le soir",
                "individuals.csv;7;photo;UNUSED_DOCUMENT;warning;noe.jpg",
                "memberships.csv;2;family_ref;UNKNOWN_REFERENCE;reject;F9");
        reports(
                TestLot.delta(vendor.town(), "registrations", 2)
                        .file(
                                "registrations.csv",
                                "registration_ref,individual_ref,family_ref,schedule_ref,start,end,status",
                                "R3,I3,F1,S1,2026-01-01,2037-01-01,active"),
                "registrations.csv;2;end;OUT_OF_PERIOD;reject;2037-01-01");
        reports(
                bookings(),
                "bookings.csv;2;date;NEWER_ON_PORTAL;warning;",
                "bookings.csv;3;date;CLOSED_DAY;warning;",
                "bookings.csv;6;individual_ref;NO_REGISTRATION;warning;",
                "bookings.csv;6;date;OVER_CAPACITY;warning;");
        reports(
                decisions(),
                "decisions.csv;2;line;LINE_WITHDRAWN;warning;",
                "decisions.csv;3;reason_code;UNKNOWN_CODE;warning;",
                "messages.csv;2;sent_at;BAD_TIME;reject;hier");
        reports(
                bills(),
                "invoices.csv;2;document;BAD_DOCUMENT;reject;absente.pdf",
                "invoices.csv;3;document;BAD_DOCUMENT;reject;note.txt");

        assertThat(seen).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)));
    }

    /** These lines and no others, up to the sentence that each ends with; the cell may be left out. */
    private void reports(TestLot lot, String... expected) {
        assertThat(vendor.apply(lot).getString("state")).isEqualTo("APPLIED");
        List<String> told = vendor.get("/lots/" + lot.id() + "/rejects.csv")
                .body()
                .lines()
                .skip(1)
                .map(String::strip)
                .toList();
        assertThat(told).as(String.join("\n", told)).hasSize(expected.length);
        List<String> lines = told.stream().sorted().toList();
        List<String> starts = Stream.of(expected).sorted().toList();
        for (int i = 0; i < starts.size(); i++) {
            assertThat(lines.get(i)).as(String.join("\n", told)).startsWith(starts.get(i));
        }
        told.forEach(line -> seen.add(FaultCode.valueOf(line.split(";", -1)[3])));
    }

    private TestLot places() {
        return TestLot.delta(vendor.town(), "reference", 2)
                .file("regies.csv", "regie_ref,name,issuer,telephone", "RC,Régie des cantines,400,0240")
                .file("facilities.csv", "facility_ref,name,kind", "E2,École du Parc,")
                .file(
                        "schedules.csv",
                        "schedule_ref,activity_ref,facility_ref,start_time,end_time,valid_from,valid_to",
                        "S2,CANT,E1,24:00,13:45,2026-01-01,2036-12-31",
                        "S3,CANT,E2,12:00,13:45,2026-01-01,2036-12-31")
                .file("pools.csv", "pool_ref,name,capacity", "P2,Gymnase,beaucoup")
                .file(
                        "periods.csv",
                        "period_ref,name,kind,start,end,bookable_from",
                        "N1,Hiver,holidays,2030-02-01,2030-02-15,2030-01-05T08:00:00")
                .file("closures.csv", "closure_ref,start,end,reason", "C1,2030-02-30,2030-03-01,Travaux");
    }

    private TestLot people() {
        return TestLot.delta(vendor.town(), "individuals", 2)
                .file(
                        "families.csv",
                        "family_ref,account_code,name,iban,email",
                        "F3,BL-0000000003,ROUX,FR7630006000011234567890188,",
                        "F4,BL-0000000004,NOËL,,sans arobase")
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name,sex,phone,photo",
                        "I4," + "x".repeat(101) + ",Ève,F,,",
                        "I5,ROUSSEL,Ève,X,,",
                        "I6,ROUSSEL,Ève",
                        "I7,ROUSSEL,Ève,F,,",
                        "I7,ROUSSEL,Zoé,F,,",
                        "I8,ROUSSEL,Noé,M,appeler le soir,noe.jpg")
                .file("memberships.csv", "family_ref,individual_ref,role", "F9,I1,child");
    }

    /** The schedule is open on weekdays, for two. */
    private TestLot bookings() throws SQLException {
        town.asks(1, "BOOK", "2030-01-16");
        town.write(
                "insert into app.dispatch (town_id, id, request_id, ref, operation, civility, last_name, first_name, email, at)"
                        + " select :town, 1, id, ref, 'NEW', 'MME', 'PARENT', 'Maéva', 'parent1@famille.invalid', now() from app.request"
                        + " where town_id = :town");
        town.write(
                "insert into app.dispatch_line (town_id, dispatch_id, line, outcome) values (:town, 1, 1, 'PENDING')");
        return TestLot.delta(vendor.town(), "bookings", 1)
                .file(
                        "bookings.csv",
                        "individual_ref,schedule_ref,date,state",
                        "I1,S1,2030-01-16,absent",
                        "I1,S1,2030-01-19,booked",
                        "I1,S1,2030-01-21,booked",
                        "I2,S1,2030-01-21,booked",
                        "I3,S1,2030-01-21,booked");
    }

    private TestLot decisions() throws SQLException {
        String withdrawn = town.asks(1, "BOOK", "2030-03-04");
        town.write("update app.request_line l set state = 'WITHDRAWN' from app.request r where l.town_id = :town"
                + " and (r.town_id, r.id) = (l.town_id, l.request_id) and r.ref = '" + withdrawn + "'");
        String asked = town.asks(1, "BOOK", "2030-03-05");
        return TestLot.delta(vendor.town(), "decisions", 1)
                .file(
                        "decisions.csv",
                        "request_ref,line,decision,reason_code,decided_at",
                        withdrawn + ",1,accepted,," + AT,
                        asked + ",1,refused,INCONNU," + AT)
                .file("messages.csv", "message_ref,request_ref,sent_at,text", "M1," + asked + ",hier,Bonjour");
    }

    private TestLot bills() {
        List<String> invoices = Arrays.asList("absente.pdf", "note.txt", "facture.pdf");
        String[] lines = new String[invoices.size() + 1];
        lines[0] =
                "invoice_ref,number,family_ref,regie_ref,context,issued_on,due_on,amount,remaining,payable_online,status,"
                        + "document";
        for (int i = 1; i < lines.length; i++) {
            lines[i] = "FA%d,%d,F1,RC,Restauration,2030-01-05,2030-02-01,30.00,30.00,0,issued,%s"
                    .formatted(i, i, invoices.get(i - 1));
        }
        return TestLot.full(vendor.town(), "billing", 1)
                .file("invoices.csv", lines)
                .document("note.txt", "Bonjour".getBytes(StandardCharsets.UTF_8))
                .document("facture.pdf", "%PDF-1.4 facture".getBytes(StandardCharsets.US_ASCII));
    }
}
