package fr.portailfamille.exchange.format;

import java.util.List;
import java.util.Optional;

/**
 * One file of a flow and the live table it feeds.
 *
 * @param name in the ZIP
 * @param table the live table
 * @param sequence where new ids come from; empty for tables whose key is the key of the file
 * @param key the columns that tell rows apart
 * @param columns all of them, the key included, without {@code archived}
 */
public record FileFormat(
        String name, String table, String sequence, Trait trait, List<Column> key, List<Column> columns) {

    /** What a file does beyond filling its table. */
    public enum Trait {
        PLAIN,
        /** Also keeps the business account of each family. */
        FAMILIES,
        /** Also keeps in which class a child is. */
        INDIVIDUALS,
        /** The two ids of the key stand in ascending order. */
        UNORDERED_PAIR,
        /** Family or child, as the type of document says; of equal keys the one valid longest is taken. */
        DOCUMENTS,
        /** A stay must lie within the validity of its schedule. */
        REGISTRATIONS,
        /** Merged by its own statements: places are counted and the portal may know better. */
        BOOKINGS,
        /** Merged by its own statements: lines of requests and their bookings move, and the history tells. */
        DECISIONS,
        /** New ones are news of the request they belong to. */
        MESSAGES,
        /** May name a PDF of the lot; the day of deposit is that of the lot unless it is given. */
        INVOICES,
        /** A lot that names an invoice replaces all its lines. */
        INVOICE_LINES,
        /** What is not said of them follows from the invoices that they are allocated to. */
        PAYMENTS,
        /** Never more than the payment. */
        ALLOCATIONS,
        /** Credit or debit, one at least. */
        ADJUSTMENTS
    }

    /** Every file takes it; {@code 1} removes the row from the screens. */
    public static final Column ARCHIVED = Column.of("archived", Kind.BOOL).orElse("0");

    public FileFormat {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** Whether rows have an id of their own. */
    public boolean hasId() {
        return !sequence.isEmpty();
    }

    /** Whether one reference is the whole key. */
    public boolean keyedByRef() {
        return key.size() == 1 && key.get(0).target().equals("ref");
    }

    public Optional<Column> column(String header) {
        if (header.equals(ARCHIVED.name())) {
            return Optional.of(ARCHIVED);
        }
        return columns.stream().filter(column -> column.name().equals(header)).findFirst();
    }
}
