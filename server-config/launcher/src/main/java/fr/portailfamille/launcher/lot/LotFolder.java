package fr.portailfamille.launcher.lot;

import fr.portailfamille.launcher.lot.LotSeries.Lot;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Where the lots of a series are written, under names and ids that the same town and seed give again.
 *
 * @param day on which the business application makes them
 */
record LotFolder(String town, LocalDate day, long seed, Path folder) {

    Lot write(String flow, boolean full, Map<String, LotTable> lot, long sequence) throws IOException {
        return write(flow, full, lot, sequence, "");
    }

    /** @param mark tells it from others of its sequence */
    Lot write(String flow, boolean full, Map<String, LotTable> lot, long sequence, String mark) throws IOException {
        UUID lotId = UUID.nameUUIDFromBytes(
                (town + "/" + seed + "/" + flow + "/" + sequence + mark).getBytes(StandardCharsets.UTF_8));
        LotWriter writer = new LotWriter();
        lot.forEach(
                (file, table) -> writer.file(file, table.text(), table.rows().size()));
        documents(lot).forEach(name -> writer.document(name, Bills.document(name)));
        Path path = folder.resolve("%s_%03d%s.zip".formatted(flow, sequence, mark));
        writer.write(
                Json.createObjectBuilder()
                        .add("format", "enfance-exchange/1")
                        .add("lotId", lotId.toString())
                        .add("town", town)
                        .add("flow", flow)
                        .add("mode", full ? "full" : "delta")
                        .add("sequence", sequence)
                        .add("universe", "Enfance")
                        .add("producer", "Enfance, série " + seed)
                        .add("producedAt", day + "T07:00:00+01:00")
                        .build(),
                path);
        return new Lot(flow, full, sequence, lotId, path, writer.rows());
    }

    /** Those that its invoices name, each once. */
    private static Set<String> documents(Map<String, LotTable> lot) {
        LotTable invoices = lot.get("invoices.csv");
        return invoices == null
                ? Set.of()
                : invoices.values("document").stream()
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
