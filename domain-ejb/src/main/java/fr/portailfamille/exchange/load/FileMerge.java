package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes what {@link FileCheck} found into the live tables: inserts, updates, archives. Unchanged rows are not touched. */
final class FileMerge {

    private final Load load;
    private final FileFormat file;
    private final FileScope scope;
    private final String joined;
    private final Lines lines;

    FileMerge(Load load, FileFormat file) {
        this(load, file, Lines.ALL, " join " + load.stage().rows(file) + " s on s.line = k.line");
    }

    /**
     * Of a file that was checked for it.
     *
     * @param lines where rows stand that are new: all, the first ones, or those that follow the first ones; what has changed
     *     is written with the last of them
     */
    static FileMerge asChecked(Load load, FileFormat file, Lines lines) {
        String carried = Stage.values(file, load.read(file).columns()).stream()
                .map(value -> "k." + value)
                .collect(Collectors.joining(", "));
        return new FileMerge(load, file, lines, " cross join lateral (select " + carried + ") s");
    }

    private FileMerge(Load load, FileFormat file, Lines lines, String read) {
        this.load = load;
        this.file = file;
        this.lines = lines;
        this.scope = new FileScope(load, file);
        this.joined = load.stage().verdicts(file) + " k" + read;
    }

    /** @param before rows of the file that are new and were written with those before these */
    void run(Handle handle, FileVerdicts verdicts, long before) {
        long created = verdicts.created() - before;
        long changed = verdicts.changed();
        // First, so that what replaces is not for a moment beside what it replaces.
        if (verdicts.missing() > 0 || scope.replaces() && verdicts.archived() > 0) {
            archiveMissing(handle);
        }
        if (changed > 0) {
            new ChangeLog(load, file).write(handle);
            write(handle, update(), changed);
        }
        if (created > 0) {
            write(handle, insert(), created);
        }
        if (created >= LotLoad.MANY) {
            countRows(handle);
        }
        if (created + changed > 0) {
            switch (file.trait()) {
                case FAMILIES -> mergeAccounts(handle);
                case INDIVIDUALS -> mergeClasses(handle);
                default -> {
                    // Nothing beside the table itself.
                }
            }
        }
    }

    /** What is reported is what was written: a row that the check counted and the merge does not find must not vanish. */
    private void write(Handle handle, String sql, long expected) {
        long written = load.update(handle, sql);
        if (written != expected) {
            throw new IllegalStateException(
                    "%s: %d rows were to be written, and %d were".formatted(file.name(), expected, written));
        }
    }

    /** Foreign keys to a table that counts as empty are checked in whatever way, those of the rows that follow too. */
    private void countRows(Handle handle) {
        handle.createQuery("select count_rows_if_none(:table)::text")
                .bind("table", file.table())
                .mapTo(String.class)
                .one();
    }

    // ---- the table itself ----------------------------------------------------------------------------------------

    private String insert() {
        List<String> into = new ArrayList<>(List.of("town_id"));
        List<String> from = new ArrayList<>(List.of(":town"));
        if (file.hasId()) {
            into.add("id");
            from.add("k.id");
        }
        for (Column column : SqlParts.all(load, file)) {
            into.addAll(stored(column));
            from.addAll(merged(column));
        }
        if (file.trait() == Trait.DOCUMENTS) {
            owners(into, from);
        }
        if (file.trait() == Trait.INDIVIDUALS) {
            into.add("search_name");
            from.add(searchName("null"));
        }
        deposit().ifPresent(day -> {
            into.add("deposited_on");
            from.add("coalesce(" + day + ", " + SqlParts.today() + ")");
        });
        if (SqlParts.hasDocument(load, file)) {
            into.add("document_id");
            from.add("k.document_id");
        }
        into.addAll(List.of("created_run", "changed_run", "archived_at"));
        from.addAll(List.of(":run", ":run", archivedNow("null::timestamptz")));
        return "insert into " + file.table() + " (" + String.join(", ", into) + ") select " + String.join(", ", from)
                + " from " + joined + " where k.verdict = 'N'" + lines.condition("k.line");
    }

