package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.booking.FamilyPlanning;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A business application that speaks no HTTP: lots and requests pass through the town's drop folder. */
@Tag("container")
@Tag("X6")
@ExtendWith(ArquillianExtension.class)
class FolderIT {

    private static final Path ROOT = Path.of(System.getenv().getOrDefault("PORTAIL_EXCHANGE_DIR", "none"));

    @EJB
    private FamilyPlanning planning;

    @Inject
    private Clock clock;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    private OutgoingScene scene;
    private OutgoingScene.Family family;
    private Puller puller;
    private Path folder;

    @BeforeEach
    void opens() throws Exception {
        scene = new OutgoingScene(planning, clock, owner);
        family = scene.new Family();
        puller = scene.puller();
        folder = Files.createDirectories(ROOT.resolve(scene.code()));
        await(() -> Files.isDirectory(folder.resolve("in/done")) && Files.isDirectory(folder.resolve("out")));
    }

    /** Nobody looks after it any more. */
    @AfterEach
    void closes() throws IOException {
        Files.move(folder, ROOT.resolve("closed-" + UUID.randomUUID()));
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("two minutes of waiting").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private Path out(int sequence) {
        return folder.resolve("out/requests-%08d.zip".formatted(sequence));
    }

    private TestLot facilities(long sequence) {
        return TestLot.full(scene.code(), "reference", sequence)
                .file("facilities.csv", "facility_ref,name,kind", "NEUVE,École neuve,school");
    }

    private void dropIn(TestLot lot, String name) throws IOException {
        Path hidden = Files.write(folder.resolve("in/." + name), lot.zip());
        Files.move(hidden, folder.resolve("in").resolve(name));
    }

    private JsonObject answer(String file) throws IOException {
        return Json.createReader(
                        new StringReader(Files.readString(folder.resolve("in").resolve(file))))
                .readObject();
    }

    @Test
    void requests_lie_in_the_folder_and_are_transmitted_once_their_file_is_gone() throws Exception {
        String ref = family.book(family.cell(scene.decidedThere));
        await(() -> Files.exists(out(1)));

        assertThat(Files.readAllBytes(out(1)))
                .as("what HTTP gives")
                .isEqualTo(puller.pullAfter("0", 500).body());
        assertThat(Puller.Lot.of(Files.readAllBytes(out(1))).column("requests.csv", "request_ref"))
                .containsExactly(ref);
        String later = family.book(family.cell(scene.decidedThere));
        assertThat(out(2)).doesNotExist();
        assertThat(scene.town.texts("select distinct state from request_line where town_id = ?"))
                .containsExactly("SUBMITTED");

        Files.delete(out(1));

        await(() -> Files.exists(out(2)));
        assertThat(Puller.Lot.of(Files.readAllBytes(out(2))).column("requests.csv", "request_ref"))
                .containsExactly(later);
        assertThat(scene.town.texts("select l.state from request_line l join request r on r.town_id = l.town_id"
                        + " and r.id = l.request_id where l.town_id = ? order by r.submitted_at"))
                .containsExactly("TRANSMITTED", "SUBMITTED");
        assertThat(scene.town.texts("select r.ref from request_event e join request r on r.town_id = e.town_id"
                        + " and r.id = e.request_id where e.town_id = ? and e.kind = 'TRANSMITTED'"))
                .containsExactly(ref);
    }

    @Test
    void what_http_acknowledges_is_taken_back_from_the_folder() throws Exception {
        family.book(family.cell(scene.decidedThere));
        await(() -> Files.exists(out(1)));

        assertThat(puller.acknowledge(puller.pull("").nextCursor()).status()).isEqualTo(200);

        await(() -> !Files.exists(out(1)));
        assertThat(scene.town.number("select count(*) from request_event where town_id = ? and kind = 'TRANSMITTED'"))
                .isEqualTo(1);
    }

    @Test
    void a_lot_is_taken_applied_and_put_away_with_the_answer_of_http() throws Exception {
        TestLot lot = facilities(1);
        dropIn(lot, "lot.zip");

        await(() -> Files.exists(folder.resolve("in/done/lot.zip")));

        assertThat(answer("done/lot.zip.json").getString("lotId"))
                .isEqualTo(lot.id().toString());
        await(() -> answer("done/lot.zip.json").getString("state").equals("APPLIED"));
        assertThat(scene.town.texts("select name from facility where town_id = ? and ref = 'NEUVE'"))
                .containsExactly("École neuve");
        assertThat(folder.resolve("in/lot.zip")).doesNotExist();
    }

    @Test
    void rejected_rows_lie_beside_the_lot() throws Exception {
        dropIn(
                facilities(1)
                        .file("classes.csv", "class_ref,facility_ref,school_year,name", "C1,NULLE-PART,2026-2027,CP"),
                "lot.zip");

        await(() -> Files.exists(folder.resolve("in/done/lot.zip.rejects.csv")));

        assertThat(folder.resolve("in/done/lot.zip.rejects.csv"))
                .content()
                .contains("classes.csv", "UNKNOWN_REFERENCE", "NULLE-PART");
        assertThat(answer("done/lot.zip.json").getJsonObject("rows").getInt("rejected"))
                .isEqualTo(1);
    }

    @Test
    void the_same_lot_again_is_put_away_and_not_applied_again() throws Exception {
        TestLot lot = facilities(1);
        dropIn(lot, "lot.zip");
        await(() -> Files.exists(folder.resolve("in/done/lot.zip")));
        dropIn(lot, "lot.zip");

        await(() -> Files.exists(folder.resolve("in/done/lot-2.zip")));

        assertThat(answer("done/lot-2.zip.json").getString("lotId"))
                .isEqualTo(lot.id().toString());
        await(() -> puller.get("/" + lot.id()).json().getString("state").equals("APPLIED"));
        assertThat(scene.town.number("select count(*) from lot where town_id = ?"))
                .isEqualTo(1);
    }

    @Test
    void a_refused_lot_is_put_away_with_the_code_of_http() throws Exception {
        TestLot lot = facilities(1).manifest(manifest -> manifest.replace("\"full\"", "\"half\""));
        dropIn(lot, "lot.zip");
        dropIn(TestLot.full("autre-ville", "reference", 1).file("facilities.csv", "facility_ref", "X"), "strange.zip");

        await(() -> Files.exists(folder.resolve("in/refused/lot.zip"))
                && Files.exists(folder.resolve("in/refused/strange.zip")));

        assertThat(answer("refused/lot.zip.json")).isEqualTo(puller.sendLot(lot).json());
        assertThat(answer("refused/lot.zip.json").getString("code")).isEqualTo("BAD_MANIFEST");
        assertThat(answer("refused/strange.zip.json").getString("code")).isEqualTo("BAD_MANIFEST");
        assertThat(scene.town.number("select count(*) from lot where town_id = ?"))
                .isZero();
    }
}
