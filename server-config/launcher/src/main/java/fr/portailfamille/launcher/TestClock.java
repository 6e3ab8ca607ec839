package fr.portailfamille.launcher;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The clock of the instance that the tests share: on whatever day they are run, it is the same Monday for them, so that no
 * holiday, week without a Wednesday or change of clocks makes a test red that was green the day before.
 */
public final class TestClock {

    /** Nine o'clock in Paris on a Monday, two weeks before one whose week has no public holiday. */
    public static final Instant START = Instant.parse("2026-11-30T08:00:00Z");

    private TestClock() {}

    /** In Paris. */
    public static LocalDate today() {
        return LocalDate.ofInstant(START, ZoneId.of("Europe/Paris"));
    }

    /** As on the server while nobody moves its clock, or some seconds later: the tests' own process deploys to it first. */
    public static Instant now() {
        return START.plusMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
