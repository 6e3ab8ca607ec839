package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Project;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.chaos.FamilyRequests;
import fr.portailfamille.launcher.chaos.LiveTables;
import fr.portailfamille.launcher.lot.LotSeries;
import fr.portailfamille.launcher.lot.LotSeries.Lot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lots of every flow come late, twice, out of order and partly bad: what stands at the end depends on nothing but the lots
 * that were applied, in their order, and no row goes missing without a word. Families ask before anything is decided.
 * {@code -Dportail.seed=…} draws the same lots again.
 */
@Tag("container")
@Tag("X1")
@Tag("X2")
@Tag("X3")
@Tag("X4")
@Tag("X5")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LotSequencesIT {

    private static final long SEED = Long.getLong("portail.seed", System.nanoTime() % 1_000_000);
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final int FURTHER_LOTS = 24;

    /** Lots that make a town in which families can ask for something. */
    private static final int WHOLE_TOWN = 4;

    /** Tables that bear witness that a flow took part. */
    private static final List<String> FED = List.of(
            "family",
            "registration",
            "booking",
            "decision",
            "request_message",
            "invoice",
            "payment",
            "stored_document");

    private static final Set<String> UNDER_WAY = Set.of("RECEIVED", "WAITING", "RUNNING");
    private static final Path FOLDER = Project.root().resolve("ear/target/lot-sequences");

    private final Instance instance = Instance.in(Path.of(System.getProperty("portail.instance")))
            .portsOfLastStart()
            .build();

    static LongStream seeds() {
        return LongStream.of(SEED, SEED + 1, SEED + 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_end_depends_on_what_was_applied_and_in_which_order(long seed) throws Exception {
        String disorderly = "desordre-" + seed;
        List<Lot> lots = open(disorderly, seed);
        List<Lot> sent = sent(lots, new Random(seed));
        for (Lot lot : sent.subList(0, WHOLE_TOWN)) {
            assertThat(send(disorderly, lot)).as("%s of seed %d", lot, seed).isEqualTo(202);
            assertThat(awaitEnd(disorderly, lot)).as("%s of seed %d", lot, seed).isEqualTo("APPLIED");
        }
        ask(disorderly);
        for (Lot lot : sent.subList(WHOLE_TOWN, sent.size())) {
            // 409: a full lot that came before has used up this sequence.
            assertThat(send(disorderly, lot)).as("%s of seed %d", lot, seed).isIn(202, 200, 409);
        }
        for (Lot lot : lots) {
            assertThat(awaitEnd(disorderly, lot))
                    .as("%s of seed %d", lot, seed)
                    .isIn("APPLIED", "SUPERSEDED", "not taken");
        }

        String orderly = "ordre-" + seed;
        Map<String, Lot> again = new TreeMap<>();
        open(orderly, seed).forEach(lot -> again.put(lot.toString(), lot));
        List<String> applied = applied(disorderly, lots);
        for (String name : applied) {
            Lot lot = again.get(name);
            assertThat(send(orderly, lot)).as("%s of seed %d", lot, seed).isEqualTo(202);
            assertThat(awaitEnd(orderly, lot)).as("%s of seed %d", lot, seed).isEqualTo("APPLIED");
            if (name.equals(applied.get(WHOLE_TOWN - 1))) {
                ask(orderly);
            }
        }

        Map<String, String> tables = tables(disorderly);
        assertThat(tables).as("seed %d", seed).isEqualTo(tables(orderly));
        for (String table : FED) {
            assertThat(tables.get(table)).as("%s of seed %d", table, seed).doesNotStartWith("0 rows");
        }
        assertThat(wronglyCounted(disorderly)).as("seed %d", seed).isEmpty();
    }

    /** The whole town first; then the others late, early and more than once. */
    private static List<Lot> sent(List<Lot> lots, Random random) {
        List<Lot> later = new ArrayList<>(lots.subList(WHOLE_TOWN, lots.size()));
        for (int i = random.nextInt(later.size()); i > 0; i--) {
            later.add(lots.get(random.nextInt(lots.size())));
        }
        // Neighbours change places: all over the place, nearly every delta would come after a full lot that replaces
        // it.
        for (int i = 0; i + 3 < later.size(); i += 3) {
            Collections.shuffle(later.subList(i, i + 4), random);
        }
        List<Lot> all = new ArrayList<>(lots.subList(0, WHOLE_TOWN));
        all.addAll(later);
        return all;
    }

    private List<Lot> open(String town, long seed) throws Exception {
        PortalApi.Answer opened = instance.api().openTown(town, town, "agent@" + town + ".example");
        assertThat(opened.ok()).as(opened.body()).isTrue();
        return LotSeries.drawEveryFlow(town, DAY, seed, FURTHER_LOTS, 0, FOLDER.resolve(town))
                .lots();
    }

    private void ask(String town) throws SQLException {
        try (Connection owner = instance.connectAsOwner()) {
            FamilyRequests.transmitted(owner, town, DAY);
        }
    }

    private int send(String town, Lot lot) {
        return instance.api().sendLot(town, lot.path(), false).status();
    }

    private String awaitEnd(String town, Lot lot) {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        String path = "/exchange/v1/" + town + "/lots/" + lot.lotId();
        PortalApi.Answer answer = instance.api().get(town, path);
        while (UNDER_WAY.contains(answer.json().getString("state", "")) && System.nanoTime() < end) {
            Waiting.aMoment();
            answer = instance.api().get(town, path);
        }
        return answer.status() == 404 ? "not taken" : answer.json().getString("state");
    }

    // ---- the database --------------------------------------------------------------------------------------------

    private List<String> applied(String town, List<Lot> lots) throws SQLException {
        Map<String, String> names = new TreeMap<>();
        lots.forEach(lot -> names.put(lot.lotId().toString(), lot.toString()));
        return texts(
                        "select l.lot_id::text from app.processing_run r join app.lot l on (l.town_id, l.id) = (r.town_id, r.lot_id)"
                                + " where r.town_id = (select id from app.town where code = ?) and l.state = 'APPLIED' order by r.id",
                        town)
                .stream()
                .map(names::get)
                .toList();
    }

    /** Files whose rows are not each counted once, or of whose rejected rows some are not listed. */
    private List<String> wronglyCounted(String town) throws SQLException {
        return texts("""
                select concat_ws(' ', f.run_id, f.file, f.received, f.created, f.changed, f.unchanged, f.rejected, count(distinct w.line))
                  from app.processing_file f
                  left join app.rejected_row w on w.town_id = f.town_id and w.run_id = f.run_id and w.file = f.file
                       and w.severity = 'REJECT'
                 where f.town_id = (select id from app.town where code = ?)
                 group by f.town_id, f.run_id, f.file
                having f.received <> f.created + f.changed + f.unchanged + f.rejected or f.rejected <> count(distinct w.line)
                """, town);
    }

    private List<String> texts(String sql, String town) throws SQLException {
        try (Connection owner = instance.connectAsOwner();
                PreparedStatement statement = owner.prepareStatement(sql)) {
            statement.setString(1, town);
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    private Map<String, String> tables(String town) throws SQLException {
        try (Connection owner = instance.connectAsOwner()) {
            Map<String, String> tables = LiveTables.of(owner, town);
            // A lot that was never applied, because a later full one came first, has its line there too.
            tables.remove("processing_run");
            return tables;
        }
    }
}
