package fr.portailfamille.notice.digest;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.exchange.FinishedRuns;
import fr.portailfamille.notice.Addressee;
import fr.portailfamille.notice.Outbox;
import fr.portailfamille.notice.Posting;
import fr.portailfamille.notice.letter.MailLine;
import fr.portailfamille.notice.letter.MailModel;
import fr.portailfamille.notice.letter.MailTemplate;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The set-based work on windows and digests. Families come from the database one by one; memory stays flat. */
@ApplicationScoped
class Digests {

    /** Families whose e-mails are written in one go. */
    private static final int AT_ONCE = 1_000;

    /** Bookings and absences are the world of Enfance. */
    private static final String UNIVERSE = "Enfance";

    /** Recorded in the window {@code w}. */
    private static final String IN_WINDOW =
            "town_id = :town and recorded_at > w.begins_at and recorded_at <= w.ends_at";

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private Outbox outbox;

    @Inject
    private FinishedRuns runs;

    @Inject
    private Clock clock;

    @Resource
    private ManagedExecutorService aside;

    /**
     * Closes the window that ends then. What is recorded from here on belongs to a later one, whatever instant it had in
     * mind. To be committed at once: meanwhile nobody can record.
     *
     * @return false where somebody has been recording for so long that others must not wait behind us: try again
     */
    boolean close(Instant end, boolean forced) {
        Instant windowEnd = stored(end);
        return database.read(handle -> {
            if (isClosed(handle, windowEnd)) {
                return true;
            }
            boolean closed = handle.createQuery("select close_digests(:end, :forced, :now)")
                    .bind("end", windowEnd)
                    .bind("forced", forced)
                    .bind("now", clock.instant())
                    .mapTo(Boolean.class)
                    .one();
            if (closed) {
                noteWithNothingToTell(handle, windowEnd);
            }
            return closed;
        });
    }

