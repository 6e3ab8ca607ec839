package fr.portailfamille.common;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who changed what on our side, value by value; append-only. Imports write their own lines, for a whole run at once. */
@ApplicationScoped
public class ChangeLog {

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private Clock clock;

    /** Writes a line where the value really is another one. The actor is the name of the caller's principal. */
    public void changed(
            String actor, String table, long id, String field, @Nullable Object before, @Nullable Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        database.write(handle -> handle.createUpdate(
                        "insert into change_log (town_id, at, actor, table_name, key, field, old_value, new_value) "
                                + "values (:town, :now, :actor, :table, :key, :field, :before, :after)")
                .bind("town", town.id())
                .bind("now", clock.instant())
                .bind("actor", actor)
                .bind("table", table)
                .bind("key", Long.toString(id))
                .bind("field", field)
                .bind("before", text(before))
                .bind("after", text(after))
                .execute());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
