package fr.portailfamille.booking;

import fr.portailfamille.request.LineAction;
import org.jspecify.annotations.Nullable;

/**
 * One cell that a family wants changed.
 *
 * @param absenceCode why the child is absent, from the town's list; not needed
 */
public record Wish(CellId cell, LineAction action, @Nullable String absenceCode) {

    public static Wish toBook(CellId cell) {
        return new Wish(cell, LineAction.BOOK, null);
    }

    public static Wish toCancel(CellId cell, @Nullable String absenceCode) {
        return new Wish(cell, LineAction.CANCEL, absenceCode);
    }
}
