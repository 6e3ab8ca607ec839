package fr.portailfamille.booking;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Objects;

/** Key of {@link Booking}. A class, not a record: the persistence provider fills it field by field. */
class BookingId implements Serializable {

    private static final long serialVersionUID = 1L;

    private int townId;
    private long individualId;
    private long scheduleId;
    private LocalDate day;

    protected BookingId() {
        day = LocalDate.EPOCH;
    }

    BookingId(int town, CellId cell) {
        this.townId = town;
        this.individualId = cell.child();
        this.scheduleId = cell.schedule();
        this.day = cell.day();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BookingId that
                && townId == that.townId
                && individualId == that.individualId
                && scheduleId == that.scheduleId
                && day.equals(that.day);
    }

    @Override
    public int hashCode() {
        return Objects.hash(townId, individualId, scheduleId, day);
    }
}
