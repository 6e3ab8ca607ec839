package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Pieces of statements that checking and merging share. */
final class SqlParts {

    /** Columns of families.csv that belong to the business account. */
    private static final Set<String> ACCOUNT = Set.of("account_code", "personal_code", "email", "issuer");

    private SqlParts() {}

    /** Columns of the file that the live table holds and that are not its key, as far as the header has them. */
    static List<Column> values(Load load, FileFormat file) {
        return load.read(file).columns().stream()
                .filter(column -> !column.equals(FileFormat.ARCHIVED))
                .filter(column ->
                        file.key().stream().noneMatch(key -> key.name().equals(column.name())))
                .filter(column -> inTable(file, column))
                .toList();
    }

    /** As {@link #values}, key included. */
    static List<Column> all(Load load, FileFormat file) {
        return load.read(file).columns().stream()
                .filter(column -> !column.equals(FileFormat.ARCHIVED))
                .filter(column -> inTable(file, column))
                .toList();
    }

    private static boolean inTable(FileFormat file, Column column) {
        return switch (file.trait()) {
            case FAMILIES -> !ACCOUNT.contains(column.name()) && !column.name().equals("universe");
            case INDIVIDUALS -> !column.name().equals("class_ref");
            default -> true;
        };
    }

    static List<Column> accountValues(Load load, FileFormat file) {
        return load.read(file).columns().stream()
                .filter(column ->
                        ACCOUNT.contains(column.name()) || column.name().equals("name"))
                .toList();
    }

    static boolean hasDocument(Load load, FileFormat file) {
        return file.trait() == Trait.INVOICES && load.has(file, "document");
    }

    /** A staged cell as its sender wrote it, or nearly. */
    static String asSent(Column column) {
        return asSent(column, "s." + Stage.staged(column));
    }

    /** A value as the exchange writes it; instants in UTC. */
    static String asSent(Column column, String value) {
        return switch (column.kind()) {
            case CENTS -> "round(" + value + " / 100.0, 2)::text";
            case INSTANT ->
                "replace(to_char(" + value
                        + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), '.000000', '')";
            default -> value + "::text";
        };
    }

    /** The day on which the lot is applied, in the town's zone. */
    static String today() {
        return "(:now at time zone (select w.zone from town w where w.id = :town))::date";
    }

    static String universe(Load load, FileFormat file, String rows) {
        return load.has(file, "universe") ? "coalesce(" + rows + ".universe, :universe)" : ":universe";
    }

    /** What tells whether a column changed: of secrets the keyed hash. */
    static String comparable(Column column) {
        return column.secret() ? column.target() + "_mac" : column.target();
    }

    static String sameKey(FileFormat file, String stored, String read) {
        return file.key().stream()
                .map(column -> {
                    String name = comparable(column);
                    return file.trait() == Trait.DOCUMENTS && !column.required()
                            ? "coalesce(" + stored + "." + name + ", 0) = coalesce(" + read + "." + name + ", 0)"
                            : stored + "." + name + " = " + read + "." + name;
                })
                .collect(Collectors.joining(" and "));
    }

    /** The classes of years that are not over: what an empty cell takes away. Past years stay. */
    static String currentAssignment(String individual) {
        return "select from class_assignment c where c.town_id = :town and c.individual_id = " + individual
                + " and substr(c.school_year, 6) || '-09' > to_char(:now at time zone 'Europe/Paris', 'YYYY-MM')";
    }
}
