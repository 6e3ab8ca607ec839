package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.format.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Finds out about each staged row of one file whether it is new, changed, unchanged or to be rejected, and draws the ids of
 * new ones, so that files that refer to them can be checked before anything is merged. Every statement is made from the
 * file's format.
 */
final class FileCheck {

    private final Load load;
    private final FileFormat file;
    private final String rows;
    private final String verdicts;
    private final Lines lines;
    private final boolean carries;
    private long saidTwice;

    FileCheck(Load load, FileFormat file) {
        this(load, file, Lines.ALL, false);
    }

    /**
     * For a file that is merged while it is checked: verdicts carry what was read, so that nobody need look it up again.
     *
     * @param lines those whose rows to check: all, the first ones, or those that follow the first ones
     */
    static FileCheck forMerging(Load load, FileFormat file, Lines lines) {
        return new FileCheck(load, file, lines, true);
    }

    private FileCheck(Load load, FileFormat file, Lines lines, boolean carries) {
        this.load = load;
        this.file = file;
        this.lines = lines;
        this.carries = carries;
        this.rows = load.stage().rows(file);
        this.verdicts = load.stage().verdicts(file);
    }

    /**
     * Checks the first rows only, of a file no key of which is there twice.
     *
     * @return rows by verdict
     */
    Map<String, Long> begin(Handle handle) {
        judge(handle);
        Sampling.analyze(handle, verdicts + " (line, verdict)");
        return Verdict.counts(handle, verdicts);
    }

    private void judge(Handle handle) {
        if (lines.after() == 0) {
            Sampling.analyze(handle, rows + " (" + keyed() + ")");
        }
        load.update(
                handle,
                (lines.after() == 0 ? "create unlogged table " + verdicts + " as " : "insert into " + verdicts + " ")
                        + judged());
    }

    /** @return rows by verdict, of those too that were checked before */
    Map<String, Long> run(Handle handle) {
        judge(handle);
        duplicates(handle);
        if (file.trait() == Trait.ALLOCATIONS) {
            new AllocationCheck(load, file).run(handle);
        }
        Map<String, Long> counts = Verdict.counts(handle, verdicts);
        if (!counts.keySet().equals(Set.of(Verdict.UNCHANGED))) {
            Sampling.analyze(handle, verdicts + " (line, verdict)");
        }
        if (counts.keySet().stream().anyMatch(Verdict.FOUND_HERE::contains)) {
            faults(handle);
        }
        return counts;
    }

    /** Rows that say what another one says, which have no verdict. */
    long saidTwice() {
        return saidTwice;
    }

    // ---- verdicts ------------------------------------------------------------------------------------------------

    private String judged() {
        return "select r.line, "
                + (file.keyedByRef() ? "r.ref, " : "")
                + linkTargets().stream().map(target -> "r." + target + ", ").collect(Collectors.joining())
                + (file.hasId()
                        ? "coalesce(t.id, case when r.verdict is null then nextval('" + file.sequence()
                                + "') end) as id, "
                        : "")
                + "r.col, r.parent, case when r.verdict is not null then r.verdict when t.town_id is null then 'N' when "
                + changed() + " then 'C' else '=' end as verdict" + carried() + " from (" + resolved()
                + ") r left join " + file.table()
                + " t on t.town_id = :town and " + SqlParts.sameKey(file, "t", "r") + joins();
    }

    private String carried() {
        return carries
                ? Stage.values(file, load.read(file).columns()).stream()
                        .filter(value -> !file.keyedByRef() || !value.equals("ref"))
                        .map(value -> ", r." + value)
                        .collect(Collectors.joining())
                : "";
    }

    private String joins() {
        return switch (file.trait()) {
            case FAMILIES ->
                " left join business_account a on a.town_id = :town and a.ref = r.ref and a.universe = "
                        + SqlParts.universe(load, file, "r");
            case INDIVIDUALS ->
                load.has(file, "class_ref")
                        ? " left join school_class sc on sc.town_id = :town and sc.id = r.class_id"
                                + " left join class_assignment ca on ca.town_id = :town and ca.individual_id = t.id"
                                + " and ca.school_year = sc.school_year"
                        : "";
            default -> "";
        };
    }

    /** Whether a row differs from what is stored. Compared as rows, which stops at the first difference. */
    private String changed() {
        List<String> stored = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (Column column : SqlParts.values(load, file)) {
            stored.add("t." + SqlParts.comparable(column));
            read.add("r." + SqlParts.comparable(column));
        }
        stored.add("t.archived_at is not null");
        read.add(load.has(file, "archived") ? "coalesce(r.archived, false)" : "false");
        if (SqlParts.hasDocument(load, file)) {
            stored.add("t.document_id");
            read.add("r.document_id");
        }
        if (file.trait() == Trait.FAMILIES) {
            for (Column column : SqlParts.accountValues(load, file)) {
                stored.add("a." + column.target());
                read.add("r." + column.target());
            }
        }
        String differs = "(" + String.join(", ", stored) + ") is distinct from (" + String.join(", ", read) + ")";
        if (file.trait() == Trait.INDIVIDUALS && load.has(file, "class_ref")) {
            differs += " or r.class_id is not null and ca.class_id is distinct from r.class_id"
                    + " or r.class_id is null and exists (" + SqlParts.currentAssignment("t.id") + ")";
        }
        return differs;
    }

