package fr.portailfamille.booking;

import fr.portailfamille.activity.BookablePeriod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything the rules look at for one child, schedule, day and action.
 *
 * @param closedBecause the reason of a closure, if it is closed for one
 * @param periods those that cover the day and the activity
 * @param deadline of the action
 * @param excludedBy an activity of that day that this one cannot go with
 * @param placesLeft the least of the schedule's and its pools'; empty without limit
 * @param waitingList whether who finds no place left may wait for one
 */
record Asked(
        Standing standing,
        boolean registered,
        boolean open,
        @Nullable String closedBecause,
        BookingState state,
        List<BookablePeriod> periods,
        Instant deadline,
        Optional<String> excludedBy,
        Optional<Integer> placesLeft,
        boolean waitingList,
        Instant now) {

    boolean full() {
        return placesLeft.filter(left -> left <= 0).isPresent();
    }

    /** What the caller's household may do about the child that day. */
    enum Standing {
        MAY_ACT,
        READ_ONLY,
        OTHER_HOUSEHOLD
    }
}
