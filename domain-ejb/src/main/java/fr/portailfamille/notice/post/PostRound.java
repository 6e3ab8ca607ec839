package fr.portailfamille.notice.post;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.notice.Notices;
import fr.portailfamille.notice.letter.Letters;
import fr.portailfamille.notice.letter.MailModel;
import fr.portailfamille.notice.letter.PortalAddress;
import fr.portailfamille.notice.letter.Wording;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    private TownVaults vaults;

    @Inject
    private Clock clock;

    private final Letters letters = new Letters(PortalAddress.configured());

    /** In a row, of the server as a whole. The only sender of this node is one thread. */
    private volatile int failures;

    /** How it went: whether there may be more at once, and how long the server is to be left alone. */
    record Outcome(boolean more, Duration pause) {}

    Outcome send(Courier courier, BooleanSupplier stop) {
        Instant begun = clock.instant();
        List<DueNotices.Due> lent = due.lend(HANDFUL, begun, begun.plus(LOAN));
        Instant lastStart = begun.plus(LOAN.dividedBy(2));
        Map<Integer, List<Long>> byTown = lent.stream()
                .collect(groupingBy(DueNotices.Due::town, TreeMap::new, mapping(DueNotices.Due::notice, toList())));
        Optional<Delivery.Unreachable> unreachable = Optional.empty();
        for (Map.Entry<Integer, List<Long>> ofTown : byTown.entrySet()) {
            TownProfile town = towns.byId(ofTown.getKey()).orElseThrow();
            for (NoticeDesk.Queued notice : gate.inTown(town.id(), () -> desk.open(ofTown.getValue()))) {
                if (stop.getAsBoolean() || clock.instant().isAfter(lastStart)) {
                    return new Outcome(!stop.getAsBoolean(), Duration.ZERO);
                }
                if (unreachable.isPresent()) {
                    holdBack(town, notice, unreachable.get());
                } else {
                    unreachable = handle(courier, town, notice);
                }
            }
        }
        if (unreachable.isPresent()) {
            return new Outcome(false, RetryPauses.untilServerIsTriedAgain(failures));
        }
        return new Outcome(lent.size() == HANDFUL, Duration.ZERO);
    }

    private Optional<Delivery.Unreachable> handle(Courier courier, TownProfile town, NoticeDesk.Queued notice) {
        Delivery delivery;
        try {
            delivery = courier.deliver(compose(town, notice));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Notice " + notice.id() + " of town " + town.id() + " could not be composed", e);
            delivery = new Delivery.Postponed(Wording.french().say("fault.composition"));
        }
        return note(town, notice, delivery);
    }

    private Letter compose(TownProfile town, NoticeDesk.Queued notice) {
        byte[] model = vaults.of(town.id()).decryptBytes(Notices.place(notice.id()), notice.model());
        String sender = town.senderName() == null || town.senderName().isBlank() ? town.name() : town.senderName();
        return new Letter(
                notice.messageId(),
                sender,
                town.senderAddress(),
                notice.recipient(),
                letters.render(town, notice.template(), MailModel.read(new String(model, StandardCharsets.UTF_8))),
                clock.instant());
    }

    private Optional<Delivery.Unreachable> note(TownProfile town, NoticeDesk.Queued notice, Delivery delivery) {
        if (delivery instanceof Delivery.Unreachable unreachable) {
            failures++;
            LOG.log(Level.WARNING, "The mail server cannot be used: {0}", unreachable.reason());
            holdBack(town, notice, unreachable);
            return Optional.of(unreachable);
        }
        failures = 0;
        gate.doInTown(town.id(), () -> {
            if (delivery instanceof Delivery.Delivered) {
                desk.sent(notice);
            } else if (delivery instanceof Delivery.Refused refused) {
                desk.failed(notice, refused.reason());
            } else if (delivery instanceof Delivery.Postponed postponed) {
                RetryPauses.next(notice.tries() + 1, notice.createdAt(), clock.instant())
                        .ifPresentOrElse(
                                next -> desk.postponed(notice, postponed.reason(), next),
                                () -> desk.failed(notice, postponed.reason()));
            }
        });
        return Optional.empty();
    }

    private void holdBack(TownProfile town, NoticeDesk.Queued notice, Delivery.Unreachable unreachable) {
        Instant next = clock.instant().plus(RetryPauses.untilServerIsTriedAgain(failures));
        gate.doInTown(town.id(), () -> desk.heldBack(notice, unreachable.reason(), next));
    }
}
