package fr.portailfamille.common;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * The search of a grid: rows and their number come from the same conditions. Every value is bound, never written into the
 * statement; an empty one narrows nothing.
 */
public final class GridQuery {

    /** More rows than any page shows are never read at once. */
    private static final int LARGEST_PAGE = 200;

    private final String columns;
    private final StringBuilder from;
    private final Map<String, Object> values = new HashMap<>();

    /**
     * @param columns the select list
     * @param from tables and the condition on the town, that is, everything from {@code from} to the first condition
     */
    public GridQuery(int town, String columns, String from) {
        this.columns = columns;
        this.from = new StringBuilder(from);
        values.put("town", town);
    }

    public GridQuery and(String condition) {
        from.append(" and (").append(condition).append(')');
        return this;
    }

    /** The condition names the value as {@code :name}. */
    public GridQuery and(String condition, String name, @Nullable Object value) {
        if (value != null && !(value instanceof String text && text.isBlank())) {
            and(condition);
            values.put(name, value instanceof Enum<?> choice ? choice.name() : value);
        }
        return this;
    }

    /** Part of a text, case set aside. What is typed is text, never a pattern. */
    public GridQuery containing(String column, String name, @Nullable String text) {
        return and(
                "position(:" + name + " in lower(" + column + ")) > 0",
                name,
                text == null ? null : text.strip().toLowerCase(Locale.FRENCH));
    }

    public <R> Page<R> page(Handle handle, String order, int first, int size, RowMapper<R> mapper) {
        long total = handle.createQuery("select count(*) " + from)
                .bindMap(values)
                .mapTo(long.class)
                .one();
        List<R> rows = handle.createQuery(
                        "select " + columns + " " + from + " order by " + order + " limit :size offset :first")
                .bindMap(values)
                .bind("size", Math.min(size, LARGEST_PAGE))
                .bind("first", first)
                .map(mapper)
                .list();
        return new Page<>(rows, total);
    }

    /** Whether there is anything to search by: words are what is left of a text without punctuation. */
    public static @Nullable String words(@Nullable String typed) {
        return typed == null || typed.codePoints().noneMatch(Character::isLetterOrDigit) ? null : typed;
    }
}
