package fr.portailfamille.exchange;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.format.Kind;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of one file as the file has them, and as the live tables have them, written alike: references, texts, words,
 * dates and amounts. What is encrypted is counted only.
 */
final class LiveRows {

    private static final Set<Kind> COMPARED = Set.of(Kind.REF, Kind.TEXT, Kind.WORD, Kind.DATE, Kind.CENTS);
    private static final int SHOWN = 10;

    private final FileFormat format;
    private final List<Column> columns;

    /** @param header columns that the file came with */
    LiveRows(FileFormat format, Collection<String> header) {
        this.format = format;
        this.columns = format.columns().stream()
                .filter(column -> COMPARED.contains(column.kind())
                        && !column.secret()
                        && column.emptyAs() == null
                        && header.contains(column.name()))
                .toList();
    }

    /** What tells rows of a file apart. */
    static String key(FileFormat format, NamedCsvRecord row) {
        return format.key().stream().map(column -> cell(row, column)).collect(Collectors.joining("|"));
    }

    /** Of two rows of one key, the one that holds in the end: the later, but of documents the one valid longest. */
    static NamedCsvRecord stays(FileFormat format, NamedCsvRecord held, NamedCsvRecord next) {
        boolean longer = format.trait() == Trait.DOCUMENTS
                && held.getField("valid_until").compareTo(next.getField("valid_until")) >= 0;
        return longer ? held : next;
    }

    private static String cell(NamedCsvRecord row, Column column) {
        String text = row.findField(column.name()).orElse("").strip();
        if (column.kind() == Kind.CENTS && !text.isEmpty()) {
            return new BigDecimal(text).movePointRight(2).toBigIntegerExact().toString();
        }
        return column.kind() == Kind.WORD
                ? text.toUpperCase(Locale.ROOT)
                : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** The first differences; none where the town's tables hold these rows and no other. */
    List<String> differences(Vendor town, Collection<NamedCsvRecord> expected) throws SQLException {
        Map<String, Integer> open = new HashMap<>();
        Set<String> ofFamilies = ofFamilies(town);
        for (NamedCsvRecord row : expected) {
            open.merge(
                    line(columns.stream()
                            .map(column -> leftAside(column, row, ofFamilies) ? "" : cell(row, column))
                            .toList()),
                    1,
                    Integer::sum);
        }
        for (List<String> row : town.rows(query())) {
            open.merge(line(row), -1, Integer::sum);
        }
        List<String> differences = new ArrayList<>();
        open.forEach((line, count) -> {
            if (count != 0) {
                differences.add((count > 0 ? "only in the file: " : "only in the table: ") + line);
            }
        });
        Collections.sort(differences);
        return differences.size() <= SHOWN ? differences : differences.subList(0, SHOWN);
    }

    /** Types of documents of which a family has one; of the others each child has one. */
    private Set<String> ofFamilies(Vendor town) throws SQLException {
        return format.trait() == Trait.DOCUMENTS
                ? town
                        .rows("select t.ref from app.document_type t where t.town_id = :town and t.per = 'FAMILY'")
                        .stream()
                        .map(row -> row.get(0))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** The owner that the type does not ask for. */
    private boolean leftAside(Column column, NamedCsvRecord row, Set<String> ofFamilies) {
        return format.trait() == Trait.DOCUMENTS
                && column.name()
                        .equals(ofFamilies.contains(row.getField("type_ref")) ? "individual_ref" : "family_ref");
    }

    private String line(List<String> cells) {
        List<String> written = new ArrayList<>(cells);
        if (format.trait() == Trait.UNORDERED_PAIR) {
            Collections.sort(written);
        }
        return String.join(" | ", written);
    }

    private String query() {
        return "select " + columns.stream().map(this::live).collect(Collectors.joining(", ")) + " from app."
                + format.table() + " t where t.town_id = :town and t.archived_at is null";
    }

    private String live(Column column) {
        if (format.trait() == Trait.INDIVIDUALS && column.target().equals("class_id")) {
            return """
                    (select c.ref from app.class_assignment a
                       join app.school_class c on c.town_id = a.town_id and c.id = a.class_id
                      where a.town_id = t.town_id and a.individual_id = t.id
                      order by a.school_year desc limit 1)""";
        }
        if (column.link()) {
            return "(select p.ref from app.%s p where p.town_id = t.town_id and p.id = t.%s)"
                    .formatted(Formats.named(column.parent()).table(), column.target());
        }
        String value = ofAccount(column)
                ? "(select a.%s from app.business_account a where a.town_id = t.town_id and a.family_id = t.id)"
                        .formatted(column.target())
                : "t." + column.target();
        // Words stand in capitals in the tables, whatever they are in the files.
        return column.kind() == Kind.WORD ? value : value + "::text";
    }

    private boolean ofAccount(Column column) {
        return format.trait() == Trait.FAMILIES
                && Set.of("account_code", "personal_code", "email", "issuer", "universe")
                        .contains(column.target());
    }
}
