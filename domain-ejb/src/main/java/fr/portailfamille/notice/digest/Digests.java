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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

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
                        + "and not digested and recorded_at <= :end) or exists (select from booking_change "
                        + "where town_id = :town and not digested and recorded_at <= :end)")
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
            take(handle, windowEnd, forced);
            DigestResult result = result(handle, windowEnd, writeMails(handle, windowEnd));
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

    /** One statement, so that window, digests and marks are of one and the same set of decisions and changes. */
    private void take(Handle handle, Instant windowEnd, boolean forced) {
        handle.createUpdate("""
                        with taken as (
                            update decision set digested = true
                             where town_id = :town and not digested and recorded_at <= :end
                            returning id, account_id),
                        changed as (
                            update booking_change set digested = true
                             where town_id = :town and not digested and recorded_at <= :end
                            returning id, account_id),
                        account as (
                            select account_id, nextval('digest_seq') as digest_id
                              from (select account_id from taken union select account_id from changed) as each),
                        window_closed as (
                            insert into digest_window (town_id, ends_at, forced, closed_at, accounts, decisions, changes)
                            select :town, :end, :forced, :now,
                                   (select count(*) from account), (select count(*) from taken),
                                   (select count(*) from changed)),
                        digest_made as (
                            insert into digest (town_id, id, account_id, ends_at)
                            select :town, digest_id, account_id, :end from account),
                        change_told as (
                            insert into digest_change (town_id, change_id, digest_id)
                            select :town, changed.id, account.digest_id
                              from changed join account on account.account_id = changed.account_id)
                        insert into digest_entry (town_id, decision_id, digest_id)
                        select :town, taken.id, account.digest_id
                          from taken join account on account.account_id = taken.account_id""")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .bind("forced", forced)
                .bind("now", clock.instant())
                .execute();
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

    private int writeMails(Handle handle, Instant windowEnd) {
        try (Stream<DigestLine> lines = lines(handle, windowEnd)) {
            DigestMails mails = new DigestMails(posted -> post(handle, posted), AT_ONCE);
            lines.forEach(mails::add);
            return mails.finish();
        }
    }

    private Stream<DigestLine> lines(Handle handle, Instant windowEnd) {
        return handle
                .createQuery("""
                        select t.*, a.email, a.civility, a.first_name, a.last_name, i.first_name as child, s.start_time,
                               v.name as activity
                          from (select g.id as digest_id, g.account_id, l.individual_id, l.schedule_id, l.day, l.action,
                                       d.outcome, d.reason, l.waiting_rank, d.recorded_at, d.id
                                  from digest g
                                  join digest_entry e on e.town_id = :town and e.digest_id = g.id
                                  join decision d on d.town_id = :town and d.id = e.decision_id
                                  join request_line l on l.town_id = :town and l.request_id = d.request_id and l.line = d.line
                                 where g.town_id = :town and g.ends_at = :end
                                union all
                                select g.id, g.account_id, c.individual_id, c.schedule_id, c.day, 'CHANGE', c.new_state,
                                       null, null, c.recorded_at, c.id
                                  from digest g
                                  join digest_change e on e.town_id = :town and e.digest_id = g.id
                                  join booking_change c on c.town_id = :town and c.id = e.change_id
                                 where g.town_id = :town and g.ends_at = :end) t
                          join citizen_account a on a.town_id = :town and a.id = t.account_id
                          join individual i on i.town_id = :town and i.id = t.individual_id
                          join schedule s on s.town_id = :town and s.id = t.schedule_id
                          join activity v on v.town_id = :town and v.id = s.activity_id
                         order by t.digest_id, t.day, s.start_time, i.first_name, t.recorded_at, t.id""")
                .bind("town", town.id())
                .bind("end", windowEnd)
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
        PreparedBatch digests =
                handle.prepareBatch("update digest set notice_id = :notice where town_id = :town and id = :digest");
        Iterator<Long> notice = notices.iterator();
        for (long digest : byDigest.keySet()) {
            digests.bind("notice", notice.next())
                    .bind("town", town.id())
                    .bind("digest", digest)
                    .add();
        }
        digests.execute();
    }
}
