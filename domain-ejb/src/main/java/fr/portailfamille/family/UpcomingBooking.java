package fr.portailfamille.family;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * A booking of the next days, as the home page lists it.
 *
 * @param state name of a state of the booking, never « not booked » or « refused »
 */
public record UpcomingBooking(long child, LocalDate day, LocalTime start, LocalTime end, String activity, String state)
        implements Serializable {}
