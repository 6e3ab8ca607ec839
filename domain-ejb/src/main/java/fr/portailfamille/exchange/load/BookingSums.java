package fr.portailfamille.exchange.load;

import java.security.SecureRandom;
import org.jdbi.v3.core.Handle;

/**
 * Finds the children whose bookings a full lot changes at all, by one number for each child, of what was read and of what is
 * stored: the exclusive or of hashes of schedule, day and state, and how many there are. Most nights that is a handful of a
 * city's children, and only theirs are compared one by one. Nobody knows the seed of the hashes, so that no sender can make
 * two different weeks look the same. A row that is there twice, or is at fault, always makes a difference.
 */
final class BookingSums {

    private static final SecureRandom SEEDS = new SecureRandom();

    /** Not to be booked is no difference from having no row. */
    private static final String BOOKED = "state not in " + BookingCheck.NOTHING;

    private final Load load;
    private final String rows;
    private final String stored;

    /**
     * @param rows the staged rows
     * @param stored a condition on the bookings that are compared
     */
    BookingSums(Load load, String rows, String stored) {
        this.load = load;
        this.rows = rows;
        this.stored = stored;
    }

    /**
     * What is to be compared one by one.
     *
     * @param rows staged rows
     * @param children a condition on stored bookings; starts with {@code and}, or is empty
     * @param end of the query that compares
     */
    record Some(String rows, String children, String end) {

        static Some all(String rows) {
            return new Some(rows, "", "");
        }
    }

    /** @param read staged rows with the ids that their references mean, none where they mean nothing */
    Some differing(Handle handle, String read) {
        long seed = SEEDS.nextLong();
        load.update(
                handle,
                "create temporary table sums on commit drop as select individual_id, r.faulty or r.n is distinct from b.n"
                        + " or r.sum is distinct from b.sum as differs from (select individual_id, nullif(count(*) filter (where "
                        + BOOKED
                        + "), 0) as n, bit_xor(" + hash(seed) + ") filter (where " + BOOKED
                        + ") as sum, bool_or(found is not null) as faulty from (" + read
                        + ") x group by individual_id) r full join (select individual_id, count(*) as n, bit_xor("
                        + hash(seed)
                        + ") as sum from booking where " + stored + " and " + BOOKED
                        + " group by individual_id) b using (individual_id)");
        long differ = load.number(handle, "select count(*) from sums where differs");
        if (differ == 0) {
            return new Some(rows, "", " limit 0");
        }
        if (differ * 4 > load.number(handle, "select count(*) from sums")) {
            return Some.all(rows);
        }
        load.update(handle, "delete from sums where not differs");
        handle.execute("analyze sums");
        boolean unknown = load.any(handle, "select from sums where individual_id is null");
        return new Some(some(unknown), " and individual_id in (select individual_id from sums)", "");
    }

    private String some(boolean unknown) {
        String known =
                "select s.* from " + rows + " s where s.individual_ref in (select i.ref from individual i join sums d"
                        + " on d.individual_id = i.id where i.town_id = :town)";
        return "(" + known
                + (unknown
                        ? " union all select s.* from " + rows + " s where not exists (select from individual i"
                                + " where i.town_id = :town and i.ref = s.individual_ref)"
                        : "")
                + ")";
    }

    /** Schedules have numbers far below 2³⁸; days are counted from the first there can be. */
    private static String hash(long seed) {
        return "hashint8extended((schedule_id << 25) # ((day - date '0001-01-01') << 3)::bigint # case state when 'BOOKED' then 1"
                + " when 'ABSENT' then 2 else 3 end, " + seed + ")";
    }
}
