package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import org.jdbi.v3.core.Handle;

/**
 * A city's first bookings, in a table that becomes the city's partition of {@code booking} when everything in it is known
 * to be right. Filling a table without indexes and building them afterwards takes a fraction of the time that rows take
 * one by one, and in the meantime nobody sees anything of it. Only the database's own functions may make and attach the
 * table; the reasons are in docs/adr/0006.
 */
public final class BookingAside {

    /** From so many bookings on a town gets a partition of its own. */
    static final long CITY = 200_000;

    /** An attempt that failed in this way is not made for ever. */
    private static final int ATTEMPTS = 2;

    private final Load load;
    private final String table;

    BookingAside(Load load) {
        this.load = load;
        this.table =
                "app.booking_aside_" + load.stage().run() + "_" + load.stage().attempt();
    }

    String table() {
        return table;
    }

    /** Whether the lot is a city's first, and no family was quicker to ask for something. */
    boolean fits(Handle handle, FileFormat file) {
        return load.read(file).rows() >= CITY
                && load.stage().attempt() <= ATTEMPTS
                && !load.any(handle, "select from booking where town_id = :town")
                && !load.any(handle, "select from request_line where town_id = :town")
                && load.any(handle, "select where to_regclass('app.booking_town_' || :town) is null");
    }

    /** Whether this attempt has bookings aside. */
    boolean filled(Handle handle) {
        return load.any(handle, "select where to_regclass('" + table + "') is not null");
    }

    /** Makes the table, for the rows of one attempt to be put into it; of what one that was given up has left, nothing stays. */
    void create(Handle handle) {
        drop(handle);
        call(handle, "create_booking_aside");
    }

    /** @param read rows with the ids that their references mean */
    void fill(Handle handle, String read) {
        String registrations = BookingFamily.of(load, handle).joined();
        load.update(
                handle,
                "insert into " + table + " (town_id, individual_id, schedule_id, day, state, family_id, changed_at,"
                        + " created_run, changed_run) select :town, v.individual_id, v.schedule_id, v.day, v.state, "
                        + BookingFamily.found() + ", :now, :run, :run from (" + read + ") v" + registrations
                        + " where v.found is null and v.state <> 'NOT_BOOKED'");
    }

    long rows(Handle handle) {
        return load.number(handle, "select count(*) from " + table + " where town_id = :town");
    }

    /** False where a key is there twice: the table is of no use then. */
    boolean index(Handle handle) {
        return handle.createQuery("select app.index_booking_aside(:run, :attempt)")
                .bind("run", load.stage().run())
                .bind("attempt", load.stage().attempt())
                .mapTo(boolean.class)
                .one();
    }

    public void refer(Handle handle) {
        call(handle, "refer_booking_aside");
    }

    public void validate(Handle handle) {
        call(handle, "validate_booking_aside");
    }

    /** From here on nobody can book in the town until it is attached. */
    public void forbidOthers(Handle handle) {
        boolean none = handle.createQuery("select app.forbid_shared_bookings()")
                .mapTo(boolean.class)
                .one();
        if (!none) {
            throw new BookingMerge.ChangedMeanwhile();
        }
    }

    public void confirmOthers(Handle handle) {
        handle.createQuery("select app.confirm_shared_bookings()::text")
                .mapTo(String.class)
                .one();
    }

    /** Others wait from here to the end of the transaction: there must be nothing left to do in it. */
    void attach(Handle handle) {
        call(handle, "attach_booking_aside");
    }

    void drop(Handle handle) {
        drop(handle, load.stage().run());
    }

    static void drop(Handle handle, long run) {
        handle.createQuery("select app.drop_booking_aside(:run)::text")
                .bind("run", run)
                .mapTo(String.class)
                .one();
    }

    private void call(Handle handle, String function) {
        handle.createQuery("select app." + function + "(:run, :attempt)::text")
                .bind("run", load.stage().run())
                .bind("attempt", load.stage().attempt())
                .mapTo(String.class)
                .one();
    }
}
