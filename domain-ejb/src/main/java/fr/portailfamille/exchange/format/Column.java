package fr.portailfamille.exchange.format;

import fr.portailfamille.exchange.format.CellRule.NeededFor;
import fr.portailfamille.exchange.format.CellRule.NotBefore;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
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
 * @param rule what it has to do with another column
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
        boolean secret,
        @Nullable CellRule rule) {

    static Column of(String name, Kind kind) {
        return new Column(name, kind, false, name, null, 100, Set.of(), null, false, null);
    }

    Column must() {
        return new Column(name, kind, true, target, parent, max, words, emptyAs, secret, rule);
    }

    Column into(String live) {
        return new Column(name, kind, required, live, parent, max, words, emptyAs, secret, rule);
    }

    Column upTo(int longest) {
        return new Column(name, kind, required, target, parent, longest, words, emptyAs, secret, rule);
    }

    Column orElse(String value) {
        return new Column(name, kind, required, target, parent, max, words, value, secret, rule);
    }

    Column hidden() {
        return new Column(name, kind, required, target, parent, max, words, emptyAs, true, rule);
    }

    Column referTo(String file, String idColumn) {
        return new Column(name, kind, required, idColumn, file, max, words, emptyAs, secret, rule);
    }

    Column oneOf(Set<String> allowed) {
        return new Column(name, kind, required, target, parent, max, allowed, emptyAs, secret, rule);
    }

    /** Not empty where the other column has one of these words. */
    Column neededFor(String other, String... itsWords) {
        return ruled(new NeededFor(
                other,
                Arrays.stream(itsWords)
                        .map(word -> word.toUpperCase(Locale.ROOT))
                        .collect(Collectors.toSet())));
    }

    Column notBefore(String other) {
        return ruled(new NotBefore(
                other,
                switch (kind) {
                    case DATE -> NotBefore.Unit.DAY;
                    case INSTANT -> NotBefore.Unit.INSTANT;
                    default -> throw new IllegalStateException(kind + " has no order");
                }));
    }

    private Column ruled(CellRule bound) {
        return new Column(name, kind, required, target, parent, max, words, emptyAs, secret, bound);
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
