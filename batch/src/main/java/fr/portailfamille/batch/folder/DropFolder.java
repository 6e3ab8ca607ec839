package fr.portailfamille.batch.folder;

import fr.portailfamille.batch.Problem;
import fr.portailfamille.batch.lot.LotDispatcher;
import fr.portailfamille.batch.lot.ReceivedFile;
import fr.portailfamille.batch.lot.ReceptionProblem;
import fr.portailfamille.batch.lot.StatusJson;
import fr.portailfamille.common.TownGate;
import fr.portailfamille.exchange.LotConflictException;
import fr.portailfamille.exchange.LotLimits;
import fr.portailfamille.exchange.LotReception;
import fr.portailfamille.exchange.LotStatus;
import fr.portailfamille.exchange.Lots;
import fr.portailfamille.exchange.Receipt;
import fr.portailfamille.exchange.TownLeases;
import fr.portailfamille.exchange.format.RefusedException;
import fr.portailfamille.exchange.outgoing.FolderOffers;
import fr.portailfamille.exchange.outgoing.RequestLots;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Looks into the folders of the towns that have one, in the folder that {@code PORTAIL_EXCHANGE_DIR} names; unset, there
 * is none. Whoever runs the portal makes a town's folder, with the rights that its business application needs.
 */
@ApplicationScoped
public class DropFolder {

    private static final Logger LOG = System.getLogger(DropFolder.class.getName());

    /** After a fault, such as a full disk, a town's folder is left alone so long. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    @EJB
    private TownGate gate;

    @EJB
    private LotReception reception;

    @EJB
    private FolderOffers offers;

    @EJB
    private Lots lots;

    @Inject
    private RequestLots requests;

    @Inject
    private TownLeases leases;

    @Inject
    private TownDirectory towns;

    @Inject
    private LotDispatcher dispatcher;

    @Inject
    private Clock clock;

    /** Nothing more will become of such a lot. */
    private static final Set<String> OVER = Set.of("APPLIED", "REFUSED", "FAILED", "CANCELLED", "SUPERSEDED");

    private final Map<Integer, InFolder> comingIn = new HashMap<>();
    private final Map<Integer, Long> pausedUntil = new HashMap<>();

    Optional<Path> root() {
        String folder = System.getenv("PORTAIL_EXCHANGE_DIR");
        return folder == null || folder.isBlank() ? Optional.empty() : Optional.of(Path.of(folder.strip()));
    }

    /** A fault with one town keeps the others from nothing. */
    void look(Path root) {
        for (TownProfile town : towns.all()) {
            Path folder = root.resolve(town.code());
            if (Files.isDirectory(folder) && !paused(town)) {
                leases.acquireFolder(town.id()).ifPresent(lease -> look(town, folder, lease));
            }
        }
    }

    private void look(TownProfile town, Path folder, TownLeases.Lease lease) {
        try (lease) {
            comingIn(town, folder).look(new TownReceiver(town));
            gate.doInTown(town.id(), () -> layOut(folder));
        } catch (IOException | RuntimeException e) {
            pausedUntil.put(town.id(), System.nanoTime() + PAUSE.toNanos());
            LOG.log(Level.ERROR, "The drop folder of " + town.code() + " is left alone for a minute", e);
        }
    }

    private boolean paused(TownProfile town) {
        Long until = pausedUntil.get(town.id());
        return until != null && System.nanoTime() - until < 0;
    }

    void eraseOld(Path root) {
        for (TownProfile town : towns.all()) {
            try {
                comingIn(town, root.resolve(town.code())).eraseOlderThan(clock.instant());
            } catch (IOException e) {
                LOG.log(Level.WARNING, "Old files of the drop folder of " + town.code() + " could not be erased", e);
            }
        }
    }

    private synchronized InFolder comingIn(TownProfile town, Path folder) {
        return comingIn.computeIfAbsent(town.id(), id -> new InFolder(folder.resolve("in"), System::nanoTime));
    }

    /** Lots of one town, received and followed as over HTTP. */
    private final class TownReceiver implements InFolder.Receiver {

        private final TownProfile town;

        TownReceiver(TownProfile town) {
            this.town = town;
        }

        @Override
        public InFolder.Reply receive(InputStream content) throws IOException {
            long most = LotLimits.fromEnvironment().zipped();
            try (ReceivedFile file = ReceivedFile.of(content, most)) {
                Receipt receipt = gate.inTown(town.id(), () -> reception.receive(file.path(), false));
                FolderPlaces.reached(FolderPlaces.AFTER_TAKING_IN);
                dispatcher.wake();
                return new InFolder.Reply(true, false, StatusJson.of(receipt.status()));
            } catch (RefusedException e) {
                return refused(ReceptionProblem.of(e), e.code().equals("NOT_A_ZIP"));
            } catch (LotConflictException e) {
                return refused(ReceptionProblem.of(e), false);
            }
        }

        private InFolder.Reply refused(Problem problem, boolean truncated) {
            return new InFolder.Reply(false, truncated, problem.text());
        }

        /** An answer that somebody changed is left as it is. */
        @Override
        public InFolder.News newsOf(String answer) {
            Optional<LotStatus> status =
                    lotId(answer).flatMap(lot -> gate.inTown(town.id(), () -> lots.status(lot, false)));
            return status.map(now -> new InFolder.News(
                            StatusJson.of(now),
                            OVER.contains(now.state()),
                            now.rows().rejected() + now.rows().warnings() > 0))
                    .orElse(new InFolder.News(answer, true, false));
        }

        @Override
        public void writeRejects(String answer, Writer out) {
            lotId(answer).ifPresent(lot -> gate.doInTown(town.id(), () -> lots.writeRejects(lot, false, out)));
        }

        private Optional<UUID> lotId(String answer) {
            try (JsonReader reader = Json.createReader(new StringReader(answer))) {
                return Optional.of(UUID.fromString(reader.readObject().getString("lotId", "")));
            } catch (JsonException | IllegalArgumentException | ClassCastException e) {
                LOG.log(Level.DEBUG, "Not an answer about a lot", e);
                return Optional.empty();
            }
        }
    }

    private void layOut(Path folder) {
        try {
            new OutFolder(folder.resolve("out")).look(new TownOffers(offers, requests));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
