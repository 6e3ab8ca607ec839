package fr.portailfamille.request;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the business application is to hear of requests, written in the transaction of what it tells of, with everything
 * in it that may change afterwards. When and in which order it goes out is not decided here: see package
 * {@code exchange.outgoing}.
 */
@ApplicationScoped
class Dispatches {

    private static final String DISPATCH = """
            with sent as (
                insert into dispatch (town_id, id, request_id, ref, operation, account_code, civility, last_name,
                                      first_name, email, at)
                select :town, nextval('dispatch_seq'), r.id, coalesce(:ref, r.ref), :operation,
                       (select b.account_code
                          from business_account b
                          left join subscription u on u.town_id = :town and u.business_account_id = b.id
                                                  and u.account_id = r.account_id and u.ended_at is null
                         where b.town_id = :town and b.family_id = r.family_id
                         order by u.id is null, b.archived_at is not null, b.id limit 1),
                       a.civility, a.last_name, a.first_name, a.email, :at
                  from request r
                  join citizen_account a on a.town_id = :town and a.id = r.account_id
                 where r.town_id = :town and r.id = :request
                returning id),
            lines as (
                insert into dispatch_line (town_id, dispatch_id, line, outcome, reason_code, reason)
                select :town, sent.id, l.line,
                       case when l.state in ('ACCEPTED', 'REFUSED', 'WAITLISTED') then l.state else 'PENDING' end,
                       l.reason_code, l.reason
                  from sent, request_line l
                 where l.town_id = :town and l.request_id = :request and (:all or l.line = any (:lines)))
            select id from sent""";

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private Clock clock;

    void submitted(long request, Instant at) {
        send(request, Operation.NEW, null, null, at);
    }

    /** Under a reference of its own: it is a wish of its own, about lines of the other. */
    void withdrawn(long request, int line, Instant at) {
        RequestRef ref = RequestRef.draw(at.atZone(clock.getZone()).getYear());
        send(request, Operation.WITHDRAW, ref, List.of(line), at);
    }

    /** What was decided on the portal after the request had been written. */
    void decided(List<LineDecision> decisions, Instant at) {
        Map<Long, TreeSet<Integer>> lines = new TreeMap<>();
        decisions.forEach(decision -> lines.computeIfAbsent(decision.requestId(), request -> new TreeSet<>())
                .add(decision.line()));
        lines.forEach((request, of) -> send(request, Operation.UPDATE, null, of, at));
    }

    void message(long request, String text, Instant at) {
        long dispatch = send(request, Operation.UPDATE, null, List.of(), at);
        database.write(handle -> handle.createUpdate("""
                        insert into family_message (town_id, id, request_id, dispatch_id, sent_at, text)
                        values (:town, nextval('family_message_seq'), :request, :dispatch, :at, :text)""")
                .bind("town", town.id())
                .bind("request", request)
                .bind("dispatch", dispatch)
                .bind("at", at)
                .bind("text", text)
                .execute());
    }

    private enum Operation {
        NEW,
        WITHDRAW,
        UPDATE
    }

    private long send(
            long request,
            Operation operation,
            @Nullable RequestRef ref,
            @Nullable Collection<Integer> lines,
            Instant at) {
        return database.read(handle -> handle.createQuery(DISPATCH)
                .bind("town", town.id())
                .bind("request", request)
                .bind("operation", operation.name())
                .bind("ref", ref == null ? null : ref.value())
                .bind("all", lines == null)
                .bindArray("lines", Integer.class, lines == null ? new Object[0] : lines.toArray())
                .bind("at", at)
                .mapTo(long.class)
                .one());
    }
}
