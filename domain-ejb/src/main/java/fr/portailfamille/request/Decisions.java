package fr.portailfamille.request;

import fr.portailfamille.common.CurrentTown;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How every decision on a line is written, whoever made it: the line and its request move, the history tells, and a row of
 * {@code decision} lets the next digest tell. Runs in the caller's transaction, in the town it is bound to. The booking
 * itself is moved by the caller.
 */
@ApplicationScoped
public class Decisions {

    private static final int AT_ONCE = 500;

    @Inject
    private Requests requests;

    @Inject
    private Dispatches dispatches;

    @Inject
    private Event<RequestDecided> decided;

    @Inject
    private CurrentTown town;

    @Inject
    private Clock clock;

    /** What became of a decision that came from outside. */
    public enum Effect {
        APPLIED,
        /** The same was decided before. */
        UNCHANGED,
        /** The family had withdrawn the line: it stays withdrawn. */
        WITHDRAWN,
        UNKNOWN_LINE
    }

    /**
     * Records decisions that the family did not see being made, such as those of the business application; any number,
     * in chunks.
     *
     * @return what became of each, in the same order
     */
    public List<Effect> record(List<LineDecision> decisions) {
        List<Effect> effects = new ArrayList<>(decisions.size());
        for (int from = 0; from < decisions.size(); from += AT_ONCE) {
            effects.addAll(recordChunk(decisions.subList(from, Math.min(from + AT_ONCE, decisions.size()))));
        }
        return effects;
    }

    /** As {@link #record}, for decisions made on the portal after the request was written: the business application is told. */
    public List<Effect> recordOurs(List<LineDecision> decisions) {
        List<Effect> effects = record(decisions);
        List<LineDecision> applied = new ArrayList<>();
        for (int i = 0; i < effects.size(); i++) {
            if (effects.get(i) == Effect.APPLIED) {
                applied.add(decisions.get(i));
            }
        }
        dispatches.decided(applied, clock.instant());
        return effects;
    }

    private List<Effect> recordChunk(List<LineDecision> decisions) {
        Instant now = clock.instant();
        TreeSet<Long> ids = new TreeSet<>();
        decisions.forEach(decision -> ids.add(decision.requestId()));
        Map<Long, Request> found = requests.byId(ids);
        List<LineDecision> applied = new ArrayList<>();
        List<Effect> effects = new ArrayList<>(decisions.size());
        for (LineDecision decision : decisions) {
            Effect effect = apply(found.get(decision.requestId()), decision, now);
            effects.add(effect);
            if (effect == Effect.APPLIED) {
                applied.add(decision);
            }
        }
        requests.flush();
        write(applied, found, now);
        return effects;
    }

    private static Effect apply(@Nullable Request request, LineDecision decision, Instant now) {
        if (request == null
                || decision.line() < 1
                || decision.line() > request.lines().size()) {
            return Effect.UNKNOWN_LINE;
        }
        if (request.line(decision.line()).state() == LineState.WITHDRAWN) {
            return Effect.WITHDRAWN;
        }
        return request.decide(decision, now, false) ? Effect.APPLIED : Effect.UNCHANGED;
    }

    /** Decisions made while the family submits: it sees them on its screen. */
    void recordAtOnce(Request request, List<LineDecision> decisions, Instant at) {
        Map<Long, Request> one = new LinkedHashMap<>();
        one.put(request.id(), request);
        write(decisions, one, at);
    }

    private void write(List<LineDecision> decisions, Map<Long, Request> found, Instant at) {
        requests.decided(
                decisions.stream()
                        .filter(decision -> aboutBooking(decision, found))
                        .toList(),
                found,
                at);
        requests.tell(decisions.stream()
                .map(decision -> new Requests.Event(
                        decision.requestId(),
                        decision.line(),
                        EventKind.valueOf(decision.outcome().name()),
                        decision.reason(),
                        at))
                .toList());
        decisions.stream()
                .filter(decision -> !aboutBooking(decision, found))
                .map(LineDecision::requestId)
                .distinct()
                .forEach(request -> decided.fire(new RequestDecided(town.id(), request)));
    }

    private static boolean aboutBooking(LineDecision decision, Map<Long, Request> found) {
        Request request = Objects.requireNonNull(found.get(decision.requestId()));
        return request.line(decision.line()).kind() == LineKind.BOOKING;
    }
}
