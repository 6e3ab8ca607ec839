package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.CellRule.NeededFor;
import fr.portailfamille.exchange.format.CellRule.NotBefore;
import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the trait of a file adds to its check: how ids are made from references (aliased {@code raw_…}), one more thing that
 * may be wrong, and what must be joined to see it.
 */
record TraitSql(Map<String, String> targets, String join, String fault, String verdict, String column, String detail) {

    /** In French, for the schedule of that alias: completes the reason of {@link Verdict#OUT_OF_PERIOD}. */
    static final String VALIDITY = "'l''accueil est proposé du ' || to_char(%1$s.valid_from, 'DD/MM/YYYY')"
            + " || ' au ' || to_char(%1$s.valid_to, 'DD/MM/YYYY')";

    static TraitSql of(FileFormat file, Load load) {
        Map<String, String> targets = new LinkedHashMap<>();
        load.read(file).columns().stream()
                .filter(Column::link)
                .forEach(link -> targets.put(link.target(), "x.raw_" + link.target()));
        return switch (file.trait()) {
            case UNORDERED_PAIR -> unorderedPair();
            case DOCUMENTS -> documents(targets);
            case REGISTRATIONS ->
                new TraitSql(
                        targets,
                        " left join schedule v on v.town_id = :town and v.id = x.raw_schedule_id",
                        "x.start_day < v.valid_from or x.end_day > v.valid_to or x.end_day < x.start_day",
                        Verdict.OUT_OF_PERIOD,
                        "case when x.start_day < v.valid_from then 'start' else 'end' end",
                        "case when x.end_day < x.start_day then " + CheckWording.of("registration.backwards") + " else "
                                + VALIDITY.formatted("v") + " end");
            case INVOICES -> load.has(file, "document") ? invoices(targets, load) : plain(targets);
            case PAYMENTS -> payments(targets, file, load);
            case ADJUSTMENTS -> adjustments(targets, file, load);
            default -> beside(targets, file, load);
        };
    }

    private static TraitSql plain(Map<String, String> targets) {
        return new TraitSql(targets, "", "", Verdict.BAD, "null", "null");
    }

    /** Cells were compared when they were read. Of a column that the header lacks what is stored stands, if anything is. */
    private static TraitSql beside(Map<String, String> targets, FileFormat file, Load load) {
        List<Beside> found = new ArrayList<>();
        for (Column each : file.columns()) {
            if (each.rule() instanceof NeededFor needed && !load.has(file, each.name())) {
                found.add(needed(each, file.column(needed.of()).orElseThrow(), needed));
            }
            if (each.rule() instanceof NotBefore ordered) {
                Column first = file.column(ordered.of()).orElseThrow();
                if (load.has(file, each.name()) && !load.has(file, first.name())) {
                    found.add(new Beside(
                            "x." + each.target() + " < o." + first.target(),
                            each.name(),
                            already(ordered.notEarlier(), first),
                            Verdict.BAD_VALUE));
                } else if (load.has(file, first.name()) && !load.has(file, each.name())) {
                    found.add(new Beside(
                            "x." + first.target() + " > o." + each.target(),
                            first.name(),
                            already(ordered.notLater(each.name()), each),
                            Verdict.BAD_VALUE));
                }
            }
        }
        if (found.isEmpty()) {
            return plain(targets);
        }
        if (found.stream().map(Beside::verdict).distinct().count() > 1) {
            throw new IllegalStateException(file.name() + " has rules of two kinds, and rows one verdict");
        }
        return new TraitSql(
                targets,
                " left join " + file.table() + " o on o.town_id = :town and o.ref = x.ref",
                found.stream().map(Beside::fault).collect(Collectors.joining(" or ")),
                found.get(0).verdict(),
                choice(found, each -> CheckWording.literal(each.column())),
                choice(found, Beside::detail));
    }

    /** One thing that may be wrong with a row and what is stored. */
    private record Beside(String fault, String column, String detail, String verdict) {}

    /** Of a column that the lot lacks it is told what is stored. */
    private static String already(String expected, Column stored) {
        return CheckWording.literal(expected + ", déjà reçu : ") + " || "
                + SqlParts.asSent(stored, "o." + stored.target());
    }

