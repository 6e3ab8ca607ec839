package fr.portailfamille.exchange;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.exchange.TownLeases.Lease;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Gives a town's bookings a partition of their own (docs/adr/0006). While it does, no lot of the town is applied; families
 * read on, and for the last moments of it are told to try again when they book.
 */
@ApplicationScoped
public class TownPartition {

    private static final Logger LOG = Logger.getLogger(TownPartition.class.getName());

    @EJB
    private PartitionMove acts;

    @EJB
    private TownGate gate;

    @Inject
    private TownLeases leases;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource dataSource;

    /** How it ended. */
    public enum Outcome {
        MOVED,
        /** The town had its partition before. */
        ALREADY,
        /** A lot of the town is being applied, or somebody else moves it. */
        BUSY
    }

    /** @param bookings how many were moved */
    public record Moved(Outcome outcome, long bookings) {}

    public Moved move(int town) {
        Optional<Lease> free = leases.acquire(town);
        if (free.isEmpty()) {
            return new Moved(Outcome.BUSY, 0);
        }
        try (Lease lease = free.get()) {
            return gate.inTown(town, this::moveInTown);
        }
    }

    private Moved moveInTown() {
        if (!acts.begin()) {
            return new Moved(Outcome.ALREADY, 0);
        }
        try {
            acts.copy();
            acts.refer();
            acts.validate();
            acts.hold();
            long bookings = acts.move();
            acts.refreshStatistics();
            return new Moved(Outcome.MOVED, bookings);
        } catch (RuntimeException e) {
            acts.abandon();
            throw e;
        }
    }

    /**
     * Ends what a server began that is not there any more: its town could not book. A lot that was interrupted in the same
     * place is taken up by itself and clears away after itself; that this comes first does no harm.
     */
    public void giveUpAbandoned() {
        for (int town : begun()) {
            leases.acquire(town).ifPresent(lease -> {
                try (lease) {
                    gate.doInTown(town, acts::abandon);
                    LOG.log(Level.WARNING, "The move of town {0} into its partition was abandoned", town);
                }
            });
        }
    }

    private List<Integer> begun() {
        try (Handle handle = Jdbi.open(dataSource)) {
            return handle.createQuery("""
                            select substring(conname from '^booking_moving_([0-9]+)$')::int as town from pg_constraint
                             where conrelid = 'app.booking_shared'::regclass and conname ~ '^booking_moving_[0-9]+$'
                            union
                            select substring(relname from '^booking_aside_0_([0-9]+)$')::int from pg_class
                             where relnamespace = 'app'::regnamespace and relkind = 'r' and relname ~ '^booking_aside_0_[0-9]+$'
                            """).mapTo(Integer.class).list();
        }
    }
}
