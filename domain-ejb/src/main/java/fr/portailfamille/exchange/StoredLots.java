package fr.portailfamille.exchange;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Scratch;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.exchange.load.ImportPlaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.zip.ZipFile;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lots as they came, in the database: encrypted, in pieces, due to be looked at. */
@ApplicationScoped
class StoredLots {

    /** Three eighths of a megabyte: of half of one on, Java's collector looks through the whole heap each time. */
    private static final int CHUNK = 3 << 17;

    @Inject
    private CurrentTown town;

    @Inject
    private TownVaults vaults;

    @Inject
    private Clock clock;

    /**
     * How a lot came.
     *
     * @param sender empty for the drop folder
     * @param correction uses no sequence
     * @param correctedRun the run whose rejected rows it corrects
     */
    record Way(
            Optional<Caller> sender,
            boolean dryRun,
            boolean correction,
            @Nullable Long correctedRun) {}

    void store(Handle handle, Path zip, LotInspection.Inspected lot, Way way) {
        Manifest manifest = lot.manifest();
        Instant now = clock.instant();
        long id = handle.createQuery("select nextval('lot_seq')")
                .mapTo(long.class)
                .one();
        handle.createUpdate("""
                        insert into lot (town_id, id, lot_id, flow, mode, sequence, universe, producer, produced_at, from_day,
                                         to_day, includes_requests_up_to, dry_run, state, manifest, zipped_size, unzipped_size,
                                         sha256, received_at, sender, sender_id, correction, corrected_run)
                        values (:town, :id, :lot, :flow, :mode, :sequence, :universe, :producer, :produced, :from, :to, :known,
                                :dry, 'RECEIVED', :manifest, :zipped, :unzipped, :sha256, :now, :sender, :sender_id, :correction,
                                :corrected)
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
                .bind("dry", way.dryRun())
                .bind("manifest", lot.manifestJson())
                .bind("zipped", lot.zipped())
                .bind("unzipped", lot.unzipped())
                .bind("sha256", lot.sha256())
                .bind("now", at(now))
                .bind(
                        "sender",
                        way.sender()
                                .map(StoredLots::kind)
                                .orElse(LotSender.FOLDER)
                                .name())
                .bind("sender_id", way.sender().map(Caller::id).orElse(null))
                .bind("correction", way.correction())
                .bind("corrected", way.correctedRun())
                .execute();
        storeChunks(handle, zip, id, manifest);
        handle.createUpdate("insert into work_due (kind, town_id, item_id, due_at) values ('LOT', :town, :id, :now)")
                .bind("town", town.id())
                .bind("id", id)
                .bind("now", at(now))
                .execute();
    }

    private static LotSender kind(Caller sender) {
        return switch (sender.kind()) {
            case EXCHANGE -> LotSender.KEY;
            case AGENT -> LotSender.AGENT;
            case CITIZEN -> throw new IllegalStateException("Families send no lots");
        };
    }

    private void storeChunks(Handle handle, Path zip, long id, Manifest manifest) {
        TownVault vault = vaults.of(town.id());
        try (InputStream in = Files.newInputStream(zip)) {
            int n = 0;
            for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                handle.createUpdate("insert into lot_chunk (town_id, lot_id, n, bytes) values (:town, :id, :n, :bytes)")
                        .bind("town", town.id())
                        .bind("id", id)
                        .bind("n", n)
                        .bind("bytes", vault.encryptBytes(place(id, n), chunk))
                        .execute();
                ImportPlaces.reached(ImportPlaces.MID_RECEIVE, manifest.flow());
                n++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A piece in clear; null after the last. */
    byte @Nullable [] chunk(Handle handle, long lot, int n) {
        return handle.createQuery("select bytes from lot_chunk where town_id = :town and lot_id = :lot and n = :n")
                .bind("town", town.id())
                .bind("lot", lot)
                .bind("n", n)
                .mapTo(byte[].class)
                .findOne()
                .map(bytes -> vaults.of(town.id()).decryptBytes(place(lot, n), bytes))
                .orElse(null);
    }

    private static String place(long lot, int n) {
        return "lot_chunk/" + lot + "/" + n;
    }

    /** Puts the pieces together. The file is gone from its folder as soon as it is open: nothing in clear outlives the process. */
    static ZipFile unpacked(IntFunction<byte @Nullable []> chunks) throws IOException {
        Path file = Scratch.file(".zip");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                int n = 0;
                for (byte[] chunk = chunks.apply(n); chunk != null; chunk = chunks.apply(n)) {
                    out.write(chunk);
                    n++;
                }
            }
            return new ZipFile(file.toFile(), ZipFile.OPEN_READ | ZipFile.OPEN_DELETE);
        } finally {
            File left = file.toFile();
            if (left.exists() && !left.delete()) {
                left.deleteOnExit();
            }
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
