package fr.portailfamille.notice;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One handful of notices: borrowed, composed, sent, and each noted before the next is begun. */
@ApplicationScoped
class PostRound {

    private static final Logger LOG = System.getLogger(PostRound.class.getName());

    private static final int HANDFUL = 25;

    /** How long notices are borrowed; what is not begun in the first half goes back untouched. */
    private static final Duration LOAN = Duration.ofMinutes(4);

    @Inject
    private DueNotices due;

    @Inject
    private NoticeDesk desk;

    @Inject
    private TownGate gate;

    @Inject
    private TownDirectory towns;

    @Inject
    private Clock clock;

    private final Letters letters = new Letters(PortalAddress.configured());

    private volatile int failures;

    /** How it went: whether there may be more at once, and how long the server is to be left alone. */
    record Outcome(boolean more, Duration pause) {}

    Outcome send(Courier courier, BooleanSupplier stop) {
        Instant begun = clock.instant();
        List<DueNotices.Due> lent = due.lend(HANDFUL, begun, begun.plus(LOAN));
        Instant lastStart = begun.plus(LOAN.dividedBy(2));
        Optional<Delivery.Unreachable> unreachable = Optional.empty();
        for (DueNotices.Due one : lent) {
            if (stop.getAsBoolean() || clock.instant().isAfter(lastStart)) {
                return new Outcome(!stop.getAsBoolean(), Duration.ZERO);
            }
            if (unreachable.isPresent()) {
                holdBack(one, unreachable.get());
            } else {
                unreachable = handle(courier, one);
            }
        }
        if (unreachable.isPresent()) {
            return new Outcome(false, RetryPauses.untilServerIsTriedAgain(failures));
        }
        return new Outcome(lent.size() == HANDFUL, Duration.ZERO);
    }

    private Optional<Delivery.Unreachable> handle(Courier courier, DueNotices.Due one) {
        Optional<NoticeDesk.Queued> queued = gate.inTown(one.town(), () -> desk.open(one.notice()));
        if (queued.isEmpty()) {
            return Optional.empty();
        }
        NoticeDesk.Queued notice = queued.get();
        Delivery delivery;
        try {
            delivery = courier.deliver(compose(one.town(), notice));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Notice " + notice.id() + " of town " + one.town() + " could not be composed", e);
            delivery = new Delivery.Postponed(Wording.french().say("fault.composition"));
        }
        return note(one.town(), notice, delivery);
    }

    private Letter compose(int townId, NoticeDesk.Queued notice) {
        TownProfile town = towns.byId(townId).orElseThrow();
        String sender = town.senderName() == null || town.senderName().isBlank() ? town.name() : town.senderName();
        return new Letter(
                notice.messageId(),
                sender,
                town.senderAddress(),
                notice.recipient(),
                letters.render(town, notice.template(), notice.model()),
                clock.instant());
    }

    private Optional<Delivery.Unreachable> note(int town, NoticeDesk.Queued notice, Delivery delivery) {
        if (delivery instanceof Delivery.Unreachable unreachable) {
            failures++;
            LOG.log(Level.WARNING, "The mail server cannot be used: {0}", unreachable.reason());
            holdBack(town, notice, unreachable);
            return Optional.of(unreachable);
        }
        failures = 0;
        gate.doInTown(town, () -> {
            if (delivery instanceof Delivery.Delivered) {
                desk.sent(notice);
            } else if (delivery instanceof Delivery.Refused refused) {
                desk.failed(notice, refused.reason());
            } else if (delivery instanceof Delivery.Postponed postponed) {
                Instant now = clock.instant();
                RetryPauses.next(notice.tries() + 1, notice.createdAt(), now)
                        .ifPresentOrElse(
                                next -> desk.postponed(notice, postponed.reason(), next),
                                () -> desk.failed(notice, postponed.reason()));
            }
        });
        return Optional.empty();
    }

    private void holdBack(DueNotices.Due one, Delivery.Unreachable unreachable) {
        gate.inTown(one.town(), () -> desk.open(one.notice()))
                .ifPresent(notice -> holdBack(one.town(), notice, unreachable));
    }

    private void holdBack(int town, NoticeDesk.Queued notice, Delivery.Unreachable unreachable) {
        Instant next = clock.instant().plus(RetryPauses.untilServerIsTriedAgain(failures));
        gate.doInTown(town, () -> desk.heldBack(notice, unreachable.reason(), next));
    }
}
