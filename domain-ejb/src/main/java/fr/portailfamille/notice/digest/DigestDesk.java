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
import java.util.List;
import java.util.Optional;

/**
 * Tells families of the decisions on their bookings and absences, for jobs and the operator, in the scope of a town. A
 * window is closed in one transaction, which nobody who records outlasts, and told in another: by then nothing in it can
 * change, so that a late run, a second run and a decision committed late all end with each decision in exactly one digest.
 */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
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
     * Closes the last window that is over, unless somebody is recording just now, who keeps it open until the next time
     * that this is asked.
     *
     * @return the ends of all windows that are still to be told; one with nothing to say is not among them
     */
    public List<Instant> due() {
        Instant now = clock.instant();
        towns.byId(town.id())
                .map(profile -> new DigestWindows(profile.digestHours(), profile.zone()))
                .flatMap(windows -> windows.lastEnd(now))
                .ifPresent(end -> digests.close(end, false));
        return digests.untold();
    }

    /**
     * Closes a window here and now, out of turn, or as soon as can be after the last one where a clock ran ahead; the next
     * one begins here.
     *
     * @return its end; empty where somebody is recording just now
     */
    public Optional<Instant> closeNow() {
        Instant end = digests.nextEnd(clock.instant());
        return digests.close(end, true) ? Optional.of(end) : Optional.empty();
    }

    /** The ends of the windows that are closed and still to be told. */
    public List<Instant> untold() {
        return digests.untold();
    }

    /** Tells what a closed window holds; one that was told already changes nothing and sends nothing. */
    public DigestResult tell(Instant windowEnd) {
        return digests.tell(windowEnd);
    }
}
