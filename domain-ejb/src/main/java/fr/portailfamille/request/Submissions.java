package fr.portailfamille.request;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Where features hand in what a family sent: the request is written with its lines, its history and what was decided at
 * once, and {@link RequestSubmitted} is fired, all in the caller's transaction.
 */
@ApplicationScoped
public class Submissions {

    @Inject
    private Requests requests;

    @Inject
    private Decisions decisions;

    @Inject
    private Dispatches dispatches;

    @Inject
    private LineContents contents;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private Clock clock;

    @Inject
    private Event<RequestSubmitted> submitted;

    /** A request that was written; its lines are numbered from 1 in the order in which they were asked. */
    public record Written(long id, RequestRef ref) {}

    /** How one line stands; {@code rank} where it waits for a place and its place in the list is known. */
    public record Standing(LineState state, String reason, Optional<Integer> rank) {}

    public Written submit(NewRequest asked) {
        return submit(asked, id -> {});
    }

    /** @param meanwhile moves what the lines are about, by the id of the request, before anybody is told */
    public Written submit(NewRequest asked, LongConsumer meanwhile) {
        long id = requests.nextId();
        RequestRef ref = RequestRef.draw(asked.at().atZone(clock.getZone()).getYear());
        Request request = new Request(town.id(), id, ref, asked);
        List<LineDecision> made = new ArrayList<>();
        for (int i = 0; i < asked.lines().size(); i++) {
            NewRequest.Decided decided = asked.lines().get(i).decided();
            if (decided != null) {
                LineDecision decision =
                        new LineDecision(id, i + 1, decided.outcome(), null, decided.reasonCode(), decided.reason());
                request.decide(decision, asked.at(), true);
                made.add(decision);
            }
        }
        requests.add(request);
        meanwhile.accept(id);
        contents.write(id, asked.lines());
        requests.tell(List.of(new Requests.Event(id, null, EventKind.SUBMITTED, null, asked.at())));
        decisions.recordAtOnce(request, made, asked.at());
        dispatches.submitted(id, asked.at());
        submitted.fire(new RequestSubmitted(town.id(), id));
        return new Written(id, ref);
    }

    /**
     * A request that people of the town decide, without lines: what is asked for stands in its comment. The same asked
     * again on the same day is the same request.
     */
    public Written submitForTown(long account, RequestType type, String comment, Instant at) {
        UUID key = UUID.nameUUIDFromBytes(
                (type + "/" + comment + "/" + at.atZone(clock.getZone()).toLocalDate())
                        .getBytes(StandardCharsets.UTF_8));
        long id = requests.nextId();
        RequestRef ref = RequestRef.draw(at.atZone(clock.getZone()).getYear());
        int written = database.read(handle -> handle.createUpdate("""
                        insert into request (town_id, id, ref, account_id, kind, type, operation, origin, comment, state,
                                             line_count, submitted_at, submission_key)
                        values (:town, :id, :ref, :account, :kind, :type, 'NEW', 'FAMILY', :comment, 'IN_PROGRESS',
                                0, :at, :key)
                        on conflict (town_id, account_id, submission_key) do nothing""")
                .bind("town", town.id())
                .bind("id", id)
                .bind("ref", ref.value())
                .bind("account", account)
                .bind("kind", type.kind())
                .bind("type", type.name())
                .bind("comment", comment)
                .bind("at", at)
                .bind("key", key)
                .execute());
        if (written == 0) {
            return find(account, key).orElseThrow();
        }
        requests.tell(List.of(new Requests.Event(id, null, EventKind.SUBMITTED, null, at)));
        dispatches.submitted(id, at);
        submitted.fire(new RequestSubmitted(town.id(), id));
        return new Written(id, ref);
    }

    /** The request that this account sent under the key before, if it did. */
    public Optional<Written> find(long account, UUID key) {
        return database.read(handle -> handle.createQuery(
                        "select id, ref from request where town_id = :town and account_id = :account and submission_key = :key")
                .bind("town", town.id())
                .bind("account", account)
                .bind("key", key)
                .map((row, context) -> new Written(row.getLong("id"), new RequestRef(row.getString("ref"))))
                .findOne());
    }

    /** How the lines of a request stand, by their order. */
    public List<Standing> standings(long requestId) {
        return database.read(handle -> handle.createQuery(
                        "select state, coalesce(reason, '') as reason, waiting_rank(:town, request_id, line) as rank"
                                + " from request_line where town_id = :town and request_id = :request order by line")
                .bind("town", town.id())
                .bind("request", requestId)
                .map((row, context) -> new Standing(
                        LineState.valueOf(row.getString("state")),
                        row.getString("reason"),
                        Optional.ofNullable(row.getObject("rank", Integer.class))))
                .list());
    }

    /** The family writes to the town about a request of its own, which the caller has made sure of. */
    public void message(long requestId, String text) {
        dispatches.message(requestId, text, clock.instant());
    }

    /** The family takes a line back that waits for a decision. */
    public void withdraw(long requestId, int line) {
        Map<Long, Request> found = requests.byId(List.of(requestId));
        Request request = Optional.ofNullable(found.get(requestId))
                .orElseThrow(() -> new IllegalArgumentException("No request " + requestId));
        request.withdraw(line);
        requests.flush();
        Instant now = clock.instant();
        requests.tell(List.of(new Requests.Event(requestId, line, EventKind.WITHDRAWN, null, now)));
        dispatches.withdrawn(requestId, line, now);
    }
}
