package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Of which stored rows a file speaks, so that those it lacks are archived: of all of them in a full lot, but of the days
 * from … to in billing; and, whatever the mode, of all lines of the invoices that the lot names.
 */
final class FileScope {

    private final Load load;
    private final FileFormat file;

    FileScope(Load load, FileFormat file) {
        this.load = load;
        this.file = file;
    }

    /** Whether anything is archived because the file lacks it. */
    boolean archives() {
        return (load.full() || replaces()) && !load.read(file).unreadableKeys();
    }

    /** Rows of a delta that stand for all there are of something; a correction has some of them only. */
    boolean replaces() {
        return file.trait() == Trait.INVOICE_LINES && !load.correction();
    }

    /** A condition on the stored rows, aliased {@code t}; starts with {@code and}, or is empty where all are meant. */
    String condition() {
        return switch (file.trait()) {
            case INVOICES -> " and t.issued_on " + between(rows("issued_on"));
            case PAYMENTS -> " and t.paid_on " + between(rows("paid_on"));
            case ADJUSTMENTS -> " and t.entry_date " + between(rows("entry_date"));
            case INVOICE_LINES ->
                " and (" + named() + (load.full() ? " or " + ofParents("invoice", "issued_on") : "") + ")";
            case ALLOCATIONS -> " and " + ofParents("payment", "paid_on");
            default -> "";
        };
    }

    private String named() {
        String rows = "t.invoice_id in (select k.invoice_id from "
                + load.stage().verdicts(file) + " k where k.verdict in ('N', 'C', '=')";
        return parents("invoice")
                        .map(invoices -> rows + " union all select k.id from "
                                + load.stage().verdicts(invoices) + " k where k.verdict in ('N', 'C', '=')")
                        .orElse(rows)
                + ")";
    }

    /** Rows without a date have that of the invoice or payment they belong to. */
    private String ofParents(String parent, String date) {
        return "exists (select from " + parent + " o where o.town_id = :town and o.id = t." + parent + "_id and "
                + covers(parent, date, "o." + date) + ")";
    }

    /** Whether the file speaks of rows that belong to an invoice or payment of that day. */
    String covers(String parent, String date, String day) {
        String days = parents(parent)
                .map(file -> "select " + date + " as day from " + load.stage().rows(file))
                .orElse("select p." + date + " as day from " + parent
                        + " p where p.town_id = :town and p.id in (select k." + parent + "_id from "
                        + load.stage().verdicts(file) + " k)");
        return day + " " + between(days);
    }

    private Optional<FileFormat> parents(String table) {
        return load.files().keySet().stream()
                .filter(each -> each.table().equals(table))
                .findFirst();
    }

    private String rows(String date) {
        return "select " + date + " as day from " + load.stage().rows(file);
    }

    /** From and to of the manifest, else the first and last day that there is. */
    private String between(String days) {
        return "between " + end(load.from(), "min", days) + " and " + end(load.to(), "max", days);
    }

    private static String end(@Nullable LocalDate said, String which, String days) {
        return said != null ? "date '" + said + "'" : "(select " + which + "(d.day) from (" + days + ") d)";
    }

    /** Traits of the flow that bills. */
    static boolean bills(FileFormat file) {
        return List.of(Trait.INVOICES, Trait.INVOICE_LINES, Trait.PAYMENTS, Trait.ALLOCATIONS, Trait.ADJUSTMENTS)
                .contains(file.trait());
    }
}