    /** As the database keeps it: what is compared must be what is stored. */
    private static Instant stored(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** The first end from now on that no window had. */
    Instant nextEnd(Instant now) {
        return database.read(handle -> handle.createQuery(
                        "select greatest(:now, max(ends_at) + interval '1 microsecond') from digest_window"
                                + " where town_id = :town")
                .bind("town", town.id())
                .bind("now", stored(now))
                .mapTo(Instant.class)
                .one());
    }

    private boolean isClosed(Handle handle, Instant windowEnd) {
        return handle.createQuery("select exists (select from digest_window where town_id = :town and ends_at >= :end)")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .mapTo(Boolean.class)
                .one();
    }

    private void noteWithNothingToTell(Handle handle, Instant windowEnd) {
        handle.createUpdate("update digest_window w set told_at = :now where w.town_id = :town and w.ends_at = :end"
                        + " and w.told_at is null and not exists (select from decision where " + IN_WINDOW
                        + ") and not exists (select from booking_change where " + IN_WINDOW + ")")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .bind("now", clock.instant())
                .execute();
    }

    /** The ends of the windows that are closed and still to be told. */
    List<Instant> untold() {
        return database.read(handle -> handle.createQuery(
                        "select ends_at from digest_window where town_id = :town and told_at is null order by ends_at")
                .bind("town", town.id())
                .mapTo(Instant.class)
                .list());
    }

    /** Writes the digests of a closed window; of one that was told already, none. */
    DigestResult tell(Instant windowEnd) {
        return database.read(handle -> {
            Optional<String> begin = lockUntold(handle, windowEnd);
            if (begin.isEmpty()) {
                return new DigestResult(windowEnd, 0, 0, 0);
            }
            Instant started = clock.instant();
            Telling telling = new Telling(handle, windowEnd);
            try (Stream<Told> families = families(handle, begin.get(), windowEnd)) {
                families.forEach(telling::add);
            }
            DigestResult result = telling.finish();
            if (result.decisions() + result.changes() > 0) {
                runs.add(UNIVERSE, "DIGEST", started, result.decisions() + result.changes());
            }
            return result;
        });
    }

    /** Who comes second waits here, and then finds nothing. The begin is a text because the first one has none. */
    private Optional<String> lockUntold(Handle handle, Instant windowEnd) {
        return handle.createQuery("select begins_at::text from digest_window where town_id = :town and ends_at = :end"
                        + " and told_at is null for update")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .mapTo(String.class)
                .findOne();
    }

    /** A family that is told. */
    private record Told(Addressee to, String lines, int decisions, int changes) {}

    /** Nothing of the window can change any more: it needs no locks and no marks. */
    private Stream<Told> families(Handle handle, String begin, Instant windowEnd) {
        // A city's lines are put together and in order in memory.
        handle.execute("set local work_mem = '64MB'");
        return handle
                .createQuery("""
                        with decided as materialized (
                            select account_id, request_id, line, outcome, reason, recorded_at, id
                              from decision
                             where town_id = :town and recorded_at > cast(:begin as timestamptz) and recorded_at <= :end),
                        requests as materialized (
                            select min(request_id) as first, max(request_id) as last from decided),
                        slots as materialized (
                            select s.id, s.start_time, v.name
                              from schedule s
                              join activity v on v.town_id = :town and v.id = s.activity_id
                             where s.town_id = :town),
                        told as (
                            select d.account_id, l.individual_id, l.schedule_id, l.day, l.action, d.outcome as state,
                                   d.reason, l.waiting_rank as rank, d.recorded_at, d.id, true as decided
                              from decided d
                              join request_line l on l.town_id = :town and l.request_id = d.request_id and l.line = d.line
                                   -- Else all lines of all years are read where there are many decisions.
                                   and l.request_id >= (select first from requests)
                                   and l.request_id <= (select last from requests)
                            union all
                            select c.account_id, c.individual_id, c.schedule_id, c.day, 'CHANGE', c.new_state, null, null,
                                   c.recorded_at, c.id, false
                              from booking_change c
                             where c.town_id = :town and c.recorded_at > cast(:begin as timestamptz)
                               and c.recorded_at <= :end)
                        select a.id, a.email, a.civility, a.first_name, a.last_name, f.lines, f.decisions, f.changes
                          from (select t.account_id, count(*) filter (where t.decided) as decisions,
                                       count(*) filter (where not t.decided) as changes, json_agg("""
                        + MailLine.json(
                                "i.first_name",
                                "t.day",
                                "s.start_time",
                                "t.action",
                                "s.name",
                                "t.state",
                                "t.reason",
                                "t.rank")
                        + """
                                        order by t.day, s.start_time, i.first_name, t.recorded_at, t.id)::text as lines
                                  from told t
                                  join individual i on i.town_id = :town and i.id = t.individual_id
                                  join slots s on s.id = t.schedule_id
                                 group by t.account_id) f
                          join citizen_account a on a.town_id = :town and a.id = f.account_id
                         order by a.id""")
                .bind("town", town.id())
                .bind("begin", begin)
                .bind("end", windowEnd)
                .setFetchSize(AT_ONCE)
                .map((row, context) -> told(row))
                .stream();
    }

    private static Told told(ResultSet row) throws SQLException {
        return new Told(
                new Addressee(
                        row.getLong("id"),
                        row.getString("email"),
                        row.getString("civility"),
                        row.getString("first_name"),
                        row.getString("last_name")),
                row.getString("lines"),
                row.getInt("decisions"),
                row.getInt("changes"));
    }

    /** One window on its way into the outbox, some hundreds of families at a time. */
    private final class Telling {

        private final Handle handle;
        private final Instant windowEnd;
        private final List<Posting> ready = new ArrayList<>();
        private Outbox.@Nullable Begun begun;
        private int accounts;
        private int decisions;
        private int changes;

        private Telling(Handle handle, Instant windowEnd) {
            this.handle = handle;
            this.windowEnd = windowEnd;
        }

        private void add(Told family) {
            Map<String, Object> model = family.to().model();
            model.put("lines", new MailModel.Written(family.lines()));
            ready.add(new Posting(
                    MailTemplate.DIGEST,
                    family.to().email(),
                    model,
                    null,
                    family.to().account(),
                    windowEnd,
                    null));
            accounts++;
            decisions += family.decisions();
            changes += family.changes();
            if (ready.size() >= AT_ONCE) {
                post();
            }
        }

        /** Those before are written while these are filled and encrypted. */
        private void post() {
            Outbox.Begun next = outbox.begin(List.copyOf(ready), aside);
            ready.clear();
            finishPosting();
            begun = next;
        }

        private void finishPosting() {
            if (begun != null) {
                outbox.finish(begun);
                begun = null;
            }
        }

        private DigestResult finish() {
            if (!ready.isEmpty()) {
                post();
            }
            finishPosting();
            handle.createUpdate("""
                            update digest_window
                               set told_at = :now, accounts = :accounts, decisions = :decisions, changes = :changes
                             where town_id = :town and ends_at = :end""")
                    .bind("town", town.id())
                    .bind("end", windowEnd)
                    .bind("now", clock.instant())
                    .bind("accounts", accounts)
                    .bind("decisions", decisions)
                    .bind("changes", changes)
                    .execute();
            return new DigestResult(windowEnd, accounts, decisions, changes);
        }
    }
}
