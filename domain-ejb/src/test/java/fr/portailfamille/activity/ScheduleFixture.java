package fr.portailfamille.activity;

import java.time.LocalDate;
import java.time.LocalTime;

/** Schedules in one readable line. */
final class ScheduleFixture {

    static final long CANTEEN = 1;
    static final long SCHOOL = 10;

    private ScheduleFixture() {}

    /** Noon at the school, open on these weekdays from September 2026 to August 2027. */
    static Schedule canteen(String weekdays) {
        return new Schedule(
                100,
                CANTEEN,
                SCHOOL,
                LocalTime.of(12, 0),
                LocalTime.of(13, 30),
                Schedule.weekdays(weekdays),
                null,
                LocalDate.of(2026, 9, 1),
                LocalDate.of(2027, 8, 31));
    }
}
