package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.TownVaults;
import fr.portailfamille.exchange.load.Secrets;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Health and bank data of large lots that are not a town's first: most is as it was, and is compared without being
 * encrypted; what is new or changed is encrypted before it is written, each in its own place.
 */
@Tag("container")
@Tag("X2")
@ExtendWith(ArquillianExtension.class)
class LateSecretsIT {

    private static final int PEOPLE = 1_100;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Inject
    private TownVaults vaults;

    private LotScene scene;

    @BeforeEach
    void firstLot() throws Exception {
        scene = LotScene.open(owner);
        scene.send(lot(1, PEOPLE, "SANS_PORC", "ROR", "FR7630006000011234567890189"), "APPLIED");
    }

    /** The child I2 eats so, has had this vaccine, and its family F2 pays from there; all others are always the same. */
    private TestLot lot(long sequence, int people, String diet, String vaccine, String iban) {
        List<String> families = new ArrayList<>(List.of("family_ref,account_code,name,iban"));
        // Rows at fault, one of them of two lines and one too short, and the reference last: what ties the two readings
        // together is the line.
        List<String> individuals = new ArrayList<>(List.of(
                "glasses,diet,last_name,first_name,street,individual_ref",
                "1,SANS_PORC,,Sans nom,,X1",
                "1,SANS_PORC,,Sans nom,\"1 rue Haute\nBâtiment B\",X2"));
        List<String> vaccinations = new ArrayList<>(List.of("individual_ref,vaccine,date"));
        for (int i = 1; i <= people; i++) {
            families.add("F%1$d,BL-%1$010d,ROUSSEL,%2$s"
                    .formatted(i, i == 2 ? iban : i == 3 ? "FR7630006000011234567890189" : ""));
            individuals.add("%s,%s,ROUSSEL,Enfant,,I%d".formatted(i % 2, i == 2 ? diet : "SANS_VIANDE", i));
            vaccinations.add("I%d,%s,2022-07-06".formatted(i, i == 2 ? vaccine : "DTP"));
        }
        // The same row twice counts once.
        individuals.add(individuals.get(individuals.size() - 1));
        return TestLot.full(scene.code(), "individuals", sequence)
                .file("families.csv", families.toArray(String[]::new))
                .file("individuals.csv", individuals.toArray(String[]::new))
                .file("vaccinations.csv", vaccinations.toArray(String[]::new))
                // A row of two lines is one row.
                .manifest(text -> text.replace(
                        "\"individuals.csv\", \"rows\": " + individuals.size(),
                        "\"individuals.csv\", \"rows\": " + (individuals.size() - 1)));
    }

    @Test
    void what_changed_and_what_is_new_can_be_read_afterwards() throws Exception {
        TestLot lot = lot(2, PEOPLE + 2, "SANS_OEUF", "BCG", "FR1420041010050500013M02606");
        scene.send(lot, "APPLIED");

        assertThat(diet("I2")).isEqualTo("SANS_OEUF");
        assertThat(diet("I1")).isEqualTo("SANS_VIANDE");
        assertThat(diet("I" + (PEOPLE + 1))).isEqualTo("SANS_VIANDE");
        assertThat(secret("individual", "glasses", "I" + (PEOPLE + 1), "ref = 'I" + (PEOPLE + 1) + "'"))
                .isEqualTo("1");
        assertThat(iban("F2")).isEqualTo("FR1420041010050500013M02606");
        assertThat(iban("F3")).isEqualTo("FR7630006000011234567890189");
        assertThat(vaccines("I2")).containsExactly("BCG");
        assertThat(vaccines("I" + (PEOPLE + 2))).containsExactly("DTP");
        assertThat(counts(lot)).isEqualTo("families 2 1, individuals 2 1, vaccinations 3 0");
        assertThat(scene.number(
                        "select rejected from app.processing_file where town_id = ? and run_id = ?"
                                + " and file = 'individuals.csv'",
                        scene.town(),
                        scene.run(lot)))
                .isEqualTo(2);
        assertThat(scene.number(
                        "select count(*) from app.change_log where town_id = ? and table_name = 'individual'"
                                + " and field = 'diet' and key = 'I2' and old_value is not null and new_value is not null",
                        scene.town()))
                .isOne();
    }

    @Test
    void the_same_again_changes_nothing() throws Exception {
        String before = stored("I2");
        TestLot lot = lot(2, PEOPLE, "SANS_PORC", "ROR", "FR7630006000011234567890189");
        scene.send(lot, "APPLIED");

        assertThat(counts(lot)).isEqualTo("families 0 0, individuals 0 0, vaccinations 0 0");
        assertThat(stored("I2")).isEqualTo(before);
    }

    @Test
    void a_secret_that_is_taken_away_is_gone() throws Exception {
        scene.send(lot(2, PEOPLE, "", "ROR", ""), "APPLIED");

        assertThat(stored("I2")).isNull();
        assertThat(scene.text(
                        "select encode(iban_enc, 'hex') from app.family where town_id = ? and ref = 'F2'",
                        scene.town()))
                .isNull();
        assertThat(diet("I1")).isEqualTo("SANS_VIANDE");
    }

    @Test
    void to_try_it_out_needs_them_too_and_changes_nothing() throws Exception {
        TestLot lot = lot(2, PEOPLE + 2, "SANS_OEUF", "BCG", "");
        scene.send(scene.enfance(), lot, true);
        scene.await(lot, "APPLIED");

        assertThat(scene.results(lot)).isEqualTo("SIMULATED");
        assertThat(counts(lot)).isEqualTo("families 2 1, individuals 2 1, vaccinations 3 0");
        assertThat(diet("I2")).isEqualTo("SANS_PORC");
    }

