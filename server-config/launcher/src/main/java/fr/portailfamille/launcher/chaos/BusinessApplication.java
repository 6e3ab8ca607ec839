package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.lot.LotSeries.Lot;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Sends lots and asks after them, and again where nobody answers, or somebody says that it did not work. */
final class BusinessApplication {

    static final Set<String> UNDER_WAY = Set.of("RECEIVED", "WAITING", "RUNNING", "UNKNOWN");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Supplier<PortalApi> portal;
    private final Runnable meanwhile;

    /** @param meanwhile done whenever there was no answer */
    BusinessApplication(Supplier<PortalApi> portal, Runnable meanwhile) {
        this.portal = portal;
        this.meanwhile = meanwhile;
    }

    /** Opens the town, with a key for it. */
    void open(String town) {
        PortalApi.Answer opened = portal.get().openTown(town, town, "agent@" + town + ".example");
        if (!opened.ok()) {
            throw new Problem("The town " + town + " could not be opened: " + opened.body());
        }
        portal.get().keyOf(town);
    }

    void send(String town, Lot lot) {
        Optional<PortalApi.Answer> answer = Optional.empty();
        for (long end = end(); System.nanoTime() < end; Waiting.aMoment()) {
            answer = asked(() -> portal.get().sendLot(town, lot.path(), false));
            if (answer.filter(PortalApi.Answer::ok).isPresent()) {
                return;
            }
            if (answer.filter(refusal -> refusal.status() < 500).isPresent()) {
                break;
            }
            meanwhile.run();
        }
        throw new Problem(lot + " of " + town + " was not taken: "
                + answer.map(PortalApi.Answer::body).orElse("no answer"));
    }

    /**
     * Sends the lot as a dry run, of which each sending is another one: who had no answer asks first whether it is there.
     *
     * @return how it ended, and what it has found
     */
    String tryOut(String town, Lot lot) {
        for (long end = end(); System.nanoTime() < end; Waiting.aMoment()) {
            Optional<PortalApi.Answer> known =
                    asked(() -> portal.get().get(town, "/exchange/v1/" + town + "/lots/" + lot.lotId() + "/dry-run"));
            if (known.filter(answer -> answer.status() == 404).isPresent()) {
                asked(() -> portal.get().sendLot(town, lot.path(), true))
                        .filter(answer -> answer.status() >= 400 && answer.status() < 500)
                        .ifPresent(refusal -> {
                            throw new Problem(lot + " of " + town + " was not tried: " + refusal.body());
                        });
            }
            Optional<JsonObject> ended = known.map(PortalApi.Answer::json)
                    .filter(status -> !UNDER_WAY.contains(status.getString("state", "UNKNOWN")));
            if (ended.isPresent()) {
                return ended.get().getString("state") + " " + ended.get().get("rows");
            }
            meanwhile.run();
        }
        return "without an end";
    }

    /** Asks until there is an answer that is no fault of the portal's. */
    <T> T insist(Supplier<T> question, Predicate<T> answered) {
        Problem last = null;
        for (long end = end(); System.nanoTime() < end; Waiting.aMoment()) {
            try {
                T answer = question.get();
                if (answered.test(answer)) {
                    return answer;
                }
            } catch (Problem noAnswer) {
                last = noAnswer;
            }
            meanwhile.run();
        }
        throw new Problem("Nothing came of it: " + (last == null ? "no answer that helps" : last.getMessage()), last);
    }

    /** How each lot ended, or stands when patience does. */
    Map<Lot, String> awaitEnd(String town, List<Lot> lots) {
        Map<Lot, String> states = new LinkedHashMap<>();
        long end = end();
        for (Lot lot : lots) {
            String state = state(town, lot);
            while (UNDER_WAY.contains(state) && System.nanoTime() < end) {
                meanwhile.run();
                Waiting.aMoment();
                state = state(town, lot);
            }
            states.put(lot, state);
        }
        return states;
    }

    String state(String town, Lot lot) {
        return asked(() -> portal.get().get(town, "/exchange/v1/" + town + "/lots/" + lot.lotId()))
                .map(answer -> answer.json().getString("state", "UNKNOWN"))
                .orElse("UNKNOWN");
    }

    /** Empty where nobody answers, or the connection breaks. */
    private static Optional<PortalApi.Answer> asked(Supplier<PortalApi.Answer> question) {
        try {
            return Optional.of(question.get());
        } catch (Problem noAnswer) {
            return Optional.empty();
        }
    }

    static long end() {
        return System.nanoTime() + PATIENCE.toNanos();
    }
}
