package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.lot.LotSeries.Lot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Sends lots and asks after them, and again where nobody answers, or somebody says that it did not work. */
final class BusinessApplication {

    private static final Set<String> UNDER_WAY = Set.of("RECEIVED", "WAITING", "RUNNING", "UNKNOWN");
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
