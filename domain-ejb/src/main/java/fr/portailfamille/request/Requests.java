package fr.portailfamille.request;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The requests of the running transaction's town, and the append-only tables beside them. */
@ApplicationScoped
class Requests {

    @PersistenceContext(unitName = "portal")
    private EntityManager entities;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    /** A line of the history; {@code line} is null where it concerns the request as a whole. */
    record Event(
            long request,
            @Nullable Integer line,
            EventKind kind,
            @Nullable String detail,
            Instant at) {}

    long nextId() {
        return (long)
                entities.createNativeQuery("select nextval('request_seq')").getSingleResult();
    }

    /** Writes it to the database at once, so that SQL finds it. */
    void add(Request request) {
        entities.persist(request);
        entities.flush();
    }

    void flush() {
        entities.flush();
    }

    /**
     * With their lines, in two queries, however many. Locked first, in the order of their ids: what the business
     * application takes or decides meanwhile waits, instead of making this transaction fail at its end.
     */
    Map<Long, Request> byId(Collection<Long> ids) {
        database.read(handle -> handle.createQuery(
                        "select id from request where town_id = :town and id = any (:ids) order by id for no key update")
                .bind("town", town.id())
                .bindArray("ids", Long.class, ids.toArray())
                .mapTo(long.class)
                .list());
        List<Request> found = entities.createQuery(
                        "select distinct r from Request r left join fetch r.lines where r.townId = :town and r.id in :ids",
                        Request.class)
                .setParameter("town", town.id())
                .setParameter("ids", ids)
                .getResultList();
        return found.stream().collect(Collectors.toMap(Request::id, Function.identity()));
    }

    void tell(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        database.write(handle -> {
            PreparedBatch rows = handle.prepareBatch("""
                    insert into request_event (town_id, id, request_id, line, kind, detail, at)
                    values (:town, nextval('request_event_seq'), :request, :line, :kind, :detail, :at)""");
            events.forEach(event -> rows.bind("town", town.id())
                    .bind("request", event.request())
                    .bind("line", event.line())
                    .bind("kind", event.kind().name())
                    .bind("detail", event.detail())
                    .bind("at", event.at())
                    .add());
            rows.execute();
        });
    }

    /** Rows of {@code decision}: the next digest tells of each. */
    void decided(List<LineDecision> decisions, Map<Long, Request> requests, Instant at) {
        if (decisions.isEmpty()) {
            return;
        }
        database.write(handle -> handle.createUpdate("""
                        insert into decision (town_id, id, account_id, request_id, line, outcome, reason, recorded_at)
                        select :town, nextval('decision_seq'), d.account, d.request, d.line, d.outcome, d.reason,\s""" + RecordedAt.sql(":at") + """
                          from unnest(:accounts, :requests, :lines, :outcomes, :reasons)
                               as d (account, request, line, outcome, reason)""")
                .bind("town", town.id())
                .bind("at", at)
                .bindArray("accounts", Long.class, each(decisions, decision -> account(requests, decision)))
                .bindArray("requests", Long.class, each(decisions, LineDecision::requestId))
                .bindArray("lines", Integer.class, each(decisions, LineDecision::line))
                .bindArray(
                        "outcomes",
                        String.class,
                        each(decisions, decision -> decision.outcome().name()))
                .bindArray("reasons", String.class, each(decisions, LineDecision::reason))
                .execute());
    }

    private static long account(Map<Long, Request> requests, LineDecision decision) {
        return Objects.requireNonNull(requests.get(decision.requestId())).accountId();
    }

    private static <T> List<@Nullable T> each(List<LineDecision> decisions, Function<LineDecision, @Nullable T> value) {
        List<@Nullable T> values = new ArrayList<>();
        decisions.forEach(decision -> values.add(value.apply(decision)));
        return values;
    }
}
