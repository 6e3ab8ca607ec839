package fr.portailfamille.exchange.format;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One column of a file.
 *
 * @param name in the header
 * @param target the column of the live table; of a link, the column that holds the id; of a secret, without {@code _enc}
 * @param parent the file whose reference a cell bears, for links
 * @param words what may stand in it, for {@link Kind#WORD}
 * @param emptyAs what an empty cell means where the live column always has a value
 * @param secret never in staging in clear: its keyed hash is, and it itself encrypted, at once or before it is merged
 */
public record Column(
        String name,
        Kind kind,
        boolean required,
        String target,
        @Nullable String parent,
        int max,
        Set<String> words,
        @Nullable String emptyAs,
        boolean secret) {

    static Column of(String name, Kind kind) {
        return new Column(name, kind, false, name, null, 100, Set.of(), null, false);
    }

    Column must() {
        return new Column(name, kind, true, target, parent, max, words, emptyAs, secret);
    }

    Column into(String live) {
        return new Column(name, kind, required, live, parent, max, words, emptyAs, secret);
    }

    Column upTo(int longest) {
        return new Column(name, kind, required, target, parent, longest, words, emptyAs, secret);
    }

    Column orElse(String value) {
        return new Column(name, kind, required, target, parent, max, words, value, secret);
    }

    Column hidden() {
        return new Column(name, kind, required, target, parent, max, words, emptyAs, true);
    }

    Column referTo(String file, String idColumn) {
        return new Column(name, kind, required, idColumn, file, max, words, emptyAs, secret);
    }

    Column oneOf(Set<String> allowed) {
        return new Column(name, kind, required, target, parent, max, allowed, emptyAs, secret);
    }

    public boolean link() {
        return parent != null;
    }

    /** Reads a cell that was trimmed and is in NFC, unless it holds what no cell may hold. */
    public void take(String text, Cell cell) {
        if (unprintable(text)) {
            cell.reject(FaultCode.BAD_VALUE, "un texte sans caractère de commande");
        } else {
            read(text, cell);
        }
    }

    /** Control characters have no place in a cell, and PostgreSQL cannot keep the first of them. */
    private static boolean unprintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7F) {
                return true;
            }
        }
        return false;
    }

    /** Reads a cell that was trimmed and is in NFC. */
    public void read(String text, Cell cell) {
        if (text.isEmpty()) {
            if (required) {
                cell.reject(FaultCode.MISSING, null);
            } else {
                cell.read(emptyAs);
            }
        } else {
            kind.read(text, this, cell);
        }
    }
}
