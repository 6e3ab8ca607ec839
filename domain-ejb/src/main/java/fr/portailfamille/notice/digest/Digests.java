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
                        + "and not digested and recorded_at <= :end)")
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
                return new DigestResult(windowEnd, 0, 0);
            }
            Instant started = clock.instant();
            take(handle, windowEnd, forced);
            DigestResult result =
                    new DigestResult(windowEnd, writeMails(handle, windowEnd), decisions(handle, windowEnd));
            if (result.decisions() > 0) {
                runs.add(UNIVERSE, "DIGEST", started, result.decisions());
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

    /** One statement, so that window, digests and marks are of one and the same set of decisions. */
    private void take(Handle handle, Instant windowEnd, boolean forced) {
        handle.createUpdate("""
                        with taken as (
                            update decision set digested = true
                             where town_id = :town and not digested and recorded_at <= :end
                            returning id, account_id),
                        account as (
                            select account_id, nextval('digest_seq') as digest_id
                              from (select distinct account_id from taken) as each),
                        window_closed as (
                            insert into digest_window (town_id, ends_at, forced, closed_at, accounts, decisions)
                            select :town, :end, :forced, :now,
                                   (select count(*) from account), (select count(*) from taken)),
                        digest_made as (
                            insert into digest (town_id, id, account_id, ends_at)
                            select :town, digest_id, account_id, :end from account)
                        insert into digest_entry (town_id, decision_id, digest_id)
                        select :town, taken.id, account.digest_id
                          from taken join account on account.account_id = taken.account_id""")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .bind("forced", forced)
                .bind("now", clock.instant())
                .execute();
    }

    private int decisions(Handle handle, Instant windowEnd) {
        return handle.createQuery("select decisions from digest_window where town_id = :town and ends_at = :end")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .mapTo(int.class)
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
                        select g.id as digest_id, g.account_id, a.email, a.civility, a.first_name, a.last_name,
                               i.first_name as child, l.day, s.start_time, l.action, v.name as activity,
                               d.outcome, d.reason, l.waiting_rank
                          from digest g
                          join citizen_account a on a.town_id = :town and a.id = g.account_id
                          join digest_entry e on e.town_id = :town and e.digest_id = g.id
                          join decision d on d.town_id = :town and d.id = e.decision_id
                          join request_line l on l.town_id = :town and l.request_id = d.request_id and l.line = d.line
                          join individual i on i.town_id = :town and i.id = l.individual_id
                          join schedule s on s.town_id = :town and s.id = l.schedule_id
                          join activity v on v.town_id = :town and v.id = s.activity_id
                         where g.town_id = :town and g.ends_at = :end
                         order by g.id, l.day, s.start_time, i.first_name, d.recorded_at, d.id""")
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
