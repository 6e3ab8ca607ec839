package fr.portailfamille.exchange.format;

import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/** The words in which files and their columns are declared. */
final class ColumnKit {

    static final int STREET = 200;
    static final int NOTE = 1_000;
    static final int LONG_TEXT = 4_000;

    private ColumnKit() {}

    static FileFormat byRef(String file, String table, String ref, Column... rest) {
        List<Column> columns = new ArrayList<>(List.of(ref(ref)));
        columns.addAll(Arrays.asList(rest));
        return new FileFormat(file, table, table + "_seq", Trait.PLAIN, List.of(ref(ref)), columns);
    }

    static FileFormat byKey(String file, String table, Trait trait, int keys, Column... columns) {
        List<Column> all = List.of(columns);
        return new FileFormat(file, table, "", trait, all.subList(0, keys), all);
    }

    static FileFormat ofIndividual(String file, String table, Column... rest) {
        List<Column> columns = new ArrayList<>(List.of(
                link("individual_ref", "individuals.csv", "individual_id").must()));
        columns.addAll(Arrays.asList(rest));
        return new FileFormat(file, table, table + "_seq", Trait.PLAIN, columns.subList(0, 2), columns);
    }

    static Column ref(String name) {
        return of(name, Kind.REF).into("ref").must();
    }

    static Column link(String name, String file, String idColumn) {
        return of(name, Kind.REF).referTo(file, idColumn);
    }

    static Column text(String name) {
        return of(name, Kind.TEXT);
    }

    static Column word(String name, String... words) {
        return of(name, Kind.WORD).oneOf(new LinkedHashSet<>(Arrays.asList(words)));
    }

    static Column of(String name, Kind kind) {
        return Column.of(name, kind);
    }
}
