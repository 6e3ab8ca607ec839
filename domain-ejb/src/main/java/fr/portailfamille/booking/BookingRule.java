package fr.portailfamille.booking;

import fr.portailfamille.activity.BookablePeriod;
import fr.portailfamille.booking.Refusal.Code;
import fr.portailfamille.request.LineAction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One condition of a booking or an absence; answers with its reason. Display and save ask the same lists. */
interface BookingRule {

    List<BookingRule> TO_BOOK = List.of(
            mayAct(), registeredThatDay(), open(), notAskedYet(), periodOpen(), inTime(), compatible(), placeLeft());

    List<BookingRule> TO_CANCEL = List.of(mayAct(), booked(), inTime());

    /** To get the place that one waits for. Who may ask was looked at when it was asked. */
    List<BookingRule> TO_SERVE =
            List.of(registeredThatDay(), open(), periodOpen(), inTime(), compatible(), placeLeft());

    Optional<Refusal> refuses(Asked asked);

    /** The first reason against it; empty when nothing is. */
    static Optional<Refusal> refusal(LineAction action, Asked asked) {
        List<BookingRule> rules = action == LineAction.BOOK ? TO_BOOK : TO_CANCEL;
        return rules.stream().flatMap(rule -> rule.refuses(asked).stream()).findFirst();
    }

    /** Whether one who waits may have a place that is there. */
    static boolean serves(Asked asked) {
        return TO_SERVE.stream().allMatch(rule -> rule.refuses(asked).isEmpty());
    }

    /** Of two households, the one that has the child that week. */
    static BookingRule mayAct() {
        return asked -> switch (asked.standing()) {
            case MAY_ACT -> Optional.empty();
            case READ_ONLY -> Optional.of(Refusal.of(Code.READ_ONLY));
            case OTHER_HOUSEHOLD -> Optional.of(Refusal.of(Code.OTHER_HOUSEHOLD));
        };
    }

    static BookingRule registeredThatDay() {
        return asked -> when(!asked.registered(), Refusal.of(Code.NOT_REGISTERED));
    }

    static BookingRule open() {
        return asked -> when(!asked.open(), Refusal.with(Code.NOT_OPEN, asked.closedBecause()));
    }

    static BookingRule notAskedYet() {
        return asked -> when(!asked.state().free(), Refusal.of(Code.ALREADY_ASKED));
    }

    static BookingRule booked() {
        return asked -> when(asked.state() != BookingState.BOOKED, Refusal.of(Code.NOT_BOOKED));
    }

    /** Periods that overlap must all allow it; it opens with the last of them and is over with the first. */
    static BookingRule periodOpen() {
        return asked -> {
            Instant now = asked.now();
            Optional<Instant> opens =
                    instants(asked.periods().stream().map(BookablePeriod::from)).max(Instant::compareTo);
            if (opens.isPresent() && now.isBefore(opens.get())) {
                return Optional.of(Refusal.at(Code.PERIOD_NOT_OPEN, opens.get()));
            }
            return instants(asked.periods().stream().map(BookablePeriod::until))
                    .min(Instant::compareTo)
                    .filter(now::isAfter)
                    .map(until -> Refusal.at(Code.PERIOD_OVER, until));
        };
    }

    static BookingRule inTime() {
        return asked -> when(asked.now().isAfter(asked.deadline()), Refusal.at(Code.TOO_LATE, asked.deadline()));
    }

    static BookingRule compatible() {
        return asked -> asked.excludedBy().map(other -> Refusal.with(Code.INCOMPATIBLE, other));
    }

    /** A full day that has a waiting list may be asked for all the same. */
    static BookingRule placeLeft() {
        return asked -> when(asked.full() && !asked.waitingList(), Refusal.of(Code.FULL));
    }

    private static Optional<Refusal> when(boolean against, Refusal refusal) {
        return against ? Optional.of(refusal) : Optional.empty();
    }

    private static Stream<Instant> instants(Stream<? extends Instant> some) {
        return some.filter(Objects::nonNull).map(each -> each);
    }
}
