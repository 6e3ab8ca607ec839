package fr.portailfamille.request;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Decisions on any number of lines, written in a few statements: what {@link Decisions} does for one at a time. They stand
 * in a table of {@link #COLUMNS}, each line once, and each is known to change something. Bookings are moved by the caller.
 */
public final class DecidedSet {

    /**
     * The columns of a table of decisions. {@code whole}: the request has no lines and is decided as its line 1.
     * {@code action}: null but for booking and absence lines, whose decisions the next digest tells.
     */
    public static final String COLUMNS =
            "request_id bigint, line int, whole boolean, action text, outcome text, rank int,"
                    + " reason_code text, reason text, business_decided_at timestamptz";

    private static final String OPEN = "('SUBMITTED', 'TRANSMITTED', 'WAITLISTED')";

    private final Handle handle;
    private final int town;
    private final Instant at;
    private final String decided;

    /**
     * How one line stands that can be decided, whatever it is about, as a query for a lateral join. Without {@code action}
     * it is about no booking; {@code whole} stands for a request without lines.
     *
     * @param request the alias of the table of requests
     */
    public static String line(String request, String line) {
        return ("select false as whole, l.line, l.action, l.state, l.version, l.individual_id, l.schedule_id, l.day,"
                        + " l.waiting_rank, l.reason_code, l.reason from request_line l where l.town_id = :town"
                        + " and l.request_id = %1$s.id and l.line = %2$s union all select true, 1, null,"
                        + " case %1$s.state when 'IN_PROGRESS' then 'TRANSMITTED' else %1$s.state end, %1$s.version, null, null,"
                        + " null, null, null, (select e.detail from request_event e where e.town_id = :town"
                        + " and e.request_id = %1$s.id and e.kind in ('ACCEPTED', 'REFUSED') order by e.at desc, e.id desc limit 1)"
                        + " where %1$s.line_count = 0 and %2$s = 1")
                .formatted(request, line);
    }

    /** @param decided the table, visible to this handle only */
    public DecidedSet(Handle handle, int town, Instant at, String decided) {
        this.handle = handle;
        this.town = town;
        this.at = at;
        this.decided = decided;
    }

    /** Locks the requests in question, in the order of their ids. After bookings and counters, as submissions do. */
    public void lock() {
        bind(handle.createQuery("select count(*) from (select 1 from request where town_id = :town and id in"
                        + " (select request_id from " + decided + ") order by id for no key update) x"))
                .mapTo(long.class)
                .one();
    }

    /** Moves lines and requests, writes the history, and notes what the next digest tells. */
    public void write() {
        update("update request_line l set state = d.outcome, waiting_rank = d.rank, reason_code = d.reason_code,"
                + " waiting_since = case d.outcome when 'WAITLISTED' then coalesce(l.waiting_since, :at) end,"
                + " reason = d.reason, decided_at = :at, business_decided_at = d.business_decided_at,"
                + " version = l.version + 1 from " + decided + " d where not d.whole and l.town_id = :town"
                + " and l.request_id = d.request_id and l.line = d.line");
        update("insert into request_event (town_id, id, request_id, line, kind, detail, at) select :town,"
                + " nextval('request_event_seq'), d.request_id, case when not d.whole then d.line end, d.outcome, d.reason,"
                + " :at from (select * from " + decided + " order by request_id, line) d");
        update("insert into decision (town_id, id, account_id, request_id, line, outcome, reason, recorded_at)"
                + " select :town, nextval('decision_seq'), r.account_id, d.request_id, d.line, d.outcome, d.reason, "
                + RecordedAt.sql(":at") + " from " + decided
                + " d join request r on r.town_id = :town and r.id = d.request_id where d.action is not null");
        update(
                "update request r set state = n.state, decided_count = n.closed, unseen_events = r.unseen_events + n.news,"
                        + " version = r.version + 1 from (" + derived()
                        + ") n where r.town_id = :town and r.id = n.request_id");
    }

    /** As {@link RequestState#of} derives it; of a request without lines it is what was decided. */
    private String derived() {
        return "select d.request_id, d.news, case when d.whole is not null then d.whole when bool_or(l.state in " + OPEN
                + ") then 'IN_PROGRESS' when bool_or(l.state = 'ACCEPTED') then case when bool_or(l.state = 'REFUSED')"
                + " then 'PARTLY_ACCEPTED' else 'ACCEPTED' end when bool_or(l.state = 'REFUSED') then 'REFUSED'"
                + " else 'WITHDRAWN' end as state, count(*) filter (where l.state not in " + OPEN + ") as closed"
                + " from (select request_id, count(*) as news, max(outcome) filter (where whole) as whole from "
                + decided
                + " group by request_id) d left join request_line l on l.town_id = :town and l.request_id = d.request_id"
                + " group by d.request_id, d.news, d.whole";
    }

    /** Requests that are about no booking and got a decision: each has an e-mail of its own. */
    public List<Long> aboutNoBooking() {
        return bind(handle.createQuery(
                        "select distinct request_id from " + decided + " where action is null order by request_id"))
                .mapTo(Long.class)
                .list();
    }

    private void update(String sql) {
        bind(handle.createUpdate(sql)).execute();
    }

    private <S extends SqlStatement<S>> S bind(S statement) {
        return statement
                .bind("town", town)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true));
    }
}
