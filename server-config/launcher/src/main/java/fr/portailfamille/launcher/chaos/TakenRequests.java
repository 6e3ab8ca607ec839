package fr.portailfamille.launcher.chaos;

import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What the business application has taken in of the requests: each lot once, and its rows in the order in which they came. */
final class TakenRequests {

    private final Set<String> lots = new HashSet<>();
    private final Map<String, List<String>> rows = new TreeMap<>();

    /** @throws IOException for a lot that lacks its end */
    void take(byte[] lot) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(lot))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        String manifest = files.remove("manifest.json");
        if (manifest == null) {
            throw new IOException("A lot without a manifest");
        }
        if (lots.add(Json.createReader(new StringReader(manifest)).readObject().getString("lotId"))) {
            files.forEach((name, text) -> rows.computeIfAbsent(name, none -> new ArrayList<>())
                    .addAll(text.lines().skip(1).toList()));
        }
    }

    /** The references of the requests. */
    List<String> refs() {
        return rows.getOrDefault("requests.csv", List.of()).stream()
                .map(row -> row.substring(0, row.indexOf(',')))
                .toList();
    }

    /** By file: how many rows, and a digest over them in their order. */
    Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>();
        rows.forEach((name, all) -> digests.put(name, all.size() + " rows, " + Integer.toHexString(all.hashCode())));
        return digests;
    }
}
