package fr.portailfamille.exchange;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What agents look for among runs; null = all. The days are those on which runs started, both included. */
public record RunCriteria(
        @Nullable String universe,
        @Nullable String type,
        @Nullable RunResult result,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {

    public static final RunCriteria ALL = new RunCriteria(null, null, null, null, null);
}
