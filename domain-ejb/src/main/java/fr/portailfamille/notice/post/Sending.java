package fr.portailfamille.notice.post;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One handful on its way, over as many lines to the mail server as it is worth. Mails are said side by side up to their
 * ends, and these come in turn: a mail ends when it is noted that the one before it left.
 */
final class Sending {

    /** Another line is opened for so many mails more. */
    private static final int WORTH_A_LINE = 10;

    /** What becomes of the mails. Called from each line. */
    interface Ledger {

        /** Does work in which mails leave; each must be marked before the next one ends. */
        void marking(Consumer<DueNotices.Marker> work);

        /** The server answered otherwise than by taking it, or it could not be composed. */
        void notTaken(Parcel parcel, Delivery answer);

        /** They were not tried, and can be by whoever comes first. */
        void giveBack(Collection<Parcel> parcels);
    }

    private final List<Courier> couriers;
    private final Aside aside;
    private final BooleanSupplier stop;
    private final Clock clock;
    private final Ledger ledger;
    private final Instant begunBy;
    private final Queue<Parcel> waiting;

    /** Held from the end of a mail until it is noted that it left: of two such mails a crash would repeat both. */
    private final ReentrantLock turn = new ReentrantLock(true);

    /** Of those that left, by town; written in turn. */
    private final Map<Integer, Map<Long, Instant>> left = new HashMap<>();

    /** Lines that the server did not refuse. */
    private final AtomicInteger serving;

    private final Set<Courier> refused = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Delivery.Unreachable> unreachable = new AtomicReference<>();

    /** What ended all lines. */
    private final AtomicReference<Throwable> fault = new AtomicReference<>();

    /** @param couriers as many as there may be lines at a time */
    Sending(
            List<Courier> couriers,
            Aside aside,
            BooleanSupplier stop,
            Clock clock,
            Ledger ledger,
            Packing.Handful handful) {
        int worth = 1 + handful.parcels().size() / WORTH_A_LINE;
        this.couriers = couriers.subList(0, Math.min(couriers.size(), worth));
        this.aside = aside;
        this.stop = stop;
        this.clock = clock;
        this.ledger = ledger;
        begunBy = handful.begunBy();
        waiting = new ConcurrentLinkedQueue<>(handful.parcels());
        serving = new AtomicInteger(this.couriers.size());
    }

    /**
     * Sends them. What is not begun in time, or not at all because of a fault, is given back; nothing is under way when
     * this ends, however it ends.
     */
    void send() {
        if (waiting.isEmpty()) {
            return;
        }
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
            others.forEach(PostRound::awaited);
            if (fault.get() != null || unreachable.get() == null) {
                List<Parcel> rest = List.copyOf(waiting);
                waiting.clear();
                ledger.giveBack(rest);
            }
        }
        others.forEach(PostRound::joined);
    }

    /** Why the server cannot be used at present, over any line; empty where it did its work. */
    Optional<Delivery.Unreachable> unreachable() {
        return Optional.ofNullable(unreachable.get());
    }

    /** What was not sent because the server cannot be used. */
    Collection<Parcel> untried() {
        return List.copyOf(waiting);
    }

    /** Lines that the server did not want beside the others. */
    Set<Courier> refused() {
        return new HashSet<>(refused);
    }

    /** When which notices left, by town. */
    Map<Integer, Map<Long, Instant>> left() {
        return left;
    }

    private void send(Courier courier) {
        try {
            ledger.marking(marker -> {
                boolean serves = true;
                for (Parcel parcel = next(); serves && parcel != null; parcel = serves ? next() : null) {
                    serves = handle(courier, marker, parcel);
                }
            });
        } catch (RuntimeException | Error e) {
            fault.compareAndSet(null, e);
            throw e;
        }
    }

    private @Nullable Parcel next() {
        boolean over = fault.get() != null
                || unreachable.get() != null
                || stop.getAsBoolean()
                || clock.instant().isAfter(begunBy);
        return over ? null : waiting.poll();
    }

    /** False where this line is of no use. */
    private boolean handle(Courier courier, DueNotices.Marker marker, Parcel parcel) {
        LetterMessage letter = parcel.letter();
        Delivery answer = letter == null ? parcel.fault() : deliver(courier, marker, parcel, letter);
        if (answer instanceof Delivery.Unreachable server) {
            waiting.add(parcel);
            if (serving.decrementAndGet() == 0) {
                unreachable.set(server);
            } else {
                // Many a server takes a few connections of each client: those that stand go on.
                refused.add(courier);
            }
            return false;
        }
        if (answer != null && !(answer instanceof Delivery.Delivered)) {
            ledger.notTaken(parcel, answer);
        }
        return true;
    }

    private Delivery deliver(Courier courier, DueNotices.Marker marker, Parcel parcel, LetterMessage letter) {
        try {
            Delivery answer = said(courier, parcel, letter);
            if (answer instanceof Delivery.Delivered) {
                mark(marker, parcel);
            }
            return answer;
        } finally {
            if (turn.isHeldByCurrentThread()) {
                turn.unlock();
            }
        }
    }

    private Delivery said(Courier courier, Parcel parcel, LetterMessage letter) {
        try {
            return courier.deliver(letter, this::takeTurn);
        } catch (RuntimeException | Error e) {
            // In turn still, where it ended already: who comes next must not end a mail.
            fault.compareAndSet(null, e);
            waiting.add(parcel);
            throw e;
        }
    }

    private void takeTurn() {
        turn.lock();
        if (fault.get() != null) {
            throw new IllegalStateException("It may be that a mail left of which nobody knows", fault.get());
        }
    }

    private void mark(DueNotices.Marker marker, Parcel parcel) {
        int town = parcel.due().town();
        long notice = parcel.due().notice();
        Instant at = clock.instant();
        // Whatever becomes of the mark: this one has left, and is noted so at the end of the handful.
        left.computeIfAbsent(town, any -> new HashMap<>()).put(notice, at);
        try {
            marker.left(town, notice, at);
        } catch (RuntimeException | Error e) {
            fault.compareAndSet(null, e);
            throw e;
        }
    }
}
