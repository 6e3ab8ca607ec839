package fr.portailfamille.activity;

import java.util.Set;

/** Places that several schedules share: each booking of one of them takes one. */
public record Pool(long id, int capacity, Set<Long> schedules) {

    public Pool {
        schedules = Set.copyOf(schedules);
    }
}
