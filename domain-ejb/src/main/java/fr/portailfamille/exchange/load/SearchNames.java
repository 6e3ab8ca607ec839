package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import java.util.List;

/** Of which cells the name is made that searches compare. It is staged beside them, so that merging need not compute it. */
final class SearchNames {

    static final String COLUMN = "search_name";

    private SearchNames() {}

    /** Positions among the columns; none where the file has no such name, or the header lacks a part of it. */
    static List<Integer> of(FileFormat file, List<Column> columns) {
        List<String> parts = switch (file.trait()) {
            case FAMILIES -> List.of("name");
            case INDIVIDUALS -> List.of("last_name", "birth_name", "first_name");
            default -> List.of();
        };
        List<String> names = columns.stream().map(Column::name).toList();
        return names.containsAll(parts) ? parts.stream().map(names::indexOf).toList() : List.of();
    }
}
