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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due, over a few connections. While one handful is sent the next is packed. Mails are said side by side up
 * to their ends, and these come in turn: a mail ends when it is noted that the one before it left. So a sender that is
 * killed repeats one mail at most, and neither the mail server nor the database waits for the other.
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

    /** Another line is opened for so many mails more. */
    private static final int WORTH_A_LINE = 10;

    /** In a row, of the server as a whole. */
    private volatile int failures;

    private static int lines(int most, int mails) {
        return Math.min(most, 1 + mails / WORTH_A_LINE);
    }

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
        CompletableFuture<Handful> next = aside.ask(packing::pack);
        CompletableFuture<Boolean> noted = CompletableFuture.completedFuture(true);
        try {
            while (!stop.getAsBoolean()) {
                Handful handful = joined(next);
                next = handful.full() ? aside.ask(packing::pack) : CompletableFuture.completedFuture(Handful.EMPTY);
                Sending sending = new Sending(couriers, aside, stop, handful);
                Duration pause;
                try {
                    pause = sending.send();
                } finally {
                    awaited(noted);
                    noted = sending.noteThoseThatLeft();
                }
                if (!pause.isZero() || !handful.full()) {
                    return pause;
                }
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

    private static void awaited(CompletableFuture<?> future) {
        future.handle((done, fault) -> done).join();
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** One handful on its way, over as many lines as it is worth. */
    private final class Sending {

        private final List<Courier> couriers;
        private final Aside aside;
        private final BooleanSupplier stop;
        private final Instant begunBy;
        private final Queue<Parcel> waiting;

        /** Held from the end of a mail until it is noted that it left: of two such mails a crash would repeat both. */
        private final ReentrantLock turn = new ReentrantLock(true);

        /** Of those that left, by town; written in turn. */
        private final Map<Integer, Map<Long, Instant>> left = new HashMap<>();

        private final AtomicReference<Delivery.Unreachable> unreachable = new AtomicReference<>();
        private volatile boolean halted;

        private Sending(List<Courier> couriers, Aside aside, BooleanSupplier stop, Handful handful) {
            this.couriers =
                    couriers.subList(0, lines(couriers.size(), handful.parcels().size()));
            this.aside = aside;
            this.stop = stop;
            begunBy = handful.begunBy();
            waiting = new ConcurrentLinkedQueue<>(handful.parcels());
        }

        private Duration send() {
            List<CompletableFuture<Boolean>> others = new ArrayList<>();
            try {
                for (Courier courier : couriers.subList(1, couriers.size())) {
                    others.add(aside.ask(() -> {
                        send(courier);
                        return true;
                    }));
                }
                send(couriers.get(0));
            } finally {
                // Whatever becomes of them: none of the lines may be in use when this ends.
                others.forEach(PostRound::awaited);
                if (unreachable.get() == null) {
                    packing.giveBack(waiting.stream().map(Parcel::due).toList());
                }
            }
            others.forEach(PostRound::joined);
            Delivery.Unreachable why = unreachable.get();
            if (why == null) {
                return Duration.ZERO;
            }
            // They were not even tried.
            waiting.forEach(parcel -> holdBack(parcel, why));
            return RetryPauses.untilServerIsTriedAgain(failures);
        }

        /** Sends over one line for as long as there is something to send. */
        private void send(Courier courier) {
            try {
                due.marking(marker -> {
                    for (Parcel parcel = next(); parcel != null; parcel = next()) {
                        handle(courier, marker, parcel);
                    }
                });
            } catch (RuntimeException | Error e) {
                halted = true;
                throw e;
            }
        }

        private @Nullable Parcel next() {
            boolean over = halted
                    || unreachable.get() != null
                    || stop.getAsBoolean()
                    || clock.instant().isAfter(begunBy);
            return over ? null : waiting.poll();
        }

        private void handle(Courier courier, DueNotices.Marker marker, Parcel parcel) {
            LetterMessage letter = parcel.letter();
            Delivery delivery = letter == null ? parcel.fault() : deliver(courier, marker, parcel, letter);
            if (delivery instanceof Delivery.Unreachable server) {
                if (unreachable.compareAndSet(null, server)) {
                    failures++;
                    LOG.log(Level.WARNING, "The mail server cannot be used: {0}", server.reason());
                }
                holdBack(parcel, server);
                return;
            }
            failures = 0;
            if (!(delivery instanceof Delivery.Delivered)) {
                gate.doInTown(parcel.town().id(), () -> noteFault(parcel.notice(), delivery));
            }
        }

        private Delivery deliver(Courier courier, DueNotices.Marker marker, Parcel parcel, LetterMessage letter) {
            try {
                Delivery delivery = delivered(courier, parcel, letter);
                if (delivery instanceof Delivery.Delivered) {
                    mark(marker, parcel);
                }
                return delivery;
            } finally {
                if (turn.isHeldByCurrentThread()) {
                    turn.unlock();
                }
            }
        }

        private Delivery delivered(Courier courier, Parcel parcel, LetterMessage letter) {
            try {
                return courier.deliver(letter, this::takeTurn);
            } catch (RuntimeException | Error e) {
                waiting.add(parcel);
                throw e;
            }
        }

        private void takeTurn() {
            turn.lock();
            if (halted) {
                throw new IllegalStateException("It may be that a mail left of which nobody knows");
            }
        }

        private void mark(DueNotices.Marker marker, Parcel parcel) {
            int town = parcel.town().id();
            long notice = parcel.notice().id();
            Instant at = clock.instant();
            // Whatever becomes of the mark: this one has left, and is noted so at the end of the handful.
            left.computeIfAbsent(town, any -> new HashMap<>()).put(notice, at);
            try {
                marker.left(town, notice, at);
            } catch (RuntimeException | Error e) {
                // In turn still: who comes next must not end a mail.
                halted = true;
                throw e;
            }
        }

        /** While the next handful is sent: they bear their marks. A helper that is gone already is stood in for. */
        private CompletableFuture<Boolean> noteThoseThatLeft() {
            CompletableFuture<Boolean> noted = aside.ask(this::note);
            return noted.isCompletedExceptionally() ? CompletableFuture.completedFuture(note()) : noted;
        }

        private boolean note() {
            try {
                left.forEach((town, notices) -> gate.doInTown(town, () -> desk.sent(notices)));
                return true;
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "E-mails that left will be noted so when their loan ends", e);
                return false;
            }
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