    private static Beside needed(Column column, Column other, NeededFor needed) {
        String words = needed.words().stream().map(CheckWording::literal).collect(Collectors.joining(", "));
        return new Beside(
                "x." + other.target() + " in (" + words + ") and o." + column.target() + " is null",
                column.name(),
                CheckWording.literal(needed.of() + " vaut ") + " || lower(x." + other.target() + ")",
                Verdict.MISSING);
    }

    private static String choice(List<Beside> found, Function<Beside, String> what) {
        return found.stream()
                .map(each -> " when " + each.fault() + " then " + what.apply(each))
                .collect(Collectors.joining("", "case", " end"));
    }

    /** A document named again may be left out of the lot: the one that is stored stays. */
    private static TraitSql invoices(Map<String, String> targets, Load load) {
        String again = "o.document = x.document and o.document_id is not null";
        targets.put(
                "document_id",
                "case when x.document is not null then coalesce(d.document_id, case when " + again
                        + " then o.document_id end) end");
        return new TraitSql(
                targets,
                " left join " + load.stage().documents()
                        + " d on d.name = regexp_replace(x.document, '^documents/', '')"
                        + " left join invoice o on o.town_id = :town and o.ref = x.ref",
                "x.document is not null and case when d.name is null then not coalesce(" + again
                        + ", false) else d.document_id is null end",
                Verdict.BAD_DOCUMENT,
                "'document'",
                "case when d.name is null then " + CheckWording.of("document.missing") + " else "
                        + CheckWording.of("document.no-pdf") + " end");
    }

    /** A payment may be lowered as far as what stays allocated of it; rows of its allocations are rejected with it else. */
    private static TraitSql payments(Map<String, String> targets, FileFormat file, Load load) {
        String above = "abs(x.allocated) > abs(x.collected)";
        String below =
                "coalesce(case when x.collected >= 0 then w.amount > x.collected else w.amount < x.collected end, false)";
        return new TraitSql(
                targets,
                " left join (" + new LoweredPayments(load, file).query() + ") w on w.ref = x.ref",
                above + " or " + below,
                Verdict.BAD_VALUE,
                "case when " + above + " then 'allocated' else 'collected' end",
                "case when " + above + " then " + CheckWording.of("payment.allocated-beyond") + " else "
                        + CheckWording.of("payment.collected-below") + " end");
    }

    /** Of a column that the header lacks what is stored stands. */
    private static TraitSql adjustments(Map<String, String> targets, FileFormat file, Load load) {
        String credit = load.has(file, "credit") ? "x.credit" : "o.credit";
        String debit = load.has(file, "debit") ? "x.debit" : "o.debit";
        return new TraitSql(
                targets,
                " left join ledger_entry o on o.town_id = :town and o.ref = x.ref",
                "coalesce(" + credit + ", " + debit + ") is null",
                Verdict.MISSING,
                "'credit'",
                "null");
    }

    private static TraitSql unorderedPair() {
        Map<String, String> targets = new LinkedHashMap<>();
        targets.put("activity_id", "least(x.raw_activity_id, x.raw_excluded_activity_id)");
        targets.put("excluded_activity_id", "greatest(x.raw_activity_id, x.raw_excluded_activity_id)");
        return new TraitSql(
                targets,
                "",
                "x.raw_activity_id = x.raw_excluded_activity_id",
                Verdict.BAD_VALUE,
                "'excluded_activity_ref'",
                CheckWording.of("pair.same"));
    }

    /** The type says whether a document is the family's or the child's; the other reference is left aside. */
    private static TraitSql documents(Map<String, String> present) {
        String family = present.getOrDefault("family_id", "null::bigint");
        String child = present.getOrDefault("individual_id", "null::bigint");
        Map<String, String> targets = new LinkedHashMap<>();
        targets.put("document_type_id", "x.raw_document_type_id");
        targets.put("family_id", "case dt.per when 'FAMILY' then " + family + " end");
        targets.put("individual_id", "case dt.per when 'CHILD' then " + child + " end");
        return new TraitSql(
                targets,
                " left join document_type dt on dt.town_id = :town and dt.id = x.raw_document_type_id",
                "case dt.per when 'FAMILY' then " + family + " else " + child + " end is null",
                Verdict.MISSING,
                "case dt.per when 'FAMILY' then 'family_ref' else 'individual_ref' end",
                "null");
    }
}
