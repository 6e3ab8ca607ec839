package fr.portailfamille.booking;

import static fr.portailfamille.booking.BookingState.ABSENCE_PENDING;
import static fr.portailfamille.booking.BookingState.ABSENT;
import static fr.portailfamille.booking.BookingState.BOOKED;
import static fr.portailfamille.booking.BookingState.BOOKING_PENDING;
import static fr.portailfamille.booking.BookingState.BOOKING_REFUSED;
import static fr.portailfamille.booking.BookingState.CLOSED;
import static fr.portailfamille.booking.BookingState.NOT_BOOKED;
import static fr.portailfamille.booking.BookingState.WAITLISTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BookingStateTest {

    /** The graph of the product map, state by state; where a place can be asked for, it can be waited for. */
    private static final Map<BookingState, Set<BookingState>> MOVES = new EnumMap<>(Map.of(
            NOT_BOOKED, EnumSet.of(BOOKING_PENDING, WAITLISTED),
            BOOKING_REFUSED, EnumSet.of(BOOKING_PENDING, WAITLISTED),
            ABSENT, EnumSet.of(BOOKING_PENDING, WAITLISTED),
            BOOKING_PENDING, EnumSet.of(BOOKED, BOOKING_REFUSED, NOT_BOOKED),
            BOOKED, EnumSet.of(ABSENCE_PENDING),
            ABSENCE_PENDING, EnumSet.of(ABSENT, BOOKED),
            WAITLISTED, EnumSet.of(BOOKING_PENDING, BOOKED, NOT_BOOKED),
            CLOSED, EnumSet.noneOf(BookingState.class)));

    @ParameterizedTest
    @EnumSource
    void moves_as_the_product_map_says_and_no_other_way(BookingState from) {
        for (BookingState to : BookingState.values()) {
            if (MOVES.get(from).contains(to)) {
                assertThat(from.to(to)).isEqualTo(to);
            } else {
                assertThatThrownBy(() -> from.to(to)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void what_waits_for_a_decision_or_a_place_can_be_taken_back() {
        assertThat(EnumSet.allOf(BookingState.class).stream().filter(BookingState::withdrawable))
                .containsExactlyInAnyOrder(BOOKING_PENDING, ABSENCE_PENDING, WAITLISTED);
    }

    @Test
    void places_are_held_by_booked_and_both_pending() {
        assertThat(EnumSet.allOf(BookingState.class).stream().filter(BookingState::holdsPlace))
                .containsExactlyInAnyOrder(BOOKED, BOOKING_PENDING, ABSENCE_PENDING);
    }

    @ParameterizedTest
    @EnumSource
    void an_import_may_set_what_is_effective_from_any_state(BookingState from) {
        assertThat(from.importedAs(BOOKED)).isEqualTo(BOOKED);
        assertThat(from.importedAs(ABSENT)).isEqualTo(ABSENT);
        assertThat(from.importedAs(NOT_BOOKED)).isEqualTo(NOT_BOOKED);
        assertThatThrownBy(() -> from.importedAs(BOOKING_PENDING)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_place_can_be_asked_for_exactly_where_pending_comes_next(BookingState state) {
        assertThat(state.free()).isEqualTo(state != WAITLISTED && state.next().contains(BOOKING_PENDING));
    }
}
