package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.container.TestCaller;
import fr.portailfamille.exchange.format.RefusedException;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rejected rows are given out as they came, and come back corrected as a lot that is in nobody's way. */
@Tag("container")
@Tag("B7")
@Tag("X7")
@ExtendWith(ArquillianExtension.class)
class CorrectionIT {

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    private static final String NAME = "individuals-a-corriger-1.csv";

    @Inject
    private CorrectionDesk corrections;

    @Inject
    private ProcessingRuns runs;

    /** Three rows of five are rejected; the flow goes on to sequence 2. */
    private static TestLot partlyBad(LotScene scene) throws Exception {
        TestLot lot = TestLot.full(scene.code(), "individuals", 1)
                .file(
                        "individuals.csv",
                        "individual_ref,first_name,last_name,birth_date,phone,local",
                        "I1,Ève,ROUSSEL,2019-05-03,+33 1 23,x",
                        "I2,  Adam ,,2019-05-03,+33 1 24,\"a;b\"",
                        "I3,Inès,ROUX,03/05/2019,,=1+1",
                        "I4,Paul,ROUX,2019-05-03,,",
                        "I5,Zoé,ROUX");
        scene.send(lot, "APPLIED");
        return lot;
    }

    private String rejected(TestCaller agent, long run) throws Exception {
        StringWriter text = new StringWriter();
        assertThat(agent.call(() -> corrections.writeRejected(run, "individuals.csv", text)))
                .isTrue();
        return text.toString();
    }

    private Receipt sendBack(TestCaller agent, String name, String csv, Long run, boolean dryRun) throws Exception {
        return sendBack(agent, name, csv.getBytes(StandardCharsets.UTF_8), run, dryRun);
    }