    /** Rows with the ids that their references mean, and the first thing that is wrong with them. */
    private String resolved() {
        TraitSql trait = TraitSql.of(file, load);
        StringBuilder targets = new StringBuilder();
        trait.targets()
                .forEach((target, expression) ->
                        targets.append(", ").append(expression).append(" as ").append(target));
        String fault = trait.fault().isEmpty() ? "false" : "x.found is null and (" + trait.fault() + ")";
        return "select x.*" + targets + ", case when " + fault + " then '" + trait.verdict()
                + "' else x.found end as verdict, case when " + fault + " then " + trait.column()
                + " else x.found_in end as col, case when " + fault + " then " + trait.detail()
                + " else x.found_above end as parent from (" + referred() + ") x" + trait.join();
    }

    private String referred() {
        StringBuilder select = new StringBuilder("select s.*");
        StringBuilder from = new StringBuilder(checked() + " s");
        StringBuilder found = new StringBuilder("case when s.bad then 'B'");
        StringBuilder column = new StringBuilder("case when s.bad then null");
        StringBuilder above = new StringBuilder("case when s.bad then null");
        List<Column> links = links();
        for (int i = 0; i < links.size(); i++) {
            Column link = links.get(i);
            FileFormat parent = Formats.named(String.valueOf(link.parent()));
            String cell = "s." + link.name();
            String id = "p" + i + ".id";
            if (load.files().containsKey(parent)) {
                // The lot's own file knows nearly all of them; what it lacks may stand in the table from before.
                from.append(" left join %1$s q%2$d on q%2$d.ref = %3$s"
                        .formatted(load.stage().verdicts(parent), i, cell));
                id = ("case when q%2$d.ref is not null then q%2$d.id"
                                + " else (select p.id from %1$s p where p.town_id = :town and p.ref = %3$s) end")
                        .formatted(parent.table(), i, cell);
                String rejected = " when q" + i + ".verdict in " + Verdict.REJECTED + " then ";
                found.append(rejected).append("'P'");
                column.append(rejected).append("'").append(link.name()).append("'");
                above.append(rejected).append("'").append(parent.name()).append("'");
            } else {
                from.append(" left join %1$s p%2$d on p%2$d.town_id = :town and p%2$d.ref = %3$s"
                        .formatted(parent.table(), i, cell));
            }
            String unknown = " when " + cell + " is not null and " + id + " is null then ";
            found.append(unknown).append("'U'");
            column.append(unknown).append("'").append(link.name()).append("'");
            above.append(unknown).append("'").append(parent.name()).append("'");
            select.append(", ").append(id).append(" as raw_").append(link.target());
        }
        // The offset keeps what was found out about each row from being found out again wherever it is named.
        return select + ", " + found + " end as found, " + column + " end as found_in, " + above
                + " end as found_above from " + from + " offset 0";
    }

    private String checked() {
        return lines.all() ? rows : "(select * from " + rows + " o where true" + lines.condition("o.line") + ")";
    }

    private List<Column> links() {
        return load.read(file).columns().stream().filter(Column::link).toList();
    }

    /** Ids that the verdicts keep; documents always have both owners. */
    private List<String> linkTargets() {
        if (file.trait() == Trait.DOCUMENTS) {
            return List.of("document_type_id", "family_id", "individual_id");
        }
        List<String> targets =
                new ArrayList<>(links().stream().map(Column::target).toList());
        if (SqlParts.hasDocument(load, file)) {
            targets.add("document_id");
        }
        return targets;
    }

    // ---- duplicates ----------------------------------------------------------------------------------------------

