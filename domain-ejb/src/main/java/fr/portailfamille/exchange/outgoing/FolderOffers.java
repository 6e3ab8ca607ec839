package fr.portailfamille.exchange.outgoing;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.town.TownDirectory;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lot that a town's drop folder offers: one at a time, the one behind what was acknowledged, as HTTP would give it.
 * Whoever looks after the folder has the town's lease.
 */
@Stateless
@RolesAllowed("SYSTEM")
public class FolderOffers {

    @Inject
    private RequestExport export;

    @Inject
    private DispatchQueue queue;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    /**
     * What lies in the folder or is about to.
     *
     * @param written its file was seen complete
     * @param acknowledged by HTTP, up to its end or further
     */
    public record Offer(OutgoingLot lot, boolean written, boolean acknowledged) {}

    public Optional<Offer> current() {
        DispatchQueue.State state = queue.lock();
        return database.read(handle -> handle.createQuery(
                                "select offer_written from dispatch_state where town_id = :town and offered_sequence is not null")
                        .bind("town", town.id())
                        .mapTo(boolean.class)
                        .findOne())
                .map(written -> {
                    OutgoingLot lot =
                            queue.offered(towns.byId(town.id()).orElseThrow().code());
                    return new Offer(lot, written, lot.upTo() <= state.acknowledged());
                });
    }

    /** Takes the next lot as the one to offer, if anything waits. */
    public Optional<Offer> next() {
        Optional<OutgoingLot> lot = export.next(null, RequestExport.USUAL_LIMIT).lot();
        lot.ifPresent(next -> offer(next.sequence(), false));
        return lot.map(next -> new Offer(next, false, false));
    }

    public void written() {
        database.write(handle -> handle.createUpdate(
                        "update dispatch_state set offer_written = true where town_id = :town and offered_sequence is not null")
                .bind("town", town.id())
                .execute());
    }

    public void done() {
        offer(null, false);
    }

    private void offer(@Nullable Long sequence, boolean written) {
        database.write(handle -> handle.createUpdate(
                        "update dispatch_state set offered_sequence = :sequence, offer_written = :written where town_id = :town")
                .bind("town", town.id())
                .bind("sequence", sequence)
                .bind("written", written)
                .execute());
    }
}