    private Receipt sendBack(TestCaller agent, String name, byte[] csv, Long run, boolean dryRun) throws Exception {
        Path file = Files.createTempFile("correction", ".csv");
        try {
            Files.write(file, csv);
            return agent.call(() -> corrections.receive(file, name, run, dryRun));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void rejected_rows_are_given_out_as_they_came_with_their_reasons() throws Exception {
        LotScene scene = LotScene.open(owner);
        long run = scene.run(partlyBad(scene));

        String[] lines = rejected(scene.claire(), run).split("\r?\n");

        assertThat(lines).hasSize(4);
        assertThat(lines[0]).isEqualTo("individual_ref;first_name;last_name;birth_date;phone;local;rejection_reason");
        assertThat(lines[1])
                .startsWith("I2;  Adam ;;2019-05-03;+33 1 24;\"a;b\";")
                .contains("La colonne last_name est obligatoire");
        assertThat(lines[2]).startsWith("I3;Inès;ROUX;03/05/2019;;'=1+1;").contains("Date illisible");
        assertThat(lines[3]).startsWith("I5;Zoé;ROUX;;;;").contains("pas autant de cellules");
        assertThat(scene.claire()
                        .call(() -> runs.detail(run))
                        .orElseThrow()
                        .lot()
                        .decisions())
                .as("who took personal data is kept")
                .extracting(LotDecision::kind)
                .containsExactly(LotDecision.Kind.CORRECTIONS_READ);
    }

    @Test
    void corrected_rows_are_applied_without_using_a_sequence() throws Exception {
        LotScene scene = LotScene.open(owner);
        long run = scene.run(partlyBad(scene));
        TestLot gap = scene.renamed(3, "Trois");
        scene.send(gap, "WAITING");
        String csv = rejected(scene.claire(), run)
                .replace("I2;  Adam ;;", "I2;  Adam ;PETIT;")
                .replace("03/05/2019", "2019-05-03");

        Receipt receipt = sendBack(scene.claire(), NAME, "\uFEFF" + csv, run, false);
        scene.await(receipt.status().lotId(), "APPLIED", 0);

        assertThat(scene.text(
                        "select string_agg(ref || ' ' || last_name, ', ' order by ref) from app.individual where town_id = ?",
                        scene.town()))
                .isEqualTo("I1 ROUSSEL, I2 PETIT, I3 ROUX, I4 ROUX, I5 ROUX");
        assertThat(scene.text("select phone from app.individual where town_id = ? and ref = 'I2'", scene.town()))
                .isEqualTo("+33 1 24");
        assertThat(scene.state(gap)).as("a correction fills no gap").isEqualTo("WAITING");
        assertThat(scene.number("select last_sequence from app.flow_state where town_id = ?", scene.town()))
                .isEqualTo(1);
        scene.send(scene.renamed(2, "Deux"), "APPLIED");
        scene.await(gap, "APPLIED");
        long corrected = scene.run(receipt.status().lotId());
        RunLot lot =
                scene.claire().call(() -> runs.detail(corrected)).orElseThrow().lot();
        assertThat(lot.sequence()).isNull();
        assertThat(lot.sender()).isEqualTo(LotSender.AGENT);
        assertThat(lot.senderName()).isEqualTo("Claire MARTIN");
        assertThat(scene.number(
                        "select warnings from app.processing_run where town_id = ? and id = ?",
                        scene.town(),
                        corrected))
                .as("of the vendor's own column only, none of the reasons' column")
                .isEqualTo(1);
    }

    /** What a lot sends of an invoice's lines is all there is of them; what an agent sends back is what was wrong. */
    @Test
    void a_corrected_line_of_an_invoice_comes_beside_its_others() throws Exception {
        LotScene scene = LotScene.open(owner);
        scene.send(
                TestLot.full(scene.code(), "reference", 1)
                        .file("regies.csv", "regie_ref,name,issuer", "RC,Régie des cantines,400"),
                "APPLIED");
        scene.send(
                TestLot.full(scene.code(), "individuals", 1)
                        .file("families.csv", "family_ref,account_code,name", "F1,CO-0000000001,ROUSSEL"),
                "APPLIED");
        TestLot bills = TestLot.full(scene.code(), "billing", 1)
                .file(
                        "invoices.csv",
                        "invoice_ref,number,family_ref,regie_ref,context,issued_on,due_on,amount,remaining,payable_online,status",
                        "FA1,N-1,F1,RC,Restauration,2026-11-05,2026-12-31,37.00,37.00,0,issued")
                .file(
                        "invoice_lines.csv",
                        "invoice_ref,line,label,amount",
                        "FA1,1,Restauration,20.00",
                        "FA1,2,Accueil,douze",
                        "FA1,3,Goûter,5.00");
        scene.send(bills, "APPLIED");
        long run = scene.run(bills);
        StringWriter rejected = new StringWriter();
        assertThat(scene.claire().call(() -> corrections.writeRejected(run, "invoice_lines.csv", rejected)))
                .isTrue();
        assertThat(rejected.toString()).contains("FA1;2;Accueil;douze;").doesNotContain("Goûter");

        Receipt receipt = sendBack(
                scene.claire(),
                "invoice_lines-a-corriger-1.csv",
                rejected.toString().replace(";douze;", ";12.00;"),
                run,
                false);
        scene.await(receipt.status().lotId(), "APPLIED", 0);

        assertThat(scene.text(
                        "select string_agg(l.line_no || ' ' || l.amount, ', ' order by l.line_no) from app.invoice_line l"
                                + " where l.town_id = ? and l.archived_at is null",
                        scene.town()))
                .isEqualTo("1 2000, 2 1200, 3 500");
    }

    @Test
    void a_correction_waits_for_lots_of_upstream_flows_like_any_other() throws Exception {
        LotScene scene = LotScene.open(owner);
        partlyBad(scene);
        TestLot reference = TestLot.delta(scene.code(), "reference", 4)
                .file("facilities.csv", "facility_ref,name,kind", "E1,École,school");
        scene.send(reference, "WAITING");
        Receipt behind = sendBack(
                scene.claire(), "individuals.csv", "individual_ref,first_name,last_name\nI9,Ève,NEUF\n", null, false);
        scene.await(behind.status().lotId(), "WAITING", 0);

        scene.update(
                "update app.lot set state = 'CANCELLED' where town_id = ? and lot_id = ?",
                scene.town(),
                reference.id());
        // Any lot that comes lets those that wait be looked at again.
        scene.send(scene.people(12, 1));

        scene.await(behind.status().lotId(), "APPLIED", 0);
        assertThat(scene.number("select count(*) from app.individual where town_id = ? and ref = 'I9'", scene.town()))
                .isEqualTo(1);
    }

    @Test
    void a_simulated_correction_changes_nothing() throws Exception {
        LotScene scene = LotScene.open(owner);
        long run = scene.run(partlyBad(scene));
        Receipt receipt =
                sendBack(scene.claire(), NAME, "individual_ref;first_name;last_name\nI2;Adam;PETIT\n", run, true);
        scene.await(receipt.status().lotId(), "APPLIED", 0);
        assertThat(scene.number("select count(*) from app.individual where town_id = ? and ref = 'I2'", scene.town()))
                .isZero();
    }

    @Test
    void a_file_that_is_no_correction_is_refused_with_a_code() throws Exception {
        LotScene scene = LotScene.open(owner);
        partlyBad(scene);
        TestCaller claire = scene.claire();
        refused("UNKNOWN_FILE", () -> sendBack(claire, "Classeur1.csv", "a;b\n1;2\n", null, false));
        refused("UNKNOWN_FILE", () -> sendBack(claire, "individualsx.csv", "a;b\n1;2\n", null, false));
        refused("NO_ROWS", () -> sendBack(claire, NAME, "individual_ref;first_name;last_name\n", null, false));
        refused("MISSING_COLUMN", () -> sendBack(claire, NAME, "individual_ref;first_name\nI2;Adam\n", null, false));
        refused(
                "BAD_ENCODING",
                () -> sendBack(
                        claire,
                        NAME,
                        "individual_ref;first_name;last_name\nI2;Inès;ROUX\n".getBytes(StandardCharsets.ISO_8859_1),
                        null,
                        false));
        assertThat(scene.number("select count(*) from app.lot where town_id = ? and correction", scene.town()))
                .isZero();
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void what_was_erased_or_is_another_towns_is_not_given_out() throws Exception {
        LotScene scene = LotScene.open(owner);
        LotScene other = LotScene.open(owner);
        long run = scene.run(partlyBad(scene));
        StringWriter text = new StringWriter();
        assertThat(other.claire().call(() -> corrections.writeRejected(run, "individuals.csv", text)))
                .isFalse();
        scene.update("update app.lot set erased_at = now() where town_id = ?", scene.town());
        assertThat(scene.claire().call(() -> corrections.writeRejected(run, "individuals.csv", text)))
                .isFalse();
        assertThat(text.toString()).isEmpty();
    }
}
