package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.load.Load.FileRead;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The days that a lot of bookings speaks of, and those that it has rows of. No other booking is looked at: a lot is about
 * some weeks, what is stored goes back for years.
 *
 * @param from the first day that a full lot says all of; of a delta, as {@code firstRead}
 * @param to the last one; of a delta, as {@code lastRead}
 * @param firstRead the first day of a row, whatever is wrong with the rest of it
 * @param lastRead the last day of a row
 */
record BookingDays(LocalDate from, LocalDate to, LocalDate firstRead, LocalDate lastRead) {

    /** None where there is neither a row that has a day nor a word in the manifest. */
    static Optional<BookingDays> of(Load load, FileFormat file) {
        FileRead read = load.read(file);
        LocalDate first = read.firstDay();
        LocalDate last = read.lastDay();
        // Deltas say nothing about what they have no row of.
        LocalDate from = load.full() && load.from() != null ? load.from() : first;
        LocalDate to = load.full() && load.to() != null ? load.to() : last;
        if (from == null || to == null) {
            return Optional.empty();
        }
        return Optional.of(new BookingDays(from, to, first == null ? from : first, last == null ? to : last));
    }

    /** A further condition that spares the database all other days: starts with {@code and}, or is empty. */
    static String only(Load load, FileFormat file, String day) {
        return of(load, file).map(days -> " and " + days.compared(day)).orElse("");
    }

    /** Days of which the lot says all there is. */
    String within(String day) {
        return between(day, from, to);
    }

    /** Those, and all that rows are about. */
    String compared(String day) {
        return between(day, from.isBefore(firstRead) ? from : firstRead, to.isAfter(lastRead) ? to : lastRead);
    }

    private static String between(String day, LocalDate first, LocalDate last) {
        return day + " between '" + first + "' and '" + last + "'";
    }
}
