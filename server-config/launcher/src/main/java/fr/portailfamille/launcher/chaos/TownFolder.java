package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.lot.LotSeries.Lot;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A town's drop folder, as its business application uses it. */
final class TownFolder {

    private final Path in;
    private final Path out;
    private final Path done;
    private final Path refused;
    private final Path kept;

    TownFolder(Path folder) {
        in = folder.resolve("in");
        out = folder.resolve("out");
        done = in.resolve("done");
        refused = in.resolve("refused");
        kept = folder.resolve("kept");
    }

    /** From now on the portal looks into it. */
    void make() throws IOException {
        Files.createDirectories(in);
        Files.createDirectories(out);
        Files.createDirectories(kept);
    }

    /** Takes in what lies there, then moves it away. */
    void takeOut(TakenRequests taken) throws IOException {
        for (String name : visible(out)) {
            Path file = out.resolve(name);
            try {
                taken.take(Files.readAllBytes(file));
                Files.move(file, kept.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            } catch (NoSuchFileException gone) {
                throw new Problem("The portal took " + name + " back", gone);
            }
        }
    }

    /** Lots in this order, each complete at once. */
    void drop(List<Lot> lots) throws IOException {
        for (Lot lot : lots) {
            Path hidden = in.resolve("." + name(lots, lot));
            Files.copy(lot.path(), hidden, StandardCopyOption.REPLACE_EXISTING);
            Files.move(hidden, in.resolve(name(lots, lot)), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static String name(List<Lot> lots, Lot lot) {
        return "%02d-%s.zip".formatted(lots.indexOf(lot) + 1, lot.flow());
    }

    /** Whether each was put away, with its end beside it and what was rejected of it. */
    boolean allAnswered(List<Lot> lots) throws IOException {
        for (Lot lot : lots) {
            String name = name(lots, lot);
            Optional<JsonObject> answer = answer(name);
            if (Files.exists(in.resolve(name))
                    || answer.isEmpty()
                    || BusinessApplication.UNDER_WAY.contains(answer.get().getString("state", ""))
                    || hasRejects(answer.get()) && !Files.exists(done.resolve(name + ".rejects.csv"))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasRejects(JsonObject answer) {
        JsonObject rows = answer.getJsonObject("rows");
        return rows != null && rows.getInt("rejected", 0) + rows.getInt("warnings", 0) > 0;
    }

    /** What lies in it, and how each lot ended as the answer beside it has it. */
    Map<String, String> found(List<Lot> lots) throws IOException {
        Map<String, String> found = new TreeMap<>();
        found.put("files in in/", visible(in).toString());
        found.put("files in done/", visible(done).toString());
        found.put("files in refused/", visible(refused).toString());
        for (Lot lot : lots) {
            found.put(
                    "dropped " + lot,
                    answer(name(lots, lot))
                            .map(answer -> answer.getString("state", "no state") + " " + answer.get("rows"))
                            .orElse("not answered"));
        }
        return found;
    }

    private Optional<JsonObject> answer(String name) throws IOException {
        for (Path folder : List.of(done, refused)) {
            Path file = folder.resolve(name + ".json");
            if (Files.exists(file)) {
                try (JsonReader reader = Json.createReader(new StringReader(Files.readString(file)))) {
                    return Optional.of(reader.readObject());
                }
            }
        }
        return Optional.empty();
    }

    /** Names of files that are not the portal's own, in their order. */
    private static List<String> visible(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
