package fr.portailfamille.notice.digest;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.exchange.FinishedRuns;
import fr.portailfamille.notice.Addressee;
import fr.portailfamille.notice.Outbox;
import fr.portailfamille.notice.Posting;
import fr.portailfamille.notice.letter.MailLine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The set-based work on decisions and digests. Decisions come from the database one by one; memory stays flat. */
@ApplicationScoped
class Digests {

    /** Families whose e-mails are written in one go. */
    private static final int AT_ONCE = 500;

    /** First half of the advisory lock under which a town's windows are closed one after the other. */
    private static final int LOCK = 0x444947;

    /** Bookings and absences are the world of Enfance. */
    private static final String UNIVERSE = "Enfance";

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

    boolean closed(Instant windowEnd) {
        return database.read(handle -> handle.createQuery(
                        "select exists (select from digest_window where town_id = :town and ends_at = :end)")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .mapTo(Boolean.class)
                .one());
    }

    boolean undelivered(Instant windowEnd) {
        return database.read(handle -> handle.createQuery("select exists (select from decision where town_id = :town "
                        + "and digest_id is null and recorded_at <= :end) or exists (select from booking_change "
                        + "where town_id = :town and digest_id is null and recorded_at <= :end)")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .mapTo(Boolean.class)
                .one());
    }

    DigestResult close(Instant end, boolean forced) {
        // As the database keeps it: what is compared must be what is stored.
        Instant windowEnd = end.truncatedTo(ChronoUnit.MICROS);
        return database.read(handle -> {
            lock(handle);
            if (closed(windowEnd)) {
                return new DigestResult(windowEnd, 0, 0, 0);
            }
            Instant started = clock.instant();
            DigestResult result = result(handle, windowEnd, writeMails(handle, windowEnd, forced));
            int told = result.decisions() + result.changes();
            if (told > 0) {
                runs.add(UNIVERSE, "DIGEST", started, told);
            }
            return result;
        });
    }

    /** Its own statement: the next one then sees what the holder before us committed. */
    private void lock(Handle handle) {
        handle.createQuery("select pg_advisory_xact_lock(:lock, :town)")
                .bind("lock", LOCK)
                .bind("town", town.id())
                .mapTo(String.class)
                .one();
    }

    private DigestResult result(Handle handle, Instant windowEnd, int mails) {
        return handle.createQuery(
                        "select decisions, changes from digest_window where town_id = :town and ends_at = :end")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .map((row, context) ->
                        new DigestResult(windowEnd, mails, row.getInt("decisions"), row.getInt("changes")))
                .one();
    }

    private int writeMails(Handle handle, Instant windowEnd, boolean forced) {
        try (Stream<DigestLine> lines = take(handle, windowEnd, forced)) {
            DigestMails mails = new DigestMails(posted -> post(handle, posted), AT_ONCE);
            lines.forEach(mails::add);
            return mails.finish();
        }
    }

    /** One statement, so that window, digests, what names them and what is told are of one and the same set. */
    private Stream<DigestLine> take(Handle handle, Instant windowEnd, boolean forced) {
        return handle
                .createQuery("""
                        with account as materialized (
                            select account_id, nextval('digest_seq') as digest_id
                              from (select account_id from decision
                                     where town_id = :town and digest_id is null and recorded_at <= :end
                                     union
                                    select account_id from booking_change
                                     where town_id = :town and digest_id is null and recorded_at <= :end) as each),
                        decided as (
                            update decision d set digest_id = account.digest_id
                              from account
                             where d.town_id = :town and d.digest_id is null and d.recorded_at <= :end
                               and d.account_id = account.account_id
                            returning d.id, d.digest_id, d.account_id, d.request_id, d.line, d.outcome, d.reason, d.recorded_at),
                        changed as (
                            update booking_change c set digest_id = account.digest_id
                              from account
                             where c.town_id = :town and c.digest_id is null and c.recorded_at <= :end
                               and c.account_id = account.account_id
                            returning c.id, c.digest_id, c.account_id, c.individual_id, c.schedule_id, c.day, c.new_state,
                                      c.recorded_at),
                        window_closed as (
                            insert into digest_window (town_id, ends_at, forced, closed_at, accounts, decisions, changes)
                            select :town, :end, :forced, :now,
                                   (select count(*) from account), (select count(*) from decided),
                                   (select count(*) from changed)),
                        digest_made as (
                            insert into digest (town_id, id, account_id, ends_at)
                            select :town, digest_id, account_id, :end from account)
                        select t.*, a.email, a.civility, a.first_name, a.last_name, i.first_name as child, s.start_time,
                               v.name as activity
                          from (select d.digest_id, d.account_id, l.individual_id, l.schedule_id, l.day, l.action,
                                       d.outcome, d.reason, l.waiting_rank, d.recorded_at, d.id
                                  from decided d
                                  join request_line l on l.town_id = :town and l.request_id = d.request_id and l.line = d.line
                                union all
                                select c.digest_id, c.account_id, c.individual_id, c.schedule_id, c.day, 'CHANGE', c.new_state,
                                       null, null, c.recorded_at, c.id
                                  from changed c) t
                          join citizen_account a on a.town_id = :town and a.id = t.account_id
                          join individual i on i.town_id = :town and i.id = t.individual_id
                          join schedule s on s.town_id = :town and s.id = t.schedule_id
                          join activity v on v.town_id = :town and v.id = s.activity_id
                         order by t.digest_id, t.day, s.start_time, i.first_name, t.recorded_at, t.id""")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .bind("forced", forced)
                .bind("now", clock.instant())
                .setFetchSize(1000)
                .map((row, context) -> new DigestLine(
                        row.getLong("digest_id"),
                        new Addressee(
                                row.getLong("account_id"),
                                row.getString("email"),
                                row.getString("civility"),
                                row.getString("first_name"),
                                row.getString("last_name")),
                        MailLine.of(row, row.getString("outcome"))))
                .stream();
    }

    private void post(Handle handle, Map<Long, Posting> byDigest) {
        List<Long> notices = outbox.queue(List.copyOf(byDigest.values()));
        handle.createUpdate("""
                        update digest g set notice_id = told.notice
                          from unnest(:digests, :notices) as told (digest, notice)
                         where g.town_id = :town and g.id = told.digest""")
                .bindArray("digests", Long.class, byDigest.keySet())
                .bindArray("notices", Long.class, notices)
                .bind("town", town.id())
                .execute();
    }
}
