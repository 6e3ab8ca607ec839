package fr.portailfamille.booking;

import java.time.LocalDate;
import java.time.temporal.IsoFields;

/** ISO weeks, by which custody goes. */
final class ChildWeeks {

    private ChildWeeks() {}

    static boolean even(LocalDate day) {
        return day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) % 2 == 0;
    }
}
