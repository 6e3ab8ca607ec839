package fr.portailfamille.booking;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A child that the caller sees: through which of the caller's families, and what it is registered for. */
record ChildRights(long id, String firstName, String lastName, List<Tie> ties, List<Registration> registrations) {

    /** When the child lives with a family; weeks are ISO weeks. */
    enum Custody {
        ALL,
        EVEN_WEEKS,
        ODD_WEEKS;

        boolean covers(LocalDate day) {
            boolean even = day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) % 2 == 0;
            return this == ALL || (this == EVEN_WEEKS) == even;
        }
    }

    /** One of the caller's families that the child belongs to; one without access is not even a tie. */
    record Tie(long family, boolean mayAct, Custody custody) {}

    /**
     * A right to a schedule.
     *
     * @param weekdays empty = every day that is open
     * @param custody of the family that registered the child, not always one of the caller's
     */
    record Registration(
            String ref,
            long family,
            Custody custody,
            long schedule,
            LocalDate start,
            LocalDate end,
            Set<DayOfWeek> weekdays) {

        boolean covers(long wanted, LocalDate day) {
            return schedule == wanted
                    && !day.isBefore(start)
                    && !day.isAfter(end)
                    && (weekdays.isEmpty() || weekdays.contains(day.getDayOfWeek()));
        }
    }

    /** To which a booking belongs: the family with custody that week, then the lowest reference. */
    Optional<Registration> registration(long schedule, LocalDate day) {
        return registrations.stream()
                .filter(each -> each.covers(schedule, day))
                .min(Comparator.comparing((Registration each) -> !each.custody().covers(day))
                        .thenComparing(Registration::ref));
    }

    /** The same child with the registrations of both. */
    ChildRights and(ChildRights more) {
        return new ChildRights(
                id,
                firstName,
                lastName,
                ties,
                Stream.concat(registrations.stream(), more.registrations().stream())
                        .toList());
    }

    Asked.Standing standing(LocalDate day) {
        if (actingFamily(day).isPresent()) {
            return Asked.Standing.MAY_ACT;
        }
        return ties.stream().anyMatch(Tie::mayAct) ? Asked.Standing.OTHER_HOUSEHOLD : Asked.Standing.READ_ONLY;
    }

    /** The caller's family that may ask for something on that day. */
    Optional<Long> actingFamily(LocalDate day) {
        return ties.stream()
                .filter(tie -> tie.mayAct() && tie.custody().covers(day))
                .map(Tie::family)
                .findFirst();
    }
}
