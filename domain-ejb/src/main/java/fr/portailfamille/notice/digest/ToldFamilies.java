package fr.portailfamille.notice.digest;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.notice.Addressee;
import fr.portailfamille.notice.letter.MailLine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What the families of a closed window are told. Nothing of it can change any more: it needs no locks and no marks. */
@ApplicationScoped
class ToldFamilies {

    /** Families that come from the database at a time; memory stays flat. */
    private static final int AT_ONCE = 1_000;

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    /** A family that is told. */
    record Told(Addressee to, String lines, int decisions, int changes) {}

    /** @param begin of the window, as a text because the first one has none */
    void read(String begin, Instant windowEnd, Consumer<Told> taker) {
        database.write(handle -> {
            try (Stream<Told> families = families(handle, begin, windowEnd)) {
                families.forEach(taker);
            }
        });
    }

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
                                   d.reason, case d.outcome when 'WAITLISTED' then
                                       waiting_rank(:town, l.request_id, l.line) end as rank, d.recorded_at, d.id, true as decided
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
}
