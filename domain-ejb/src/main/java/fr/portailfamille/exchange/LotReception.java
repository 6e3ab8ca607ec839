package fr.portailfamille.exchange;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.RefusedException;
import fr.portailfamille.exchange.outgoing.Cursor;
import fr.portailfamille.exchange.outgoing.KnownRequests;
import fr.portailfamille.town.TownDirectory;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Takes in lots: inspects, stores, and puts them into the town's queue, all before the sender gets an answer. What was
 * answered survives anything but the loss of the database.
 */
@Stateless
@RolesAllowed({"EXCHANGE", "SYSTEM", "MENU_ETAT_DES_TRAITEMENTS"})
public class LotReception {

    /** A lot that was refused or failed leaves its sequence open. */
    private static final String LEFT_OPEN = "('REFUSED', 'FAILED')";

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private StoredLots lots;

    @Resource
    private SessionContext context;

    /**
     * Takes in the ZIP.
     *
     * @throws RefusedException with the contract's code
     * @throws TooManyLotsException when so many of the town wait for their turn that this one may not join them
     * @throws LotConflictException when id or sequence are used with other content
     */
    public Receipt receive(Path zip, boolean dryRun) {
        String code = towns.byId(town.id()).orElseThrow().code();
        LotInspection.Inspected lot;
        try {
            lot = new LotInspection(zip, LotLimits.fromEnvironment()).inspect(code);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return database.read(handle -> {
            // One at a time per town: two senders of one sequence must not both find it free.
            handle.execute("select pg_advisory_xact_lock(?, ?)", QueueLock.RECEPTION, town.id());
            checkCursor(handle, lot.manifest());
            if (!dryRun) {
                Optional<UUID> before = before(handle, lot);
                if (before.isPresent()) {
                    return new Receipt(status(handle, before.get(), false), true);
                }
                checkSequence(handle, lot.manifest());
            }
            checkQueue(handle);
            lots.store(
                    handle, zip, lot, new StoredLots.Way(Caller.of(context.getCallerPrincipal()), dryRun, false, null));
            return new Receipt(status(handle, lot.manifest().lotId(), dryRun), false);
        });
    }

    /** The id of the lot that this one is: what holds its id or its sequence already, and has the same content. */
    private Optional<UUID> before(Handle handle, LotInspection.Inspected lot) {
        Manifest manifest = lot.manifest();
        Optional<byte[]> sameId = handle.createQuery(
                        "select sha256 from lot where town_id = :town and lot_id = :lot and not dry_run")
                .bind("town", town.id())
                .bind("lot", manifest.lotId())
                .mapTo(byte[].class)
                .findOne();
        if (sameId.isPresent()) {
            if (!Arrays.equals(sameId.get(), lot.sha256())) {
                throw new LotConflictException("lotId déjà utilisé par un autre contenu");
            }
            return Optional.of(manifest.lotId());
        }
        return handle.createQuery(
                        "select lot_id from lot where town_id = :town and flow = :flow and sequence = :sequence"
                                + " and sha256 = :sha256 and not dry_run and state not in " + LEFT_OPEN
                                + " order by id limit 1")
                .bind("town", town.id())
                .bind("flow", manifest.flow().name())
                .bind("sequence", manifest.sequence())
                .bind("sha256", lot.sha256())
                .mapTo(UUID.class)
                .findOne();
    }

    private LotStatus status(Handle handle, UUID lot, boolean dryRun) {
        return LotRows.status(handle, town.id(), lot, dryRun).orElseThrow();
    }

    /** A cursor of another town, or of before a restore, would let what families did be erased. */
    private void checkCursor(Handle handle, Manifest manifest) {
        Optional<Cursor> said =
                Optional.ofNullable(manifest.includesRequestsUpTo()).flatMap(Cursor::of);
        if (said.isPresent() && !KnownRequests.handedOut(handle, town.id(), said.get())) {
            throw new RefusedException(
                    "BAD_MANIFEST",
                    Manifest.FILE,
                    null,
                    null,
                    "includesRequestsUpTo : ce curseur n'a pas été remis à cette collectivité");
        }
    }

    /** Lots that wait for another one or an agent do not count: the one that they wait for must get in. */
    private void checkQueue(Handle handle) {
        long queued = handle.createQuery(
                        "select count(*) from lot where town_id = :town and state in ('RECEIVED', 'RUNNING')")
                .bind("town", town.id())
                .mapTo(long.class)
                .one();
        if (queued >= LotLimits.queued(System.getenv())) {
            throw new TooManyLotsException();
        }
    }

    private void checkSequence(Handle handle, Manifest manifest) {
        if (isSequenceUsed(handle, town.id(), manifest.flow(), manifest.sequence())) {
            throw new LotConflictException("numéro de séquence déjà utilisé");
        }
    }

    static boolean isSequenceUsed(Handle handle, int town, Flow flow, long sequence) {
        return handle.createQuery("""
                        select exists (select from flow_state where town_id = :town and flow = :flow and last_sequence >= :sequence)
                            or exists (select from lot where town_id = :town and flow = :flow and sequence = :sequence
                                          and not dry_run and state not in %s)
                        """.formatted(LEFT_OPEN))
                .bind("town", town)
                .bind("flow", flow.name())
                .bind("sequence", sequence)
                .mapTo(boolean.class)
                .one();
    }
}
