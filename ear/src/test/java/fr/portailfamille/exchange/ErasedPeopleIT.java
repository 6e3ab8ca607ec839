package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.TownVaults;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.io.StringWriter;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever was erased at their wish does not come back with the next lot, nor does anything about them. */
@Tag("container")
@Tag("X3")
@ExtendWith(ArquillianExtension.class)
class ErasedPeopleIT {

    private static final String ERASED =
            "Cette personne a été effacée à sa demande : ses données ne sont plus reprises.";

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Inject
    private TownVaults vaults;

    @Inject
    private ProcessingRuns runs;

    @Inject
    private CorrectionDesk corrections;

    private LotScene scene;

    @BeforeEach
    void oneWasErased() throws Exception {
        scene = LotScene.open(owner);
        scene.update(
                "insert into app.erased_ref (town_id, ref_mac, erased_at) values (?, ?, now())",
                scene.town(),
                vaults.of(scene.town()).mac("individual/ref=I2"));
        scene.send(
                TestLot.full(scene.code(), "reference", 1)
                        .file("facilities.csv", "facility_ref,name,kind", "E1,École des Tilleuls,school")
                        .file("classes.csv", "class_ref,facility_ref,school_year,name", "C1,E1,2026-2027,CP")
                        .file(
                                "activities.csv",
                                "activity_ref,name,kind,decision",
                                "CANT,Restauration,canteen,automatic")
                        .file(
                                "schedules.csv",
                                "schedule_ref,activity_ref,facility_ref,start_time,end_time,weekdays,valid_from,valid_to",
                                "S1,CANT,E1,12:00,13:45,1245,2026-09-01,2027-07-06"),
                "APPLIED");
    }

    private TestLot people(TestLot lot) {
        return lot.file("families.csv", "family_ref,account_code,name", "F1,BL-1,ROUSSEL")
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name,birth_date,phone,class_ref,diet",
                        "I1,ROUSSEL,Ève,2019-05-03,,C1,",
                        "I2,ROUSSEL,Adam,2017-02-11,appeler le soir,C1,SANS_PORC")
                .file("memberships.csv", "family_ref,individual_ref,role", "F1,I1,child", "F1,I2,child")
                .file(
                        "pickup_contacts.csv",
                        "contact_ref,individual_ref,name,emergency,may_collect",
                        "K1,I1,Mamie,1,1",
                        "K2,I2,Mamie,1,1")
                .file("allergies.csv", "individual_ref,allergy", "I2,ARACHIDE")
                .file("vaccinations.csv", "individual_ref,vaccine,date", "I2,DTP,2018-01-01");
    }

    /** What the report says of each row: file, line, column, code, severity, value and the sentence. */
    private List<String> report(TestLot lot) throws Exception {
        StringWriter text = new StringWriter();
        long run = scene.run(lot);
        scene.paul().run(() -> runs.writeRejects(run, text));
        return text.toString().lines().skip(1).map(String::strip).toList();
    }

    private long rows(String table) throws Exception {
        return scene.number("select count(*) from app." + table + " where town_id = ?", scene.town());
    }

    @Test
    void neither_they_nor_what_hangs_on_them_is_stored_and_the_report_says_why() throws Exception {
        TestLot lot = people(TestLot.full(scene.code(), "individuals", 1));
        scene.send(lot, "APPLIED");

        assertThat(report(lot))
                .hasSize(5)
                .contains("individuals.csv;3;individual_ref;ERASED;reject;I2;" + ERASED)
                .anyMatch(line -> line.startsWith("memberships.csv;3;individual_ref;PARENT_REJECTED;reject;I2;"))
                .anyMatch(line -> line.startsWith("pickup_contacts.csv;3;individual_ref;PARENT_REJECTED;reject;I2;"))
                .anyMatch(line -> line.startsWith("allergies.csv;2;individual_ref;PARENT_REJECTED;reject;I2;"))
                .anyMatch(line -> line.startsWith("vaccinations.csv;2;individual_ref;PARENT_REJECTED;reject;I2;"))
                .as("nor do their cells, however bad, get into the report")
                .noneMatch(line -> line.contains("appeler"));
        assertThat(scene.text("select string_agg(ref, ',') from app.individual where town_id = ?", scene.town()))
                .isEqualTo("I1");
        assertThat(rows("membership")).isOne();
        assertThat(rows("class_assignment")).isOne();
        assertThat(rows("pickup_contact")).isOne();
        assertThat(rows("allergy")).isZero();
        assertThat(rows("vaccination")).isZero();
    }

    @Test
    void their_rows_are_not_given_out_to_be_corrected() throws Exception {
        TestLot lot = TestLot.full(scene.code(), "individuals", 1)
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name,birth_date",
                        "I1,ROUSSEL,Ève,03/05/2019",
                        "I2,ROUSSEL,Adam,2017-02-11");
        scene.send(lot, "APPLIED");
        long run = scene.run(lot);
        StringWriter text = new StringWriter();

        assertThat(scene.paul().call(() -> corrections.writeRejected(run, "individuals.csv", text)))
                .isTrue();

        assertThat(text.toString()).contains("I1;ROUSSEL;Ève").doesNotContain("I2", "Adam");
    }

    @Test
    void a_later_change_of_them_and_rows_of_other_flows_are_rejected_too() throws Exception {
        scene.send(people(TestLot.full(scene.code(), "individuals", 1)), "APPLIED");

        TestLot change = TestLot.delta(scene.code(), "individuals", 2)
                .file("individuals.csv", "last_name,first_name,individual_ref,birth_date", ",Adam,I2,11/02/2017");
        scene.send(change, "APPLIED");
        assertThat(report(change)).containsExactly("individuals.csv;2;individual_ref;ERASED;reject;I2;" + ERASED);

        TestLot registrations = TestLot.full(scene.code(), "registrations", 1)
                .file(
                        "registrations.csv",
                        "registration_ref,individual_ref,family_ref,schedule_ref,start,end,status",
                        "R1,I1,F1,S1,2026-09-01,2027-07-06,active",
                        "R2,I2,F1,S1,2026-09-01,2027-07-06,active");
        scene.send(registrations, "APPLIED");
        assertThat(report(registrations))
                .singleElement()
                .asString()
                .startsWith("registrations.csv;3;individual_ref;UNKNOWN_REFERENCE;reject;I2;");
        assertThat(rows("registration")).isOne();

        TestLot bookings = TestLot.full(scene.code(), "bookings", 1)
                .file(
                        "bookings.csv",
                        "individual_ref,schedule_ref,date,state",
                        "I1,S1,2026-11-23,booked",
                        "I2,S1,2026-11-23,booked");
        scene.send(bookings, "APPLIED");
        assertThat(report(bookings))
                .singleElement()
                .asString()
                .startsWith("bookings.csv;3;individual_ref;UNKNOWN_REFERENCE;reject;I2;");
        assertThat(rows("booking")).isOne();
    }
}