    private void duplicates(Handle handle) {
        if (isKeyAsWritten() && Boolean.TRUE.equals(load.read(file).keysDiffer())) {
            return;
        }
        String key = keyInVerdicts();
        boolean aside = file.key().stream().allMatch(column -> column.link() || file.keyedByRef());
        String twice = "select 1 from " + (aside ? verdicts + " k" : joined()) + " where " + readableKey()
                + " group by " + key + " having count(*) > 1";
        if (!load.any(handle, twice)) {
            return;
        }
        // Keys are the same anyway, and a pair is the same whichever of the two stands first.
        String content = load.read(file).columns().stream()
                .filter(column -> !file.key().contains(column))
                .map(column -> "s." + (column.secret() ? column.target() + "_mac" : Stage.staged(column)))
                .collect(Collectors.joining(", "));
        String order = file.trait() == Trait.DOCUMENTS && load.has(file, "valid_until")
                ? "s.valid_until desc nulls last, s.line"
                : "s.line";
        String sameContent = file.trait() == Trait.DOCUMENTS
                ? "true"
                : "min(md5(row(" + content + ")::text)) over w = max(md5(row(" + content
                        + ")::text)) over w and not bool_or(k.verdict in " + Verdict.REJECTED + ") over w";
        // Of equal rows the first stays; of different ones none does, but one keeps the key for those that refer to it.
        load.update(
                handle,
                "create temporary table twice on commit drop as select * from (select k.line, " + sameContent
                        + " as same, row_number() over (partition by " + key + " order by " + order
                        + ") as place, count(*) over (partition by " + key + ") as times from " + joined() + " where "
                        + readableKey() + " window w as (partition by " + key + ")) x where times > 1");
        saidTwice = load.update(
                handle,
                "delete from " + verdicts + " k using twice d where d.line = k.line and d.same and d.place > 1");
        load.update(
                handle,
                "update " + verdicts
                        + " k set verdict = 'D' from twice d where d.line = k.line and not d.same and k.verdict not in "
                        + Verdict.REJECTED);
        if (file.keyedByRef()) {
            load.update(
                    handle,
                    "update " + verdicts + " k set ref = null from twice d where d.line = k.line and d.place > 1");
        }
        handle.execute("drop table twice");
    }

    /** References are written in one way only. Of other keys a part may be left out, or written in two ways. */
    private boolean isKeyAsWritten() {
        return file.keyedByRef()
                || file.trait() == Trait.PLAIN && file.key().stream().allMatch(Column::link);
    }

    private String joined() {
        return verdicts + " k join " + rows + " s on s.line = k.line";
    }

    private String keyInVerdicts() {
        return file.key().stream()
                .map(column -> column.link()
                        ? "coalesce(k." + column.target() + ", 0)"
                        : column.secret()
                                ? "s." + column.target() + "_mac"
                                : (file.keyedByRef() ? "k." : "s.") + column.target())
                .collect(Collectors.joining(", "));
    }

    /** What the joins that follow look at: statistics of the other columns would be gathered for nothing. */
    private String keyed() {
        return load.read(file).columns().stream()
                .filter(column -> column.link() || file.key().contains(column) && !column.secret())
                .map(Stage::staged)
                .distinct()
                .collect(Collectors.joining(", ", "line, ", ""))
                .replaceAll(", $", "");
    }

    /**
     * A bad row shares its key as any other, and makes its twin as doubtful. Rows whose key refers to nothing have none; of
     * documents of one key those that are good are compared.
     */
    private String readableKey() {
        if (file.trait() == Trait.DOCUMENTS) {
            return "k.verdict not in ('U', 'M', 'B', 'P')";
        }
        List<Column> links = file.key().stream().filter(Column::link).toList();
        if (file.keyedByRef() || links.isEmpty()) {
            return "true";
        }
        return links.stream()
                .map(link -> "k." + link.target() + " is not null")
                .collect(Collectors.joining(
                        " and ",
                        "",
                        links.stream()
                                .map(link -> "'" + link.name() + "'")
                                .collect(Collectors.joining(", ", " and (k.verdict <> 'U' or k.col not in (", "))"))));
    }

    // ---- faults --------------------------------------------------------------------------------------------------

    private void faults(Handle handle) {
        String key = file.key().get(0).name();
        String value = load.read(file).columns().stream()
                .filter(column -> !column.secret()
                        && (column.link()
                                || column.kind() == Kind.DATE
                                || column.kind() == Kind.INSTANT
                                || FileScope.bills(file)
                                || column.name().equals(key)))
                .map(column -> " when '" + column.name() + "' then " + SqlParts.asSent(column))
                .collect(Collectors.joining());
        load.update(
                handle,
                "insert into " + load.stage().faultsChecked() + " select '"
                        + file.name() + "', k.line, coalesce(k.col, '" + key + "'), case k.verdict"
                        + " when 'U' then 'UNKNOWN_REFERENCE' when 'P' then 'PARENT_REJECTED' when 'O' then 'OUT_OF_PERIOD'"
                        + " when 'D' then 'DUPLICATE_KEY' when 'M' then 'MISSING' when 'F' then 'BAD_DOCUMENT'"
                        + " else 'BAD_VALUE' end, false, "
                        + (value.isEmpty() ? "null" : "case coalesce(k.col, '" + key + "')" + value + " end")
                        + ", k.parent, true from " + joined()
                        + " where k.verdict in " + Verdict.REJECTED + " and k.verdict <> 'B' order by k.line");
    }
}
