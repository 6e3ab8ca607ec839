package fr.portailfamille.exchange;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Failpoints;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.RefusedException;
import fr.portailfamille.exchange.load.ImportPlaces;
import fr.portailfamille.exchange.outgoing.Cursor;
import fr.portailfamille.exchange.outgoing.KnownRequests;
import fr.portailfamille.town.TownDirectory;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

    static final int CHUNK = 1 << 20;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private TownVaults vaults;

    @Inject
    private Clock clock;

    @Resource
    private SessionContext context;

    /**
     * Takes in the ZIP.
     *
     * @throws RefusedException with the contract's code
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
            UUID id = lot.manifest().lotId();
            checkCursor(handle, lot.manifest());
            if (!dryRun) {
                Optional<byte[]> before = handle.createQuery(
                                "select sha256 from lot where town_id = :town and lot_id = :lot and not dry_run")
                        .bind("town", town.id())
                        .bind("lot", id)
                        .mapTo(byte[].class)
                        .findOne();
                if (before.isPresent()) {
                    if (!Arrays.equals(before.get(), lot.sha256())) {
                        throw new LotConflictException("lotId déjà utilisé par un autre contenu");
                    }
                    return new Receipt(status(handle, id, false), true);
                }
                checkSequence(handle, lot.manifest());
            }
            store(handle, zip, lot, dryRun);
            return new Receipt(status(handle, id, dryRun), false);
        });
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

    private void checkSequence(Handle handle, Manifest manifest) {
        if (isSequenceUsed(handle, town.id(), manifest.flow(), manifest.sequence())) {
            throw new LotConflictException("numéro de séquence déjà utilisé");
        }
    }

    /** A lot that was refused or failed leaves its sequence open. */
    static boolean isSequenceUsed(Handle handle, int town, Flow flow, long sequence) {
        return handle.createQuery("""
                        select exists (select from flow_state where town_id = :town and flow = :flow and last_sequence >= :sequence)
                            or exists (select from lot where town_id = :town and flow = :flow and sequence = :sequence
                                          and not dry_run and state not in ('REFUSED', 'FAILED'))
                        """)
                .bind("town", town)
                .bind("flow", flow.name())
                .bind("sequence", sequence)
                .mapTo(boolean.class)
                .one();
    }

    private void store(Handle handle, Path zip, LotInspection.Inspected lot, boolean dryRun) {
        Manifest manifest = lot.manifest();
        Instant now = clock.instant();
        Optional<Caller> sender = Caller.of(context.getCallerPrincipal());
        long id = handle.createQuery("select nextval('lot_seq')")
                .mapTo(long.class)
                .one();
        handle.createUpdate("""
                        insert into lot (town_id, id, lot_id, flow, mode, sequence, universe, producer, produced_at, from_day,
                                         to_day, includes_requests_up_to, dry_run, state, manifest, zipped_size, unzipped_size,
                                         sha256, received_at, sender, sender_id)
                        values (:town, :id, :lot, :flow, :mode, :sequence, :universe, :producer, :produced, :from, :to, :known,
                                :dry, 'RECEIVED', :manifest, :zipped, :unzipped, :sha256, :now, :sender, :sender_id)
                        """)
                .bind("town", town.id())
                .bind("id", id)
                .bind("lot", manifest.lotId())
                .bind("flow", manifest.flow().name())
                .bind("mode", manifest.mode().name())
                .bind("sequence", manifest.sequence())
                .bind("universe", manifest.universe())
                .bind("producer", manifest.producer())
                .bind("produced", manifest.producedAt() == null ? null : at(manifest.producedAt()))
                .bind("from", manifest.from())
                .bind("to", manifest.to())
                .bind("known", manifest.includesRequestsUpTo())
                .bind("dry", dryRun)
                .bind("manifest", lot.manifestJson())
                .bind("zipped", lot.zipped())
                .bind("unzipped", lot.unzipped())
                .bind("sha256", lot.sha256())
                .bind("now", at(now))
                .bind("sender", sender.map(LotReception::way).orElse(LotSender.FOLDER).name())
                .bind("sender_id", sender.map(Caller::id).orElse(null))
                .execute();
        storeChunks(handle, zip, id);
        handle.createUpdate("insert into work_due (kind, town_id, item_id, due_at) values ('LOT', :town, :id, :now)")
                .bind("town", town.id())
                .bind("id", id)
                .bind("now", at(now))
                .execute();
    }

    private void storeChunks(Handle handle, Path zip, long id) {
        TownVault vault = vaults.of(town.id());
        try (InputStream in = Files.newInputStream(zip)) {
            int n = 0;
            for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                handle.createUpdate("insert into lot_chunk (town_id, lot_id, n, bytes) values (:town, :id, :n, :bytes)")
                        .bind("town", town.id())
                        .bind("id", id)
                        .bind("n", n)
                        .bind("bytes", vault.encryptBytes(chunkPlace(id, n), chunk))
                        .execute();
                Failpoints.reached(ImportPlaces.MID_RECEIVE);
                n++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LotSender way(Caller sender) {
        return switch (sender.kind()) {
            case EXCHANGE -> LotSender.KEY;
            case AGENT -> LotSender.AGENT;
            case CITIZEN -> throw new IllegalStateException("Families send no lots");
        };
    }

    static String chunkPlace(long lot, int n) {
        return "lot_chunk/" + lot + "/" + n;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
