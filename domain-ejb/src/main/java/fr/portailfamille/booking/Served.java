package fr.portailfamille.booking;

import fr.portailfamille.request.LineAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What becomes of those who wait on one day. The first who is allowed to have the place gets it; who is not is passed over
 * and keeps the rank. Whose time is over waits no more.
 *
 * @param booked those whose turn it is
 * @param over those whose last chance has passed
 * @param next when the first of the others has had the last chance
 */
record Served(List<Waiting> booked, List<Waiting> over, Optional<Instant> next) {

    Served {
        booked = List.copyOf(booked);
        over = List.copyOf(over);
    }

    /** @param inOrder those who wait, whatever for, the first to have asked first */
    static Served of(List<Waiting> inOrder, BookingSheet sheet) {
        List<Waiting> booked = new ArrayList<>();
        List<Waiting> over = new ArrayList<>();
        List<Instant> chances = new ArrayList<>();
        Map<CellId, BookingState> undo = new LinkedHashMap<>();
        for (Waiting each : inOrder) {
            CellId cell = each.cell();
            if (sheet.over(cell)) {
                over.add(each);
            } else if (sheet.serves(cell)) {
                undo.put(cell, sheet.held(cell).state());
                sheet.assume(cell, BookingState.BOOKED);
                booked.add(each);
            } else {
                chances.add(sheet.offers(cell) ? sheet.lastChance(cell, LineAction.BOOK) : sheet.endOf(cell.day()));
            }
        }
        undo.forEach(sheet::assume);
        return new Served(booked, over, chances.stream().min(Instant::compareTo));
    }

    /** The first of those with whom something is to be done, in no more than so many. */
    List<Waiting> moving(int most) {
        return Stream.concat(over.stream(), booked.stream()).limit(most).toList();
    }
}
