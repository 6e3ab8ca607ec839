package fr.portailfamille.request;

import java.time.LocalDate;

/** A line of a booking or absence request in a list. */
public record RequestLineRow(
        RequestRef ref,
        LineAction action,
        String child,
        String facility,
        String activity,
        LocalDate day,
        LineState state) {}