    /** Both owners are always written: the header may lack one. */
    private void owners(List<String> into, List<String> from) {
        for (String owner : List.of("family_id", "individual_id")) {
            if (!into.contains(owner)) {
                into.add(owner);
                from.add("k." + owner);
            }
        }
    }

    private String update() {
        List<String> sets = new ArrayList<>();
        for (Column column : SqlParts.values(load, file)) {
            List<String> stored = stored(column);
            List<String> merged = merged(column);
            for (int i = 0; i < stored.size(); i++) {
                sets.add(stored.get(i) + " = " + merged.get(i));
            }
        }
        if (file.trait() == Trait.INDIVIDUALS) {
            sets.add("search_name = " + searchName("t.birth_name"));
        }
        deposit().ifPresent(day -> sets.add("deposited_on = coalesce(" + day + ", t.deposited_on)"));
        if (SqlParts.hasDocument(load, file)) {
            sets.add("document_id = k.document_id");
        }
        sets.add("changed_run = :run");
        sets.add("archived_at = " + archivedNow("t.archived_at"));
        return "update " + file.table() + " t set " + String.join(", ", sets) + " from " + joined
                + " where k.verdict = 'C' and t.town_id = :town and " + found();
    }

    /** The day of deposit that the file gives, for files that have one. */
    private Optional<String> deposit() {
        if (file.trait() != Trait.INVOICES && file.trait() != Trait.PAYMENTS) {
            return Optional.empty();
        }
        return Optional.of(load.has(file, "deposited_on") ? "s.given_deposited_on" : "null::date");
    }

    private String found() {
        return file.hasId() ? "t.id = k.id" : storedKey();
    }

    private String storedKey() {
        return file.key().stream()
                .map(column -> "t." + column.target() + " = "
                        + (column.link() ? "k." + column.target() : "s." + column.target()))
                .collect(Collectors.joining(" and "));
    }

    private static List<String> stored(Column column) {
        return column.secret() ? List.of(column.target() + "_enc", column.target() + "_mac") : List.of(column.target());
    }

    private static List<String> merged(Column column) {
        if (column.secret()) {
            return List.of("s." + column.target() + "_enc", "s." + column.target() + "_mac");
        }
        return List.of((column.link() ? "k." : "s.") + column.target());
    }

    /** @param since when it was archived before, as an expression */
    private String archivedNow(String since) {
        return load.has(file, "archived") ? "case when s.archived then coalesce(" + since + ", :now) end" : "null";
    }

    private String searchName(String otherwise) {
        if (load.has(file, "birth_name")) {
            return "s.search_name";
        }
        return "app.search_text(concat_ws(' ', s.last_name, " + otherwise + ", s.first_name))";
    }

    /** Rows of which something is written beside the table itself. */
    private String written() {
        if (lines.all()) {
            return "k.verdict in ('N', 'C')";
        }
        String created = "k.verdict = 'N'" + lines.condition("k.line");
        return lines.after() == 0 ? created : "(" + created + " or k.verdict = 'C')";
    }

    // ---- what hangs on it ----------------------------------------------------------------------------------------

    private void mergeAccounts(Handle handle) {
        List<String> into = new ArrayList<>();
        for (Column column : SqlParts.accountValues(load, file)) {
            into.add(column.target());
        }
        String universe = SqlParts.universe(load, file, "s");
        String names = String.join(", ", into);
        String values = into.stream().map(name -> "s." + name).collect(Collectors.joining(", "));
        String sets = into.stream().map(name -> name + " = s." + name).collect(Collectors.joining(", "));
        String same = "a.town_id = :town and a.universe = " + universe + " and a.ref = s.ref";
        // Apart from each other: to insert what may be there is twice the work.
        load.update(
                handle,
                "update business_account a set " + sets
                        + ", family_id = k.id, search_name = s.search_name, changed_run = :run, archived_at = "
                        + archivedNow("a.archived_at") + ", version = a.version + 1 from " + joined
                        + " where " + written() + " and " + same);
        load.update(
                handle,
                "insert into business_account (town_id, id, ref, family_id, universe, " + names
                        + ", search_name, created_run, changed_run, archived_at)"
                        + " select :town, nextval('business_account_seq'), s.ref, k.id, " + universe + ", " + values
                        + ", s.search_name, :run, :run, " + archivedNow("null::timestamptz") + " from " + joined
                        + " where " + written() + " and not exists (select from business_account a where " + same
                        + ")");
    }

