package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Mode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of a run need to know.
 *
 * @param correction whether an agent sent it, who had some rows of a lot to correct: it says nothing of the others
 * @param files those of the lot, with the columns that their headers have
 * @param from first day that a full lot of bookings covers, where the manifest says so
 * @param knownUpTo the position up to which the business application knew of the portal's requests; 0 = nothing
 */
public record Load(
        int town,
        Stage stage,
        Mode mode,
        boolean correction,
        Instant now,
        String universe,
        Map<FileFormat, FileRead> files,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        long knownUpTo) {

    /**
     * A file as it was read.
     *
     * @param keysDiffer whether no key is there twice; null where that is not known, as in files of more than a million rows
     * @param firstDay of those that keys bear; null where they bear none
     * @param lastDay likewise
     */
    public record FileRead(
            List<Column> columns,
            long rows,
            long warned,
            boolean unreadableKeys,
            @Nullable Boolean keysDiffer,
            @Nullable LocalDate firstDay,
            @Nullable LocalDate lastDay) {}

    public Load {
        files = Map.copyOf(files);
    }

    Flow flow() {
        return stage.flow();
    }

    boolean full() {
        return mode == Mode.FULL;
    }

    FileRead read(FileFormat file) {
        FileRead read = files.get(file);
        if (read == null) {
            throw new IllegalArgumentException(file.name() + " is not in the lot");
        }
        return read;
    }

    boolean has(FileFormat file, String column) {
        return read(file).columns().stream().anyMatch(each -> each.name().equals(column));
    }

    Optional<Column> present(FileFormat file, String column) {
        return read(file).columns().stream()
                .filter(each -> each.name().equals(column))
                .findFirst();
    }

    int update(Handle handle, String sql) {
        return bind(handle.createUpdate(sql)).execute();
    }

    long number(Handle handle, String sql) {
        return bind(handle.createQuery(sql)).mapTo(long.class).one();
    }

    boolean any(Handle handle, String condition) {
        return bind(handle.createQuery("select exists (" + condition + ")"))
                .mapTo(boolean.class)
                .one();
    }

    private <S extends SqlStatement<S>> S bind(S statement) {
        return statement
                .bind("town", town)
                .bind("run", stage.run())
                .bind("now", now.atOffset(java.time.ZoneOffset.UTC))
                .bind("universe", universe)
                .bind("known", knownUpTo)
                .configure(
                        org.jdbi.v3.core.statement.SqlStatements.class, config -> config.setUnusedBindingAllowed(true));
    }
}
