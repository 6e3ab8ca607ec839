package fr.portailfamille.notice.sms;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.notice.post.RetryPauses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Hands over what is due, one after the other. */
@ApplicationScoped
class SmsRound {

    private static final Logger LOG = System.getLogger(SmsRound.class.getName());

    private static final int HANDFUL = 20;

    /** Longer than a handful of answers that each come at the last moment. */
    private static final Duration LOAN = Duration.ofMinutes(8);

    @Inject
    private DueMessages due;

    @Inject
    private SmsDesk desk;

    @Inject
    private TownGate gate;

    @Inject
    private Clock clock;

    /** In a row, of the gateway as a whole. */
    private volatile int failures;

    /**
     * Sends until nothing is due.
     *
     * @return how long the gateway is to be left alone; zero when it did its work
     */
    Duration send(SmsGateway gateway, BooleanSupplier stop) {
        List<DueMessages.Due> lent;
        do {
            Instant now = clock.instant();
            lent = due.lend(HANDFUL, now, now.plus(LOAN));
            boolean usable = true;
            for (DueMessages.Due each : lent) {
                usable = usable && !stop.getAsBoolean();
                boolean tried = usable;
                usable = gate.inTown(each.town(), () -> tried ? hand(gateway, each) : giveBack(each));
            }
            if (!usable) {
                return stop.getAsBoolean() ? Duration.ZERO : RetryPauses.untilServerIsTriedAgain(failures);
            }
        } while (lent.size() == HANDFUL);
        return Duration.ZERO;
    }

    /** False when the gateway cannot be used. */
    private boolean hand(SmsGateway gateway, DueMessages.Due each) {
        return desk.open(each.message())
                .map(message -> noted(message, gateway.hand(message.sms())))
                .orElse(true);
    }

    private boolean noted(SmsDesk.Queued message, Handover handover) {
        Instant now = clock.instant();
        if (handover instanceof Handover.Unusable unusable) {
            failures++;
            LOG.log(Level.WARNING, "The SMS gateway cannot be used: {0}", unusable.reason());
            desk.waits(message, unusable.reason(), now.plus(RetryPauses.untilServerIsTriedAgain(failures)), 0);
            return false;
        }
        failures = 0;
        if (handover instanceof Handover.Refused refused) {
            desk.failed(message, refused.reason());
        } else if (handover instanceof Handover.Postponed postponed) {
            RetryPauses.next(message.tries() + 1, message.createdAt(), now)
                    .ifPresentOrElse(
                            next -> desk.waits(message, postponed.reason(), next, 1),
                            () -> desk.failed(message, postponed.reason()));
        } else {
            desk.sent(message, now);
        }
        return true;
    }

    /** What was not begun is due again as soon as the gateway is. */
    private boolean giveBack(DueMessages.Due each) {
        Instant next = clock.instant().plus(RetryPauses.untilServerIsTriedAgain(Math.max(failures, 1)));
        desk.open(each.message()).ifPresent(message -> desk.waits(message, message.reason(), next, 0));
        return false;
    }
}
