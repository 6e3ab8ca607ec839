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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due, over one connection. While one handful is sent the next is packed; and a mail that left is marked so
 * while the next one is being said, up to its end: that waits for the mark. So a sender that is killed repeats one mail
 * at most, and the mail server hardly ever waits for the database.
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
     * @return how long the server is to be left alone; zero when it did its work
     */
    Duration send(Courier courier, Aside aside, BooleanSupplier stop) {
        CompletableFuture<Handful> next = aside.ask(packing::pack);
        while (!stop.getAsBoolean()) {
            Handful handful = joined(next);
            if (!handful.full()) {
                return new Sending(courier, aside, stop).send(handful);
            }
            next = aside.ask(packing::pack);
            Duration pause = Duration.ZERO;
            boolean whole = false;
            try {
                pause = new Sending(courier, aside, stop).send(handful);
                whole = true;
            } finally {
                if (!whole || !pause.isZero()) {
                    giveBack(next);
                }
            }
            if (!pause.isZero()) {
                return pause;
            }
        }
        giveBack(next);
        return Duration.ZERO;
    }

    private void giveBack(CompletableFuture<Handful> packed) {
        try {
            packing.giveBack(packed.join().parcels().stream().map(Parcel::due).toList());
        } catch (RuntimeException e) {
            // They come back by themselves when the loan ends.
            LOG.log(Level.WARNING, "Notices that were borrowed could not be given back", e);
        }
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** One handful on its way. */
    private final class Sending {

        private final Courier courier;
        private final Aside aside;
        private final BooleanSupplier stop;
        private final Map<Integer, Map<Long, Instant>> left = new HashMap<>();
        private final Marks marks = new Marks();
        private CompletableFuture<Void> mark = CompletableFuture.completedFuture(null);
        private Runnable markHere = () -> {};
        private @Nullable CompletableFuture<Boolean> marking;

        private Sending(Courier courier, Aside aside, BooleanSupplier stop) {
            this.courier = courier;
            this.aside = aside;
            this.stop = stop;
        }

        private Duration send(Handful handful) {
            List<Parcel> parcels = handful.parcels();
            int next = 0;
            Delivery.@Nullable Unreachable unreachable = null;
            try {
                for (; next < parcels.size() && unreachable == null; next++) {
                    if (stop.getAsBoolean() || clock.instant().isAfter(handful.begunBy())) {
                        break;
                    }
                    unreachable = handle(parcels.get(next));
                }
            } finally {
                noteThoseThatLeft();
                if (unreachable == null && next < parcels.size()) {
                    packing.giveBack(parcels.subList(next, parcels.size()).stream()
                            .map(Parcel::due)
                            .toList());
                }
            }
            if (unreachable == null) {
                return Duration.ZERO;
            }
            // Those after it were not even tried.
            for (Parcel parcel : parcels.subList(next, parcels.size())) {
                holdBack(parcel, unreachable);
            }
            return RetryPauses.untilServerIsTriedAgain(failures);
        }

        /** What the server as a whole answered, where it could not be used. */
        private Delivery.@Nullable Unreachable handle(Parcel parcel) {
            LetterMessage letter = parcel.letter();
            Delivery delivery = letter == null ? parcel.fault() : courier.deliver(letter, this::awaitMark);
            if (delivery instanceof Delivery.Unreachable unreachable) {
                failures++;
                LOG.log(Level.WARNING, "The mail server cannot be used: {0}", unreachable.reason());
                holdBack(parcel, unreachable);
                return unreachable;
            }
            failures = 0;
            if (delivery instanceof Delivery.Delivered) {
                mark(parcel);
            } else {
                gate.doInTown(parcel.town().id(), () -> noteFault(parcel.notice(), delivery));
            }
            return null;
        }

        private void mark(Parcel parcel) {
            int town = parcel.town().id();
            long notice = parcel.notice().id();
            Instant at = clock.instant();
            // Whatever becomes of the mark: this one has left, and is noted so at the end of the handful.
            left.computeIfAbsent(town, any -> new HashMap<>()).put(notice, at);
            markHere = () -> due.mark(Marks.of(town, notice, at));
            if (marking == null) {
                marking = aside.ask(() -> {
                    due.mark(marks);
                    return true;
                });
                marking.whenComplete((done, fault) ->
                        marks.abandon(fault == null ? new IllegalStateException("The handful is at its end") : fault));
            }
            mark = marks.ask(town, notice, at);
        }

        /** A helper that is gone already, because the server stops, is stood in for. */
        private void awaitMark() {
            CompletableFuture<Void> asked = mark;
            mark = CompletableFuture.completedFuture(null);
            try {
                asked.join();
            } catch (CompletionException e) {
                LOG.log(Level.DEBUG, "A mail that left is marked without help", e);
                markHere.run();
            }
        }

        private void noteThoseThatLeft() {
            awaitMark();
            marks.close();
            left.forEach((town, notices) -> gate.doInTown(town, () -> desk.sent(notices)));
        }

        private void noteFault(NoticeDesk.Queued notice, @Nullable Delivery fault) {
            if (fault instanceof Delivery.Refused refused) {
                desk.failed(notice, refused.reason(), refused.byAddress());
            } else if (fault instanceof Delivery.Postponed postponed) {
                RetryPauses.next(notice.tries() + 1, notice.createdAt(), clock.instant())
                        .ifPresentOrElse(
                                next -> desk.postponed(notice, postponed.reason(), next),
                                () -> desk.failed(notice, postponed.reason(), false));
            }
        }

        private void holdBack(Parcel parcel, Delivery.Unreachable unreachable) {
            Instant next = clock.instant().plus(RetryPauses.untilServerIsTriedAgain(failures));
            gate.doInTown(parcel.town().id(), () -> desk.heldBack(parcel.notice(), unreachable.reason(), next));
        }
    }
}
