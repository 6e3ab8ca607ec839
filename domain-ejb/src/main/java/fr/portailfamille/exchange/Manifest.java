package fr.portailfamille.exchange;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.format.Mode;
import fr.portailfamille.exchange.format.RefusedException;
import fr.portailfamille.exchange.outgoing.Cursor;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a lot says of itself. Reading it refuses with the contract's codes whatever cannot be taken. */
public record Manifest(
        UUID lotId,
        String town,
        Flow flow,
        Mode mode,
        long sequence,
        String universe,
        @Nullable String producer,
        @Nullable Instant producedAt,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String includesRequestsUpTo,
        List<ListedFile> files) {

    static final String FILE = "manifest.json";

    static final String FORMAT = "enfance-exchange/1";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** A file as the manifest announces it. */
    public record ListedFile(String name, long rows, String sha256) {}

    public Manifest {
        files = List.copyOf(files);
    }

    static Manifest of(String json) {
        Manifest manifest = of(json, 1);
        if (manifest.mode == Mode.FULL
                && manifest.from != null
                && manifest.to != null
                && manifest.from.isAfter(manifest.to)) {
            throw bad("from : le jour de to ou un jour précédent");
        }
        return manifest;
    }

    /** One that was taken: corrections use no sequence, which 0 stands for. */
    static Manifest stored(String json) {
        return of(json, 0);
    }

    private static Manifest of(String json, long leastSequence) {
        JsonObject object = object(json);
        String format = text(object, "format");
        if (!FORMAT.equals(format)) {
            if (format.startsWith("enfance-exchange/")) {
                throw refused("UNKNOWN_FORMAT", "format : " + FORMAT + " est attendu");
            }
            throw refused("UNKNOWN_FORMAT", "format inconnu");
        }
        String flowName = text(object, "flow");
        Flow flow = Flow.named(flowName)
                .orElseThrow(() -> refused("UNKNOWN_FLOW", "flow : ce flux n'est pas repris par ce portail"));
        Mode mode = switch (text(object, "mode")) {
            case "full" -> Mode.FULL;
            case "delta" -> Mode.DELTA;
            default -> throw bad("mode : full ou delta");
        };
        return new Manifest(
                uuid(object),
                text(object, "town"),
                flow,
                mode,
                number(object, "sequence", leastSequence),
                optional(object, "universe", 100) == null ? "Enfance" : text(object, "universe"),
                optional(object, "producer", 200),
                instant(object, "producedAt"),
                day(object, "from"),
                day(object, "to"),
                cursor(object),
                listed(object, flow));
    }

    List<FileFormat> formats() {
        return files.stream()
                .map(file -> Formats.of(flow, file.name()).orElseThrow())
                .toList();
    }

    private static JsonObject object(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        } catch (JsonException | ClassCastException e) {
            throw bad("ce n'est pas un objet JSON");
        }
    }

    private static List<ListedFile> listed(JsonObject object, Flow flow) {
        JsonValue value = object.get("files");
        if (value == null || value.getValueType() != JsonValue.ValueType.ARRAY) {
            throw bad("files : une liste est attendue");
        }
        List<ListedFile> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonValue each : value.asJsonArray()) {
            if (each.getValueType() != JsonValue.ValueType.OBJECT) {
                throw bad("files : des objets sont attendus");
            }
            JsonObject file = each.asJsonObject();
            String name = text(file, "name");
            if (Formats.of(flow, name).isEmpty()) {
                throw new RefusedException(
                        "BAD_PATH", shortened(name), null, null, "ce n'est pas un fichier de ce flux");
            }
            if (!names.add(name)) {
                throw new RefusedException("DUPLICATE_FILE", name, null, null, null);
            }
            String sha256 = text(file, "sha256");
            if (!SHA256.matcher(sha256).matches()) {
                throw bad("sha256 : 64 chiffres hexadécimaux");
            }
            files.add(new ListedFile(name, number(file, "rows", 0), sha256.toLowerCase(Locale.ROOT)));
        }
        if (files.isEmpty()) {
            throw bad("files : au moins un fichier");
        }
        return files;
    }

    private static String text(JsonObject object, String name) {
        if (object.get(name) instanceof JsonString text && !text.getString().isBlank()) {
            return text.getString();
        }
        throw bad(name + " : un texte est attendu");
    }

    private static @Nullable String optional(JsonObject object, String name, int most) {
        JsonValue value = object.getOrDefault(name, JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return null;
        }
        if (value instanceof JsonString text && text.getString().length() <= most) {
            return text.getString().isBlank() ? null : text.getString();
        }
        throw bad(name + " : un texte de " + most + " caractères au plus");
    }

    private static long number(JsonObject object, String name, long least) {
        if (object.get(name) instanceof JsonNumber number && number.isIntegral()) {
            try {
                long value = number.longValueExact();
                if (value >= least && value < 1L << 53) {
                    return value;
                }
            } catch (ArithmeticException e) {
                throw bad(name + " : nombre démesuré");
            }
        }
        throw bad(name + " : un nombre entier est attendu, " + least + " ou plus");
    }

    private static UUID uuid(JsonObject object) {
        try {
            return UUID.fromString(text(object, "lotId"));
        } catch (IllegalArgumentException e) {
            throw bad("lotId : un UUID est attendu");
        }
    }

    private static @Nullable Instant instant(JsonObject object, String name) {
        String text = optional(object, name, 40);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw bad(name + " : un instant avec son décalage est attendu");
        }
    }

    private static @Nullable LocalDate day(JsonObject object, String name) {
        String text = optional(object, name, 10);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw bad(name + " : un jour est attendu, comme 2026-11-20");
        }
    }

    private static @Nullable String cursor(JsonObject object) {
        String text = optional(object, "includesRequestsUpTo", 100);
        if (text != null && Cursor.of(text).isEmpty()) {
            throw bad("includesRequestsUpTo : ce n'est pas un curseur de ce portail");
        }
        return text;
    }

    private static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100);
    }

    private static RefusedException bad(String detail) {
        return refused("BAD_MANIFEST", detail);
    }

    private static RefusedException refused(String code, String detail) {
        return new RefusedException(code, FILE, null, null, detail);
    }
}
