package fr.portailfamille.exchange.outgoing;

import fr.portailfamille.common.PortalClock;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a lot. The manifest stands first and has the hashes of what follows, so the rows are read twice, page by page:
 * neither memory nor a file ever holds them all.
 */
final class LotWriter {

    private final RequestExport export;
    private final OutgoingLot lot;

    LotWriter(RequestExport export, OutgoingLot lot) {
        this.export = export;
        this.lot = lot;
    }

    private record Described(long rows, String sha256) {}

    private interface Sink {
        void take(byte[] bytes) throws IOException;
    }

    void write(OutputStream out) throws IOException {
        Map<OutgoingFile, Described> files = new LinkedHashMap<>();
        for (OutgoingFile file : OutgoingFile.values()) {
            MessageDigest digest = sha256();
            long rows = rows(file, digest::update);
            if (rows > 0) {
                files.put(file, new Described(rows, HexFormat.of().formatHex(digest.digest())));
            }
        }
        ZipOutputStream zip = new ZipOutputStream(out);
        begin(zip, "manifest.json");
        zip.write(manifest(files).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        for (OutgoingFile file : files.keySet()) {
            begin(zip, file.fileName());
            rows(file, zip::write);
            zip.closeEntry();
            OutgoingPlaces.reached(OutgoingPlaces.MID_READING);
        }
        documents(zip);
        zip.finish();
    }

    private void documents(ZipOutputStream zip) throws IOException {
        for (long after = lot.after(); after < lot.upTo(); ) {
            RequestExport.DocumentsPage page = export.documents(lot, after);
            for (RequestExport.Handed handed : page.documents()) {
                begin(zip, handed.name());
                int n = 0;
                for (Optional<byte[]> piece = export.piece(handed.document(), n);
                        piece.isPresent();
                        piece = export.piece(handed.document(), n)) {
                    zip.write(piece.get());
                    n++;
                }
                zip.closeEntry();
            }
            after = page.next();
        }
    }

    private long rows(OutgoingFile file, Sink sink) throws IOException {
        sink.take(RequestExport.csv(List.of(file.columns())));
        long rows = 0;
        for (long after = lot.after(); after < lot.upTo(); ) {
            RequestExport.CsvPage page = export.page(file, lot, after);
            sink.take(page.text());
            rows += page.rows();
            after = page.next();
        }
        return rows;
    }

    private void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(lot.producedAt().atZone(PortalClock.PARIS).toLocalDateTime());
        zip.putNextEntry(entry);
    }

    private String manifest(Map<OutgoingFile, Described> files) {
        JsonArrayBuilder listed = Json.createArrayBuilder();
        files.forEach((file, described) -> listed.add(Json.createObjectBuilder()
                .add("name", file.fileName())
                .add("rows", described.rows())
                .add("sha256", described.sha256())));
        JsonObjectBuilder manifest = Json.createObjectBuilder()
                .add("format", "enfance-exchange/1")
                .add("lotId", lot.lotId().toString())
                .add("town", lot.town())
                .add("flow", "requests")
                .add("mode", "delta")
                .add("sequence", lot.sequence())
                .add("universe", "Enfance")
                .add("producer", "Portail Famille")
                .add("producedAt", RequestExport.instant(lot.producedAt(), PortalClock.PARIS))
                .add("nextCursor", lot.next().text())
                .add("files", listed);
        return manifest.build().toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
