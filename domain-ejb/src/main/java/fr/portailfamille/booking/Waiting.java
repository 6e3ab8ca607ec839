package fr.portailfamille.booking;

import java.time.Instant;

/** A line that waits for a place on one schedule and day. */
record Waiting(long request, int line, CellId cell, Instant since) {}
