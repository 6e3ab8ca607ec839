package fr.portailfamille.notice.post;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.notice.post.Packing.Handful;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Sends what is due, a handful at a time: while one is sent the next is packed, and the last one is noted. How one is sent
 * is the matter of {@link Sending}; here it is said what becomes of the mails.
 */
@ApplicationScoped
class PostRound {

    private static final Logger LOG = System.getLogger(PostRound.class.getName());

    @Inject
    private Packing packing;

    @Inject
    private DueNotices due;

    @Inject
    private NoticeDesk desk;

    @Inject
    private TownGate gate;

    @Inject
    private Clock clock;

    /** In a row, of the server as a whole. */
    private volatile int failures;

    private final Notes notes = new Notes();

    /** What was borrowed when this server died is borrowed no more. */
    void takeBack() {
        int left = due.takeBack(Packing.SENDER, clock.instant());
        if (left > 0) {
            LOG.log(Level.INFO, "{0} notices were under way when this server ended", left);
        }
    }

    /**
     * Sends until nothing is due.
     *
     * @param couriers as many as there may be lines to the mail server at a time
     * @return how long the server is to be left alone; zero when it did its work
     */
    Duration send(List<Courier> couriers, Aside aside, BooleanSupplier stop) {
        List<Courier> lines = new ArrayList<>(couriers);
        CompletableFuture<Handful> next = aside.ask(packing::pack);
        CompletableFuture<Boolean> noted = CompletableFuture.completedFuture(true);
        try {
            while (!stop.getAsBoolean()) {
                Handful handful = joined(next);
                next = handful.full() ? aside.ask(packing::pack) : CompletableFuture.completedFuture(Handful.EMPTY);
                Sending sending = new Sending(lines, aside, stop, clock, notes, handful);
                try {
                    sending.send();
                } finally {
                    awaited(noted);
                    noted = noteThoseThatLeft(sending, aside);
                }
                Optional<Delivery.Unreachable> unreachable = sending.unreachable();
                if (unreachable.isPresent()) {
                    return holdBack(sending, unreachable.get());
                }
                if (!handful.parcels().isEmpty()) {
                    failures = 0;
                }
                if (!handful.full()) {
                    return Duration.ZERO;
                }
                lines.removeAll(sending.refused());
            }
            return Duration.ZERO;
        } finally {
            giveBack(next);
            awaited(noted);
        }
    }

    private void giveBack(CompletableFuture<Handful> packed) {
        awaited(packed);
        if (packed.isCompletedExceptionally()) {
            return;
        }
        try {
            packing.giveBack(packed.join().parcels().stream().map(Parcel::due).toList());
        } catch (RuntimeException e) {
            // They come back by themselves when the loan ends.
            LOG.log(Level.WARNING, "Notices that were borrowed could not be given back", e);
        }
    }

    static void awaited(CompletableFuture<?> future) {
        future.handle((done, fault) -> done).join();
    }

    static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private final class Notes implements Sending.Ledger {

        @Override
        public void marking(Consumer<DueNotices.Marker> work) {
            due.marking(work);
        }

        @Override
        public void notTaken(Parcel parcel, Delivery answer) {
            gate.doInTown(parcel.town().id(), () -> noteFault(parcel.notice(), answer));
        }

        @Override
        public void giveBack(Collection<Parcel> parcels) {
            packing.giveBack(parcels.stream().map(Parcel::due).toList());
        }
    }

    private void noteFault(NoticeDesk.Queued notice, Delivery fault) {
        if (fault instanceof Delivery.Refused refused) {
            desk.failed(notice, refused.reason(), refused.byAddress());
        } else if (fault instanceof Delivery.Postponed postponed) {
            RetryPauses.next(notice.tries() + 1, notice.createdAt(), clock.instant())
                    .ifPresentOrElse(
                            next -> desk.postponed(notice, postponed.reason(), next),
                            () -> desk.failed(notice, postponed.reason(), false));
        }
    }

    private Duration holdBack(Sending sending, Delivery.Unreachable server) {
        LOG.log(Level.WARNING, "The mail server cannot be used: {0}", server.reason());
        failures++;
        Duration pause = RetryPauses.untilServerIsTriedAgain(failures);
        Instant next = clock.instant().plus(pause);
        for (Parcel parcel : sending.untried()) {
            gate.doInTown(parcel.town().id(), () -> desk.heldBack(parcel.notice(), server.reason(), next));
        }
        return pause;
    }

    /** While the next handful is sent: they bear their marks. A helper that is gone already is stood in for. */
    private CompletableFuture<Boolean> noteThoseThatLeft(Sending sending, Aside aside) {
        CompletableFuture<Boolean> noted = aside.ask(() -> note(sending));
        return noted.isCompletedExceptionally() ? CompletableFuture.completedFuture(note(sending)) : noted;
    }

    private boolean note(Sending sending) {
        try {
            sending.left().forEach((town, notices) -> gate.doInTown(town, () -> desk.sent(notices)));
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "E-mails that left will be noted so when their loan ends", e);
            return false;
        }
    }
}
