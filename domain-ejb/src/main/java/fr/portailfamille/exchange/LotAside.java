package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.load.BookingAside;
import fr.portailfamille.exchange.load.LotLoad;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * What has to be done before a city's first bookings are checked, and between that and their merge, so that attaching them
 * is a matter of an instant. Each act commits by itself, since each takes locks that must not be held through the next.
 */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LotAside {

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private Clock clock;

    /** Makes the place that a city's first bookings are put aside in; false where the lot has none. */
    public boolean begin(LotRun run) {
        return database.read(handle -> {
            RunContext context = RunContext.of(handle, run);
            return run.town() == town.id()
                    && context.flow() == Flow.BOOKINGS
                    && !context.merged()
                    && new LotLoad(context.load(handle, clock.instant())).beginAside(handle);
        });
    }

    /** Puts one share of them there; others may be put there meanwhile. */
    public void fill(LotRun run, int share, int shares) {
        database.write(handle -> {
            RunContext context = RunContext.of(handle, run);
            new LotLoad(context.load(handle, clock.instant())).fillAside(handle, share, shares);
            // Last, because who puts another share there waits for it; a late attempt fails here.
            RunFence.progress(handle, run, LotStaging.PROGRESS);
        });
    }

    /** Whether there are bookings aside to be attached, which have foreign keys now; not so of a simulation. */
    public boolean refer(LotRun run) {
        return database.read(handle -> {
            Optional<BookingAside> aside = aside(handle, run);
            aside.ifPresent(found -> found.refer(handle));
            return aside.isPresent();
        });
    }

    public void validate(LotRun run) {
        withAside(run, BookingAside::validate);
    }

    /** From now on nobody can book in the town, until the merge has committed. */
    public void forbidOthers(LotRun run) {
        withAside(run, BookingAside::forbidOthers);
    }

    public void confirmOthers(LotRun run) {
        withAside(run, BookingAside::confirmOthers);
    }

    private interface Act {
        void on(BookingAside aside, Handle handle);
    }

    private void withAside(LotRun run, Act act) {
        Consumer<Handle> work = handle -> aside(handle, run).ifPresent(found -> act.on(found, handle));
        database.write(work);
    }

    private Optional<BookingAside> aside(Handle handle, LotRun run) {
        RunContext context = RunContext.of(handle, run);
        if (run.town() != town.id() || context.dryRun() || context.merged()) {
            return Optional.empty();
        }
        RunFence.progress(handle, run, LotValidation.PROGRESS);
        return new LotLoad(context.load(handle, clock.instant())).aside(handle);
    }
}