    /** A merge that met a deadlock is done again after another check, by which a row is changed that was not before. */
    @Test
    void a_row_that_changed_meanwhile_is_encrypted_when_the_check_is_done_again() throws Exception {
        TestLot lot = lot(2, PEOPLE, "SANS_OEUF", "ROR", "FR7630006000011234567890189");
        meetingADeadlock(() -> {
            try (Connection other = owner.getConnection();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("update app.individual set diet_enc = null, diet_mac = null where town_id = "
                        + scene.town() + " and ref = 'I5'");
                statement.execute(
                        "select from app.individual where town_id = " + scene.town() + " and ref = 'I2' for update");
                scene.send(lot);
                awaitMergeThatWaitsFor(other);
                other.commit();
            }
            scene.await(lot, "APPLIED");
        });

        assertThat(counts(lot)).isEqualTo("families 0 0, individuals 0 2, vaccinations 0 0");
        assertThat(diet("I2")).isEqualTo("SANS_OEUF");
        assertThat(diet("I5")).isEqualTo("SANS_VIANDE");
    }

    /** What was found in reading is not found again; what the check had found is. */
    @Test
    void a_rejected_row_is_told_once_when_the_check_is_done_again() throws Exception {
        scene.send(
                TestLot.full(scene.code(), "reference", 1)
                        .file("document_types.csv", "type_ref,name,per,validity,mandatory", "PAI,Projet,child,year,0"),
                "APPLIED");
        TestLot lot = lot(2, PEOPLE, "SANS_OEUF", "ROR", "")
                .file(
                        "documents.csv",
                        "type_ref,individual_ref,status",
                        "PAI,I1,valid",
                        "PAI,,valid",
                        "PAI,I2,",
                        "CAF,I2,valid");
        meetingADeadlock(() -> scene.send(lot, "APPLIED"));

        assertThat(scene.text(
                        "select string_agg(concat_ws(' ', file, line, column_name, code), ', ' order by n)"
                                + " from app.rejected_row where town_id = ? and run_id = ? and severity = 'REJECT'",
                        scene.town(),
                        scene.run(lot)))
                .isEqualTo("individuals.csv 2 last_name MISSING, individuals.csv 3 last_name MISSING,"
                        + " documents.csv 3 individual_ref MISSING, documents.csv 4 status MISSING,"
                        + " documents.csv 5 type_ref UNKNOWN_REFERENCE");
    }

    private interface Work {
        void run() throws Exception;
    }

    /** The first time that the child I2 is written, a deadlock ends the merge; the second time nothing does. */
    private void meetingADeadlock(Work work) throws Exception {
        scene.update("create sequence if not exists app.deadlocks_met");
        scene.update("create or replace function app.meet_deadlock() returns trigger language plpgsql as $$ begin"
                + " if nextval('app.deadlocks_met') = 1 then raise sqlstate '40P01'; end if; return new; end $$");
        scene.update("create trigger meet_deadlock before update on app.individual for each row when (new.town_id = "
                + scene.town() + " and new.ref = 'I2' and current_user = 'portal_app')"
                + " execute function app.meet_deadlock()");
        scene.update("grant usage on sequence app.deadlocks_met to portal_app");
        try {
            work.run();
            assertThat(scene.number("select last_value from app.deadlocks_met")).isEqualTo(2);
        } finally {
            scene.update("drop trigger meet_deadlock on app.individual");
            scene.update("drop function app.meet_deadlock()");
            scene.update("drop sequence app.deadlocks_met");
        }
    }

    private void awaitMergeThatWaitsFor(Connection holder) throws SQLException {
        String transaction;
        try (Statement statement = holder.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_xact_id()")) {
            row.next();
            transaction = row.getString(1);
        }
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (scene.number("select count(*) from pg_locks where not granted and transactionid::text = ?", transaction)
                == 0) {
            assertThat(System.nanoTime()).as("until the merge meets the row").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private String counts(TestLot lot) throws SQLException {
        return scene.text(
                "select string_agg(replace(file, '.csv', '') || ' ' || created || ' ' || changed, ', ' order by file)"
                        + " from app.processing_file where town_id = ? and run_id = ?",
                scene.town(),
                scene.run(lot));
    }

    private String stored(String ref) throws SQLException {
        return scene.text(
                "select encode(diet_enc, 'hex') from app.individual where town_id = ? and ref = ?", scene.town(), ref);
    }

    private String diet(String ref) throws SQLException {
        return secret("individual", "diet", ref, "ref = '" + ref + "'");
    }

    private String iban(String ref) throws SQLException {
        return secret("family", "iban", ref, "ref = '" + ref + "'");
    }

    private List<String> vaccines(String ref) throws SQLException {
        String all = scene.text(
                "select string_agg(encode(v.vaccine_enc, 'hex'), ' ') from app.vaccination v"
                        + " join app.individual i on i.town_id = v.town_id and i.id = v.individual_id"
                        + " where v.town_id = ? and i.ref = ? and v.archived_at is null",
                scene.town(),
                ref);
        return List.of(all.split(" ")).stream()
                .map(value -> open("vaccination", "vaccine", ref, value))
                .toList();
    }

    private String secret(String table, String column, String ref, String condition) throws SQLException {
        return open(
                table,
                column,
                ref,
                scene.text(
                        "select encode(" + column + "_enc, 'hex') from app." + table + " where town_id = ? and "
                                + condition,
                        scene.town()));
    }

    private String open(String table, String column, String ref, String value) {
        return vaults.of(scene.town())
                .decrypt(Secrets.place(table, column, ref), HexFormat.of().parseHex(value));
    }
}
