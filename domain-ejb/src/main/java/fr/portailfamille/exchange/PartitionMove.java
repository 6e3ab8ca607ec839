package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * The acts that give a town's bookings a partition of their own, for {@link TownPartition}. Each commits by itself, since
 * each takes locks that must not be held through the next.
 */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class PartitionMove {

    /** Functions that are told a run: no run has this number. */
    private static final int NO_RUN = 0;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    /** False, and nothing is begun, where the town has its partition already. */
    public boolean begin() {
        boolean shared =
                database.read(handle -> handle.createQuery("select to_regclass('app.booking_town_' || :town) is null")
                        .bind("town", town.id())
                        .mapTo(boolean.class)
                        .one());
        if (shared) {
            abandon();
            call("create_booking_aside(:run, :town)");
        }
        return shared;
    }

    public void copy() {
        call("copy_shared_bookings()");
        call("index_booking_aside(:run, :town)");
    }

    public void refer() {
        call("refer_booking_aside(:run, :town)");
    }

    public void validate() {
        call("validate_booking_aside(:run, :town)");
    }

    /** From now on nobody can book in the town, until it is moved or abandoned. */
    public void hold() {
        call("hold_shared_bookings()");
    }

    /** Catches up with what changed since {@link #copy}; gives the number of bookings moved. */
    public long move() {
        long moved = Long.parseLong(call("move_shared_bookings()"));
        call("attach_booking_aside(:run, :town)");
        return moved;
    }

    public void refreshStatistics() {
        call("refresh_statistics('booking')");
    }

    /** Takes everything back that is not attached; the town books where it did before. */
    public void abandon() {
        call("drop_booking_aside(:run)");
    }

    private String call(String function) {
        return database.read(handle -> handle.createQuery("select app." + function + "::text")
                .configure(SqlStatements.class, set -> set.setUnusedBindingAllowed(true))
                .bind("run", NO_RUN)
                .bind("town", town.id())
                .mapTo(String.class)
                .one());
    }
}
