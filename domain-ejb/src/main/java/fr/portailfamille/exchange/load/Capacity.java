package fr.portailfamille.exchange.load;

/**
 * The capacity of a counter (a schedule's or a pool's) on a day, for whole sets; one at a time it is {@code capacity_of}. An
 * archived pool has no limit.
 */
final class Capacity {

    private Capacity() {}

    static String column() {
        return "case when cs.id is not null then coalesce(csd.capacity, cs.capacity) else coalesce(cpd.capacity, cp.capacity) end";
    }

    static String joins(String counter, String day) {
        return (" left join schedule cs on cs.town_id = :town and cs.id = %1$s"
                        + " left join schedule_date csd on csd.town_id = :town and csd.schedule_id = cs.id and csd.day = %2$s and csd.archived_at is null"
                        + " left join pool cp on cp.town_id = :town and cp.id = %1$s and cp.archived_at is null"
                        + " left join pool_date cpd on cpd.town_id = :town and cpd.pool_id = cp.id and cpd.day = %2$s and cpd.archived_at is null")
                .formatted(counter, day);
    }
}
