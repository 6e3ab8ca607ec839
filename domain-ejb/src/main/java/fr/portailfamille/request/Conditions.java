package fr.portailfamille.request;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conditions of one search and the values they name; an empty value narrows nothing. */
final class Conditions {

    private final StringBuilder sql = new StringBuilder();
    private final Map<String, Object> values = new HashMap<>();

    void and(String condition, Map<String, ?> named) {
        sql.append(" and ").append(condition);
        values.putAll(named);
    }

    void equal(String column, String name, @Nullable Enum<?> value) {
        if (value != null) {
            and(column + " = :" + name, Map.of(name, value.name()));
        }
    }

    /** Case set aside. What a user types is text, never a pattern. */
    void containing(String column, String name, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            and(
                    "position(:" + name + " in lower(" + column + ")) > 0",
                    Map.of(name, text.strip().toLowerCase(Locale.FRENCH)));
        }
    }

    /** Each word somewhere in the name, as names are kept for search. */
    void namedLike(String column, String name, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            and(
                    "(select bool_and(position(word in " + column + ") > 0) from regexp_split_to_table(search_text(:"
                            + name + "), ' ') as word)",
                    Map.of(name, text));
        }
    }

    String sql() {
        return sql.toString();
    }

    Map<String, ?> values() {
        return Map.copyOf(values);
    }
}