    private void mergeClasses(Handle handle) {
        if (!load.has(file, "class_ref")) {
            return;
        }
        String classes = load.stage().verdicts(file)
                + " k join school_class c on c.town_id = :town and c.id = k.class_id where " + written();
        load.update(
                handle,
                "update class_assignment a set class_id = k.class_id from " + classes
                        + " and a.town_id = :town and a.individual_id = k.id and a.school_year = c.school_year"
                        + " and a.class_id <> k.class_id");
        load.update(
                handle,
                "insert into class_assignment (town_id, individual_id, school_year, class_id)"
                        + " select :town, k.id, c.school_year, k.class_id from " + classes
                        + " and not exists (select from class_assignment a where a.town_id = :town"
                        + " and a.individual_id = k.id and a.school_year = c.school_year)");
        load.update(
                handle,
                "delete from class_assignment a using " + load.stage().verdicts(file)
                        + " k where k.verdict = 'C' and k.class_id is null and a.town_id = :town and a.individual_id = k.id"
                        + " and (a.town_id, a.individual_id, a.school_year) in (select c.town_id, c.individual_id, c.school_year "
                        + SqlParts.currentAssignment("a.individual_id").substring("select ".length()) + ")");
    }

    // ---- full lots: what is not there any more -------------------------------------------------------------------

    private String missing() {
        String key = file.hasId()
                ? "k.id = t.id"
                : file.key().stream()
                        .map(column -> "t." + column.target() + " = " + (column.link() ? "k." : "s.") + column.target())
                        .collect(Collectors.joining(" and "));
        boolean aside = file.hasId() || file.key().stream().allMatch(Column::link);
        return " t.town_id = :town and t.archived_at is null" + scope.condition() + " and not exists (select from "
                + (aside ? load.stage().verdicts(file) + " k" : joined) + " where " + key + ")";
    }

    /**
     * How many a full lot would archive because it lacks them.
     *
     * @param counts rows by verdict
     */
    long countMissing(Handle handle, Map<String, Long> counts) {
        if (!scope.archives()) {
            return 0;
        }
        // Where the file says of all it names that they are as they stand, the others need not be looked for.
        if (scope.condition().isEmpty()
                && counts.keySet().equals(Set.of(Verdict.UNCHANGED))
                && !archivesByWord(handle)) {
            return countStanding(handle) - counts.getOrDefault(Verdict.UNCHANGED, 0L);
        }
        return load.number(handle, "select count(*) from " + file.table() + " t where" + missing());
    }

    /** Whether a row says of itself that it is archived. */
    boolean archivesByWord(Handle handle) {
        return load.has(file, FileFormat.ARCHIVED.name())
                && load.any(handle, "select from " + load.stage().rows(file) + " where archived");
    }

    long countStanding(Handle handle) {
        return load.number(
                handle,
                "select count(*) from " + file.table() + " t where t.town_id = :town and t.archived_at is null"
                        + scope.condition());
    }

    private void archiveMissing(Handle handle) {
        if (!scope.archives()) {
            return;
        }
        if (file.trait() == Trait.FAMILIES) {
            load.update(
                    handle,
                    "update business_account a set archived_at = :now, changed_run = :run, version = version + 1"
                            + " from family t where a.town_id = :town and a.family_id = t.id and a.archived_at is null and"
                            + missing());
        }
        load.update(
                handle, "update " + file.table() + " t set archived_at = :now, changed_run = :run where" + missing());
    }
}
