package fr.portailfamille.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.PortalClock;
import fr.portailfamille.common.TownGate;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.notice.DigestDraw.Event;
import fr.portailfamille.notice.DigestDraw.Taken;
import fr.portailfamille.notice.DigestDraw.Turn;
import fr.portailfamille.notice.digest.DigestDesk;
import fr.portailfamille.request.RecordedAt;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Plays what {@link DigestDraw} draws against the database, behind the wall, with the clock set at each turn. The server's
 * own schedule looks at the town meanwhile, whenever it likes: one node more.
 */
@Tag("container")
@Tag("P11")
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class DigestPropertyIT {

    /** {@code PORTAIL_TEST_SEED=…} in the environment draws the same again, as far as threads allow. */
    private static final long SEED =
            Long.parseLong(System.getenv().getOrDefault("PORTAIL_TEST_SEED", "" + System.nanoTime() % 1_000_000));

    private static final int DECISIONS = 100_000;
    private static final int ACCOUNTS = 40;
    private static final int LINES = 25;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Resource(lookup = "java:jboss/ee/concurrency/factory/default")
    private ManagedThreadFactory threads;

    @EJB
    private TownGate gate;

    @EJB
    private DigestDesk desk;

    @Inject
    private TownVaults vaults;

    @Inject
    private PortalClock portalClock;

    private final DigestDraw draw = new DigestDraw(SEED, DECISIONS);
    private NoticeTown town;
    private int recorded;

    @BeforeEach
    void openTown() throws SQLException {
        System.out.println("Digests of seed " + SEED);
        town = new NoticeTown(owner, vaults);
        for (int i = 1; i <= ACCOUNTS; i++) {
            String email = "parent" + i + "@avis.invalid";
            // Their notices are written and kept like all others, and leave the mail server alone.
            town.guardian(town.account(email), email, false);
        }
        town.requests(DECISIONS / LINES, LINES);
    }

    @AfterEach
    void setClockRight() throws SQLException {
        town.run("update town set digest_hours = '{}' where id = ?");
        portalClock.reset();
    }

    @Test
    void each_of_a_hundred_thousand_decisions_is_told_in_exactly_one_digest() throws Exception {
        for (Event event : draw.events()) {
            play(event);
        }
        tellWhatIsLeft();

        assertThat(draw.events()).extracting(Event::turn).contains(Turn.values());
        assertThat(recorded).isEqualTo(DECISIONS);
        town.analyze("decision", "digest_window", "notice");
        ToldDecisions told = new ToldDecisions(town, vaults, "seed " + SEED);
        told.eachIsReadInOneNotice(DECISIONS);
        told.windowsFollowOneAnother();
        told.windowsCountWhatTheyTold(DECISIONS);
        told.eachIsRecordedAtItsInstantOrRightAfterAWindow(
                draw.decisions().stream().map(Taken::meant).toList());
    }

    private void play(Event event) throws Exception {
        List<Taken> due = dueUntil(event.at());
        if (event.turn() != Turn.MISSED) {
            portalClock.startAt(event.at());
        }
        switch (event.turn()) {
            case WHILE_OTHERS_BEGIN_TO_RECORD -> closeAndTellWhileOthersBegin(due);
            case WHILE_OTHERS_RECORD -> closeAndTellInVain(due);
            default -> {
                record(due);
                turn(event);
            }
        }
        if (event.turn().closes()) {
            assertThat(closedUntil()).as("%s of seed %d", event, SEED).isAfterOrEqualTo(event.end());
        }
    }

    private void turn(Event event) throws Exception {
        switch (event.turn()) {
            case IN_TIME -> closeAndTell();
            case TWICE -> {
                closeAndTell();
                closeAndTell();
            }
            case ON_TWO_NODES -> closeAndTellOnTwoNodes();
            case CLOSED_AND_NOT_TOLD -> gate.inTown(town.id(), desk::due);
            case BY_THE_OPERATOR -> {
                gate.inTown(town.id(), desk::closeNow);
                gate.inTown(town.id(), desk::untold).forEach(this::tell);
            }
            case OTHER_HOURS -> town.run("update town set digest_hours = '{" + event.hours() + "}' where id = ?");
            default -> assertThat(event.turn()).isEqualTo(Turn.MISSED);
        }
    }

    private List<Taken> dueUntil(Instant at) {
        int end = recorded;
        while (end < DECISIONS && !draw.decisions().get(end).comes().isAfter(at)) {
            end++;
        }
        return draw.decisions().subList(recorded, end);
    }

    /** As imports do: a set in one statement, by the role that row-level security binds. */
    private void record(List<Taken> set) throws Exception {
        town.behindTheWall(portal, connection -> record(connection, set));
    }

    private void record(Connection connection, List<Taken> set) throws SQLException {
        // The nth decision is about its own line, so that a digest that tells it can be found: see NoticeTown.requests.
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into decision (town_id, id, account_id, request_id, line, outcome, reason, recorded_at)
                select r.town_id, nextval('decision_seq'), r.account_id, r.id, l.line, 'ACCEPTED', d.n::text,\s""" + RecordedAt.sql("d.meant") + """
                  from unnest(?::timestamptz[]) with ordinality as s (meant, place)
                 cross join lateral (select s.meant, ? + s.place - 1 as n) d
                 cross join lateral (select d.n % ? + 1 + d.n / ? * ? as request, d.n % ? / ? + 1 as line) l
                  join request r on r.town_id = ? and r.id = l.request""")) {
            int block = ACCOUNTS * LINES;
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "text", set.stream().map(Taken::meant).toArray()));
            int place = 2;
            for (int value : List.of(recorded, ACCOUNTS, block, ACCOUNTS, block, ACCOUNTS, town.id())) {
                insert.setInt(place++, value);
            }
            assertThat(insert.executeUpdate()).isEqualTo(set.size());
        }
        recorded += set.size();
    }

    /** As a node does when it looks at its towns. */
    private void closeAndTell() {
        gate.inTown(town.id(), desk::due).forEach(this::tell);
    }

    private void tell(Instant windowEnd) {
        gate.inTown(town.id(), () -> desk.tell(windowEnd));
    }

    /** Both ask what is due at once, and both begin to tell at once. */
    private void closeAndTellOnTwoNodes() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Callable<Void> node = () -> {
            meet(both);
            List<Instant> due = gate.inTown(town.id(), desk::due);
            meet(both);
            due.forEach(this::tell);
            return null;
        };
        Future<Void> second = aside(node);
        node.call();
        second.get();
    }

    private void closeAndTellWhileOthersBegin(List<Taken> set) throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Future<Void> others = aside(() -> {
            meet(both);
            record(set);
            return null;
        });
        meet(both);
        closeAndTell();
        others.get();
    }

    private void closeAndTellInVain(List<Taken> set) throws Exception {
        town.behindTheWall(portal, connection -> {
            record(connection, set);
            Instant before = closedUntil();
            aside(() -> {
                        closeAndTell();
                        return null;
                    })
                    .get();
            if (!set.isEmpty()) {
                assertThat(closedUntil())
                        .as("closed while somebody records, seed %d", SEED)
                        .isEqualTo(before);
            }
        });
    }

    private void tellWhatIsLeft() throws Exception {
        record(draw.decisions().subList(recorded, DECISIONS));
        portalClock.startAt(draw.decisions().get(DECISIONS - 1).comes().plus(Duration.ofDays(1)));
        closeAndTell();
        assertThat(gate.inTown(town.id(), desk::closeNow)).isPresent();
        closeAndTell();
    }

    private <T> Future<T> aside(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        threads.newThread(task).start();
        return task;
    }

    /** Fails, instead of waiting for somebody who has failed. */
    private static void meet(CyclicBarrier barrier) throws Exception {
        barrier.await(30, TimeUnit.SECONDS);
    }

    private Instant closedUntil() throws SQLException {
        TreeSet<Instant> ends = town.windowEnds();
        return ends.isEmpty() ? Instant.MIN : ends.last();
    }
}
