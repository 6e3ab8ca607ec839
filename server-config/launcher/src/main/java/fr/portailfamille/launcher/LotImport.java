package fr.portailfamille.launcher;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Sends lots, one after the other, and follows each to its end on the terminal. */
public final class LotImport {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Set<String> ENDED = Set.of("APPLIED", "REFUSED", "GUARD", "FAILED", "CANCELLED", "SUPERSEDED");
    private static final int SHOWN_REJECTS = 20;
    private static final int BAR = 30;

    private final PortalApi portal;
    private final PrintStream out;
    private final boolean terminal;

    public LotImport(PortalApi portal, PrintStream out) {
        this.portal = portal;
        this.out = out;
        // Told by the script: from Java 22 on, System.console() is there also when the output goes to a file.
        this.terminal = Boolean.getBoolean("portail.terminal");
    }

    /** Files as they are given; of a folder, its ZIP files by name. */
    public static List<Path> lots(List<Path> given) {
        List<Path> lots = new ArrayList<>();
        for (Path path : given) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    files.filter(file -> file.toString().endsWith(".zip"))
                            .sorted()
                            .forEach(lots::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            } else {
                lots.add(path);
            }
        }
        return lots;
    }

    /** Whether every lot was taken over, or waits for one that is to come. */
    public boolean send(String town, List<Path> lots, boolean dryRun) {
        boolean good = true;
        for (Path lot : lots) {
            good &= sendOne(town, lot, dryRun);
        }
        return good;
    }

    private boolean sendOne(String town, Path lot, boolean dryRun) {
        long start = System.nanoTime();
        PortalApi.Answer answer = portal.sendLot(town, lot, dryRun);
        if (!answer.ok()) {
            out.println("✗ " + lot.getFileName() + "  " + answer.reason());
            return false;
        }
        String location = answer.location()
                .orElseGet(
                        () -> "/exchange/v1/" + town + "/lots/" + answer.json().getString("lotId"));
        JsonObject state = follow(town, lot, location);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        String name = state.getString("state", "?");
        boolean good = name.equals("APPLIED") || name.equals("WAITING") || name.equals("SUPERSEDED");
        out.printf(
                "%s %s  %s  %.1f s  %s%n",
                good ? "✓" : "✗", lot.getFileName(), name, took.toMillis() / 1000.0, counts(state));
        reasons(state);
        if (count(state, "rejected") > 0) {
            rejects(town, location);
        }
        return good;
    }

    private JsonObject follow(String town, Path lot, String location) {
        long told = System.nanoTime();
        while (true) {
            PortalApi.Answer answer = portal.get(town, location);
            if (answer.status() >= 500 && System.nanoTime() - told < PATIENCE.toNanos()) {
                // The database starts again, say: the lot is taken up again by itself.
                Waiting.aMoment();
                continue;
            }
            if (!answer.ok()) {
                throw new Problem("The state of " + lot.getFileName() + " is not to be had: " + answer.reason());
            }
            told = System.nanoTime();
            JsonObject state = answer.json();
            String name = state.getString("state", "");
            if (terminal) {
                bar(lot, name, state.getInt("progress", 0));
            }
            // A lot that waits for a missing number may do so for a day; one that waits its turn comes to it by itself.
            if (ENDED.contains(name) || waitsForAnother(state)) {
                return state;
            }
            Waiting.aMoment();
        }
    }

    private static boolean waitsForAnother(JsonObject state) {
        return state.getString("state", "").equals("WAITING")
                && state.getOrDefault("waitingFor", JsonValue.NULL) != JsonValue.NULL;
    }

    private void bar(Path lot, String state, int progress) {
        int full = BAR * progress / 100;
        out.printf(
                "\r%-32s [%s%s] %3d %% %-9s",
                lot.getFileName(), "█".repeat(full), "·".repeat(BAR - full), progress, state);
        if (ENDED.contains(state)) {
            out.print("\r" + " ".repeat(90) + "\r");
        }
        out.flush();
    }

    private static String counts(JsonObject state) {
        List<String> counts = new ArrayList<>();
        for (String kind : List.of("created", "changed", "unchanged", "archived", "rejected", "warnings")) {
            counts.add(kind + " " + count(state, kind));
        }
        return String.join(" · ", counts);
    }

    private static int count(JsonObject state, String kind) {
        return state.get("rows") instanceof JsonObject rows ? rows.getInt(kind, 0) : 0;
    }

    private void reasons(JsonObject state) {
        if (state.get("reasons") instanceof jakarta.json.JsonArray reasons) {
            for (JsonValue reason : reasons) {
                out.println("    " + reason);
            }
        }
    }

    private void rejects(String town, String location) {
        PortalApi.Answer answer = portal.get(town, location + "/rejects.csv");
        if (!answer.ok()) {
            out.println("    rejects: " + answer.reason());
            return;
        }
        List<String> lines = answer.body().lines().toList();
        lines.stream().limit(SHOWN_REJECTS + 1L).forEach(line -> out.println("    " + line));
        if (lines.size() > SHOWN_REJECTS + 1) {
            out.printf("    … %d more: GET %s/rejects.csv%n", lines.size() - SHOWN_REJECTS - 1, location);
        }
    }
}
