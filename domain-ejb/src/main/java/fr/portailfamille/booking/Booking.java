package fr.portailfamille.booking;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One child, schedule and day. Its rows are laid by {@link Bookings} before they are locked; here they only move from one
 * state to the next. What the portal decides at once passes through the pending state in one go.
 */
@Entity
@Table(name = "booking")
@IdClass(BookingId.class)
class Booking {

    @Id
    @Column(name = "town_id")
    private int townId;

    @Id
    @Column(name = "individual_id")
    private long individualId;

    @Id
    @Column(name = "schedule_id")
    private long scheduleId;

    @Id
    private LocalDate day;

    @Enumerated(EnumType.STRING)
    private BookingState state;

    @Column(name = "family_id")
    private @Nullable Long familyId;

    private @Nullable String reason;

    @Column(name = "waiting_since")
    private @Nullable Instant waitingSince;

    @Column(name = "request_id")
    private @Nullable Long requestId;

    @Column(name = "request_line")
    private @Nullable Integer requestLine;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Column(name = "archived_at")
    private @Nullable Instant archivedAt;

    @Version
    private int version;

    protected Booking() {}

    /** Which line of which request asks for the next move. */
    record Origin(long request, int line, @Nullable Long family, Instant at) {}

    void ask(Origin origin) {
        move(BookingState.BOOKING_PENDING, origin);
    }

    void accept(Origin origin) {
        ask(origin);
        state = state.to(BookingState.BOOKED);
    }

    void refuse(String why, Origin origin) {
        ask(origin);
        state = state.to(BookingState.BOOKING_REFUSED);
        reason = why;
    }

    /** There is no place: it waits for one from now on, and holds none. */
    void queue(Origin origin) {
        move(BookingState.WAITLISTED, origin);
        waitingSince = origin.at();
    }

    /** Its turn has come and there is a place. */
    void serve(Instant at) {
        state = state.to(BookingState.BOOKED);
        waitingSince = null;
        changedAt = at;
    }

    /** It has waited in vain. */
    void giveUp(String why, Instant at) {
        state = state.to(BookingState.BOOKING_PENDING).to(BookingState.BOOKING_REFUSED);
        waitingSince = null;
        reason = why;
        changedAt = at;
    }

    /** Whether it waits for a place, and for this line. */
    boolean waitsFor(long request, int line) {
        return state() == BookingState.WAITLISTED
                && Objects.equals(requestId, request)
                && Objects.equals(requestLine, line);
    }

    void askAbsence(Origin origin) {
        move(BookingState.ABSENCE_PENDING, origin);
    }

    void acceptAbsence(Origin origin) {
        askAbsence(origin);
        state = state.to(BookingState.ABSENT);
    }

    /** The family takes back what waits for a decision or a place. */
    void withdraw(Instant at) {
        state = state.to(state == BookingState.ABSENCE_PENDING ? BookingState.BOOKED : BookingState.NOT_BOOKED);
        waitingSince = null;
        changedAt = at;
    }

    private void move(BookingState next, Origin origin) {
        state = effective().to(next);
        archivedAt = null;
        waitingSince = null;
        reason = null;
        familyId = origin.family();
        requestId = origin.request();
        requestLine = origin.line();
        changedAt = origin.at();
    }

    /** An import archives what it no longer finds: nothing is booked then, whatever stood there. */
    private BookingState effective() {
        return archivedAt == null ? state : BookingState.NOT_BOOKED;
    }

    BookingState state() {
        return effective();
    }

    @Nullable
    Long requestId() {
        return requestId;
    }

    @Nullable
    Integer requestLine() {
        return requestLine;
    }
}
