package fr.portailfamille.exchange;

import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import fr.portailfamille.exchange.format.CsvFile;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.format.Mode;
import fr.portailfamille.exchange.format.RefusedException;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** A CSV that an agent sends back from a spreadsheet, made into a lot of its own. Memory does not grow with it. */
final class CorrectedFile {

    private static final String PRODUCER = "État des traitements";

    /** What the lot takes over from the one that it corrects: without it, families' later bookings win. */
    record Origin(
            String universe,
            @Nullable Instant producedAt,
            @Nullable String includesRequestsUpTo) {

        static final Origin NONE = new Origin("Enfance", null, null);
    }

    private final Path csv;
    private final FileFormat format;
    private final Flow flow;

    private CorrectedFile(Path csv, FileFormat format, Flow flow) {
        this.csv = csv;
        this.format = format;
        this.flow = flow;
    }

    /**
     * The file of the contract is told by the beginning of its name, which browsers and spreadsheets leave alone:
     * {@code individuals (1).csv}.
     */
    static CorrectedFile of(Path csv, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Flow flow : Flow.values()) {
            Optional<FileFormat> found = Formats.of(flow).stream()
                    .filter(format -> names(lower, format))
                    .max(Comparator.comparingInt(format -> format.name().length()));
            if (found.isPresent()) {
                return new CorrectedFile(csv, found.get(), flow);
            }
        }
        throw new RefusedException("UNKNOWN_FILE", null, null, null, null);
    }

    private static boolean names(String upload, FileFormat format) {
        String stem = format.name().substring(0, format.name().length() - ".csv".length());
        return upload.startsWith(stem)
                && (upload.length() == stem.length()
                        || !Character.isLetter(upload.charAt(stem.length())) && upload.charAt(stem.length()) != '_');
    }

    /** Writes the lot. */
    LotInspection.Inspected pack(Path zip, String town, Origin origin, LotLimits limits) throws IOException {
        MessageDigest digest = sha256();
        long rows;
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream packed = new ZipOutputStream(file)) {
            packed.putNextEntry(new ZipEntry(format.name()));
            rows = copyRows(new DigestOutputStream(packed, digest), limits);
            packed.closeEntry();
            byte[] content = digest.digest();
            UUID id = UUID.randomUUID();
            String json = manifest(id, town, origin, rows, HexFormat.of().formatHex(content));
            packed.putNextEntry(new ZipEntry(Manifest.FILE));
            packed.write(json.getBytes(StandardCharsets.UTF_8));
            packed.closeEntry();
            packed.finish();
            return new LotInspection.Inspected(Manifest.stored(json), json, Files.size(zip), Files.size(csv), content);
        }
    }

    private long copyRows(OutputStream out, LotLimits limits) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(csv), 1 << 16);
                CsvFile file = new CsvFile(format, in, limits.field())) {
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            CsvWriter rows = CsvWriter.builder().fieldSeparator(';').build(text);
            List<String> header = file.header();
            rows.writeRecord(header);
            for (CsvRecord row = file.next(); row != null; row = file.next()) {
                if (file.rows() > limits.rows()) {
                    throw new RefusedException("TOO_LARGE", format.name(), null, null, null);
                }
                List<String> cells = new ArrayList<>();
                for (String cell : row.getFields()) {
                    cells.add(Spreadsheet.unarmed(cell));
                }
                rows.writeRecord(cells);
            }
            if (file.rows() == 0) {
                throw new RefusedException("NO_ROWS", format.name(), null, null, null);
            }
            // The stream goes on with the next file of the ZIP.
            rows.flush();
            return file.rows();
        }
    }

    private String manifest(UUID id, String town, Origin origin, long rows, String sha256) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("format", Manifest.FORMAT)
                .add("lotId", id.toString())
                .add("town", town)
                .add("flow", flow.word())
                .add("mode", Mode.DELTA.name().toLowerCase(Locale.ROOT))
                .add("sequence", 0)
                .add("universe", origin.universe())
                .add("producer", PRODUCER);
        if (origin.producedAt() != null) {
            json.add("producedAt", origin.producedAt().toString());
        }
        if (origin.includesRequestsUpTo() != null) {
            json.add("includesRequestsUpTo", origin.includesRequestsUpTo());
        }
        return json.add(
                        "files",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("name", format.name())
                                        .add("rows", rows)
                                        .add("sha256", sha256)))
                .build()
                .toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
