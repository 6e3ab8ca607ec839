package fr.portailfamille.exchange;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reasons as the JSON that the contract shows and the lot keeps. */
final class Reasons {

    private Reasons() {}

    static String toJson(List<Reason> reasons) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (Reason reason : reasons) {
            JsonObjectBuilder object = Json.createObjectBuilder().add("code", reason.code());
            if (reason.file() != null) {
                object.add("file", reason.file());
            }
            if (reason.line() != null) {
                object.add("line", reason.line());
            }
            if (reason.column() != null) {
                object.add("column", reason.column());
            }
            if (reason.detail() != null) {
                object.add("detail", reason.detail());
            }
            array.add(object);
        }
        return array.build().toString();
    }

    static List<Reason> fromJson(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(object -> new Reason(
                            object.getString("code"),
                            text(object, "file"),
                            line(object),
                            text(object, "column"),
                            text(object, "detail")))
                    .toList();
        }
    }

    private static @Nullable String text(JsonObject object, String name) {
        return object.containsKey(name) ? object.getString(name) : null;
    }

    private static @Nullable Long line(JsonObject object) {
        JsonNumber line = object.containsKey("line") ? object.getJsonNumber("line") : null;
        return line == null ? null : line.longValue();
    }
}
