package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.AgentVisit;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Project;
import fr.portailfamille.launcher.TestClock;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.chaos.FamilyRequests;
import fr.portailfamille.launcher.chaos.LiveTables;
import fr.portailfamille.launcher.chaos.StilledWaiting;
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
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lots of every flow come late, twice, out of order and partly bad, some are only tried, and of those that the guard holds an
 * agent confirms one and gives up the next: what stands at the end depends on nothing but the lots that were applied, in their
 * order, and no row goes missing without a word. Families ask before anything is decided.
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
    private static final int FURTHER_LOTS = 20;
    private static final int HELD_LOTS = 2;
    private static final int DRY_RUNS = 4;

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

    /** What tells of each run, dry runs and held ones too; of those that were applied it is looked at by itself. */
    private static final Set<String> OF_RUNS =
            Set.of("processing_run", "processing_file", "rejected_row", "lot_decision");

    /** Flows whose full lots speak of all that there is, and whose tables families do not change. */
    private static final Set<String> WHOLE_FILES = Set.of("reference", "individuals", "registrations");

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
        Random random = new Random(seed);
        List<Lot> sent = sent(lots, random);
        Set<Integer> tries = random.ints(WHOLE_TOWN, sent.size())
                .distinct()
                .limit(DRY_RUNS)
                .boxed()
                .collect(Collectors.toSet());
        for (Lot lot : sent.subList(0, WHOLE_TOWN)) {
            assertThat(send(disorderly, lot)).as("%s of seed %d", lot, seed).isEqualTo(202);
            assertThat(awaitEnd(disorderly, lot)).as("%s of seed %d", lot, seed).isEqualTo("APPLIED");
        }
        ask(disorderly);
        for (int i = WHOLE_TOWN; i < sent.size(); i++) {
            Lot lot = sent.get(i);
            if (tries.contains(i)) {
                Lot tried = lots.get(random.nextInt(lots.size()));
                assertThat(instance.api()
                                .sendLot(disorderly, tried.path(), true)
                                .status())
                        .as("dry run of %s of seed %d", tried, seed)
                        .isEqualTo(202);
            }
            // 409: a full lot that came before has used up this sequence.
            assertThat(send(disorderly, lot)).as("%s of seed %d", lot, seed).isIn(202, 200, 409);
        }
        Agent agent = new Agent(disorderly, random.nextBoolean());
        for (Lot lot : lots) {
            assertThat(awaitEnd(disorderly, lot, agent))
                    .as("%s of seed %d", lot, seed)
                    .isIn("APPLIED", "SUPERSEDED", "CANCELLED", "not taken");
        }
        awaitDryRuns(disorderly);
        assertThat(agent.decided).as("lots that were held, of seed %d", seed).isPositive();

        String orderly = "ordre-" + seed;
        Map<String, Lot> again = new TreeMap<>();
        open(orderly, seed).forEach(lot -> again.put(lot.toString(), lot));
        List<String> applied = ended(disorderly, lots, "APPLIED");
        List<Lot> givenUp = new ArrayList<>(
                ended(disorderly, lots, "CANCELLED").stream().map(again::get).toList());
        for (String name : applied) {
            Lot lot = again.get(name);
            // Their sequences are used up when that of the lot that follows them is applied.
            giveUp(orderly, givenUp, other -> other.flow().equals(lot.flow()) && other.sequence() < lot.sequence());
            assertThat(endOf(orderly, lot, true)).as("%s of seed %d", lot, seed).isEqualTo("APPLIED");
            if (name.equals(applied.get(WHOLE_TOWN - 1))) {
                ask(orderly);
            }
        }
        giveUp(orderly, givenUp, other -> true);

        Map<String, String> tables = tables(disorderly);
        assertThat(tables).as("seed %d", seed).isEqualTo(tables(orderly));
        for (String table : FED) {
            assertThat(tables.get(table)).as("%s of seed %d", table, seed).doesNotStartWith("0 rows");
        }
        assertThat(told(disorderly)).as("seed %d", seed).isNotEmpty().isEqualTo(told(orderly));
        assertThat(wronglyCounted(disorderly)).as("seed %d", seed).isEmpty();
        standAsTheFilesSay(disorderly, lots, applied);
    }

    /** No row has vanished: by the files alone, without a line of the code that has merged them. */
    private static void standAsTheFilesSay(String town, List<Lot> lots, List<String> applied) throws SQLException {
        Vendor vendor = Vendor.of(town);
        AppliedRows expected = new AppliedRows();
        for (String name : applied) {
            for (Lot lot : lots) {
                if (lot.toString().equals(name) && WHOLE_FILES.contains(lot.flow())) {
                    expected.apply(vendor, SharedLots.lot(lot.path()));
                }
            }
        }
        expected.stand(vendor);
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
        try (Connection owner = instance.connectAsOwner()) {
            StilledWaiting.begin(owner, town);
        }
        return LotSeries.drawWithHeld(town, DAY, seed, FURTHER_LOTS, HELD_LOTS, FOLDER.resolve(town));
    }

    /** Looks at what the guard holds: confirms it, and gives up the next, or the other way round. */
    private final class Agent {

        private final String town;
        private boolean confirms;
        private int decided;

        Agent(String town, boolean confirms) {
            this.town = town;
            this.confirms = confirms;
        }

        void decide(UUID held) {
            AgentVisit visit = AgentVisit.of(instance, town, "agent@" + town + ".example");
            if (confirms) {
                visit.confirmHeldLot();
            } else {
                visit.cancelHeldLot();
            }
            assertThat(state(town, held)).as(held.toString()).isNotEqualTo("GUARD");
            confirms = !confirms;
            decided++;
        }
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
        String state = state(town, lot);
        for (long end = end(); UNDER_WAY.contains(state) && System.nanoTime() < end; state = state(town, lot)) {
            Waiting.aMoment();
        }
        return state;
    }

    /** Where the lot is held, or waits for one that is, an agent decides. */
    private String awaitEnd(String town, Lot lot, Agent agent) throws SQLException {
        String state = state(town, lot);
        for (long end = end();
                (UNDER_WAY.contains(state) || state.equals("GUARD")) && System.nanoTime() < end;
                state = state(town, lot)) {
            for (String held : texts(
                    "select lot_id::text from app.lot where town_id = (select id from app.town where code = ?)"
                            + " and state = 'GUARD' and not dry_run order by id limit 1",
                    town)) {
                agent.decide(UUID.fromString(held));
            }
            Waiting.aMoment();
        }
        return state;
    }

    private void giveUp(String town, List<Lot> givenUp, Predicate<Lot> now) throws SQLException {
        for (Lot lot : List.copyOf(givenUp)) {
            if (now.test(lot)) {
                assertThat(endOf(town, lot, false)).as(lot.toString()).isEqualTo("CANCELLED");
                givenUp.remove(lot);
            }
        }
    }

    /** Alone; an agent decides where the guard holds it. */
    private String endOf(String town, Lot lot, boolean confirmed) throws SQLException {
        assertThat(send(town, lot)).as(lot.toString()).isEqualTo(202);
        return awaitEnd(town, lot, new Agent(town, confirmed));
    }

    private void awaitDryRuns(String town) throws SQLException {
        String query = "select lot_id::text from app.lot where town_id = (select id from app.town where code = ?)"
                + " and dry_run and state in ('RECEIVED', 'WAITING', 'RUNNING')";
        for (long end = end(); !texts(query, town).isEmpty() && System.nanoTime() < end; ) {
            Waiting.aMoment();
        }
        assertThat(texts(query, town)).as("dry runs under way").isEmpty();
    }

    private String state(String town, Lot lot) {
        return state(town, lot.lotId());
    }

    private String state(String town, UUID lot) {
        PortalApi.Answer answer = instance.api().get(town, "/exchange/v1/" + town + "/lots/" + lot);
        return answer.status() == 404 ? "not taken" : answer.json().getString("state");
    }

    private static long end() {
        return System.nanoTime() + Duration.ofMinutes(3).toNanos();
    }

    // ---- the database --------------------------------------------------------------------------------------------

    /** Lots of which a run ended so, in the order of their latest runs. */
    private List<String> ended(String town, List<Lot> lots, String state) throws SQLException {
        Map<String, String> names = new TreeMap<>();
        lots.forEach(lot -> names.put(lot.lotId().toString(), lot.toString()));
        return texts(
                        "select l.lot_id::text from app.processing_run r join app.lot l on (l.town_id, l.run_id) = (r.town_id, r.id)"
                                + " where r.town_id = (select id from app.town where code = ?) and l.state = '"
                                + state + "' and not l.dry_run order by r.id",
                        town)
                .stream()
                .map(names::get)
                .toList();
    }

    /** What the runs that were applied say of their files and of each row in them that was not as it should be. */
    private List<String> told(String town) throws SQLException {
        return texts("""
                select concat_ws(' ', l.flow, l.sequence, to_jsonb(f) - 'town_id' - 'run_id' - 'columns',
                                 w.line, w.column_name, w.code, w.severity, w.detail, w.value_enc is null)
                  from app.lot l
                  join app.processing_file f on (f.town_id, f.run_id) = (l.town_id, l.run_id)
                  left join app.rejected_row w on (w.town_id, w.run_id, w.file) = (f.town_id, f.run_id, f.file)
                 where l.town_id = (select id from app.town where code = ?) and l.state = 'APPLIED' and not l.dry_run
                 order by 1
                """, town);
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
            StilledWaiting.end(owner, town, TestClock::now);
            Map<String, String> tables = LiveTables.of(owner, town);
            tables.keySet().removeAll(OF_RUNS);
            return tables;
        }
    }
}
