package fr.portailfamille.notice;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.Project;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.mail.MailSink;
import fr.portailfamille.launcher.mail.UntoldDecisions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Two servers over one database at 13:00: both find that a window has ended, both start the job, and both send. On an
 * instance of its own, because there are two of them and their clocks stand at a lunch time.
 */
@Tag("container")
@Tag("P11")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class TwoNodesIT {

    private static final Path FOLDER = Project.root().resolve("ear/target/two-nodes");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** 13:00 in Paris, on a Wednesday. */
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private static final int TOWNS = 3;

    private static final int FAMILIES = 20;
    private static final int DAYS = 5;

    private final Ports ports = Ports.free();
    private final MailSink sink = new MailSink();
    private final List<UntoldDecisions> towns = new ArrayList<>();
    private Instance first;
    private Instance second;

    @BeforeAll
    void starts() {
        if (Files.exists(FOLDER)) {
            Instance.in(FOLDER).portsOfLastStart().build().discard();
        }
        long began = System.nanoTime();
        first = server().testClock(NOON.minusSeconds(90)).build();
        first.start();
        second = Instance.in(FOLDER)
                .ports(ports.withServerOf(Ports.free()))
                .node("second")
                .heap("512m")
                .mailServer("127.0.0.1", sink.port())
                .testClock(NOON.minusSeconds(90).plusNanos(System.nanoTime() - began))
                .build();
        second.startServer();
    }

    private Instance.Builder server() {
        return Instance.in(FOLDER).ports(ports).heap("512m").mailServer("127.0.0.1", sink.port());
    }

    @AfterAll
    void stops() {
        if (second != null) {
            second.stopServer();
        }
        if (first != null) {
            first.stop();
        }
        sink.close();
    }

    @Test
    void both_close_the_window_at_once_and_each_decision_is_in_one_digest_and_one_mail() throws Exception {
        for (int i = 1; i <= TOWNS; i++) {
            UntoldDecisions town = UntoldDecisions.openTown(first, "midi-" + i);
            town.add(FAMILIES / 2, DAYS, NOON.minusMillis(1));
            town.add(FAMILIES / 2, DAYS, NOON);
            town.add(1, DAYS, NOON.plusNanos(1000));
            towns.add(town);
        }
        try (Connection door = first.connectAsOwner()) {
            door.setAutoCommit(false);
            door.createStatement().execute("lock table app.digest_window in access exclusive mode");
            execute("update app.town set digest_hours = '{13:00}' where code like 'midi-%'");
            await("both servers stand before a town", () -> waiting() >= 2);
        }
        for (UntoldDecisions town : towns) {
            await(town.code(), () -> town.notices("template = 'DIGEST' and state = 'SENT'") == FAMILIES);
        }
        assertThat(count("select count(*) from app.digest_window where told_at is null"))
                .isZero();

        assertThat(count("select count(*) from app.digest_window where ends_at = '" + NOON + "'"))
                .isEqualTo(TOWNS);
        assertThat(count("select count(*) from app.decision_told"))
                .as("decisions of which a digest tells")
                .isEqualTo((long) TOWNS * FAMILIES * DAYS);
        assertThat(count("select count(*) from app.decision") - count("select count(*) from app.decision_told"))
                .as("those of a microsecond past the hour")
                .isEqualTo((long) TOWNS * DAYS);
        assertThat(count("select count(*) from app.notice where template = 'DIGEST'"))
                .isEqualTo((long) TOWNS * FAMILIES);
        assertThat(count("select count(*) from app.processing_run where type = 'DIGEST'"))
                .as("runs that told something")
                .isEqualTo(TOWNS);
        Map<String, Long> mails = sink.taken().stream()
                .filter(mail -> mail.to().startsWith("parent"))
                .collect(groupingBy(MailSink.Taken::messageId, counting()));
        assertThat(mails).hasSize(TOWNS * FAMILIES);
        assertThat(mails.values()).containsOnly(1L);
    }

    /** Who would look whether a town's window is closed. */
    private long waiting() throws SQLException {
        return count("select count(*) from pg_locks where relation = 'app.digest_window'::regclass and not granted");
    }

    private void execute(String sql) throws SQLException {
        try (Connection owner = first.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(String what, Condition condition) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds() && System.nanoTime() < end) {
            Waiting.aMoment();
        }
        assertThat(condition.holds()).as(what).isTrue();
    }

    private long count(String sql) throws SQLException {
        try (Connection owner = first.connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
