package fr.portailfamille.notice.letter;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template is filled with, as it is kept in the outbox: texts, whole numbers, truths, instants and dates (as ISO
 * text), lists and maps of them. Empty values of maps are left out.
 */
public final class MailModel {

    /** A value that is JSON already, as the database wrote it. Of a model itself, not of a map in it. */
    public record Written(String json) {}

    /** Kept: {@code Json.create…} would look for the provider again with each value, a millisecond at a time. */
    private static final JsonProvider JSON = JsonProvider.provider();

    private MailModel() {}

    public static String write(Map<String, ?> model) {
        Map<String, Object> plain = new LinkedHashMap<>(model);
        plain.values().removeIf(Written.class::isInstance);
        StringBuilder json = new StringBuilder(object(plain).toString());
        model.forEach((key, value) -> {
            if (value instanceof Written written) {
                json.setLength(json.length() - 1);
                json.append(json.length() > 1 ? "," : "")
                        .append(JSON.createValue(key))
                        .append(':')
                        .append(written.json())
                        .append('}');
            }
        });
        return json.toString();
    }

    public static Map<String, Object> read(String json) {
        try (var reader = JSON.createReader(new StringReader(json))) {
            return map(reader.readObject());
        }
    }

    private static JsonObject object(Map<?, ?> map) {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        map.forEach((key, value) -> {
            if (value != null) {
                object.add(String.valueOf(key), value(value));
            }
        });
        return object.build();
    }

    private static JsonValue value(Object value) {
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        if (value instanceof Iterable<?> values) {
            JsonArrayBuilder array = JSON.createArrayBuilder();
            values.forEach(each -> array.add(each == null ? JsonValue.NULL : value(each)));
            return array.build();
        }
        if (value instanceof Boolean truth) {
            return truth ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            return JSON.createValue(((Number) value).longValue());
        }
        return JSON.createValue(value.toString());
    }

    private static Map<String, Object> map(JsonObject object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.forEach((key, value) -> {
            Object plain = plain(value);
            if (plain != null) {
                map.put(key, plain);
            }
        });
        return map;
    }

    private static @Nullable Object plain(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> map(value.asJsonObject());
            case ARRAY -> list(value.asJsonArray());
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> ((JsonNumber) value).longValueExact();
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
        };
    }

    private static List<@Nullable Object> list(JsonArray array) {
        List<@Nullable Object> list = new ArrayList<>(array.size());
        array.forEach(each -> list.add(plain(each)));
        return list;
    }
}
