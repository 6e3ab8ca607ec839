package fr.portailfamille.notice.digest;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.town.TownDirectory;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells families of the decisions on their bookings and absences, for jobs and the operator, in the scope of a town. One
 * transaction per window: it takes what no digest holds yet and was recorded at or before the window's end, so that a
 * late run, a second run and a decision committed late all end with each decision in exactly one digest.
 */
@Stateless
@RolesAllowed("SYSTEM")
public class DigestDesk {

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private Digests digests;

    @Inject
    private Clock clock;

    /**
     * The end of the last window that is over, when it is still to be closed and there is something to say. With nothing
     * to say it is closed here and now, and nobody hears of it.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Optional<Instant> due() {
        Instant now = clock.instant();
        Optional<Instant> end = towns.byId(town.id())
                .map(profile -> new DigestWindows(profile.digestHours(), profile.zone()))
                .flatMap(windows -> windows.lastEnd(now))
                .filter(last -> !digests.closed(last));
        if (end.isPresent() && !digests.undelivered(end.get())) {
            digests.close(end.get(), false);
            return Optional.empty();
        }
        return end;
    }

    /** Closes the window that ends then; one that was closed already changes nothing and sends nothing. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public DigestResult close(Instant windowEnd) {
        return digests.close(windowEnd, false);
    }

    /** Sends, out of turn, everything that is undelivered by now; the next window begins here. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public DigestResult sendNow() {
        return digests.close(clock.instant(), true);
    }
}
