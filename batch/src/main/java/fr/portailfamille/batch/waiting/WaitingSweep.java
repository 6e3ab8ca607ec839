package fr.portailfamille.batch.waiting;

import fr.portailfamille.booking.WaitingDays;
import fr.portailfamille.booking.WaitingDays.Lent;
import fr.portailfamille.booking.WaitingDesk;
import fr.portailfamille.common.TownGate;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Serves those who wait on the days that are due. A day that fails keeps neither the others nor the schedule. */
@ApplicationScoped
public class WaitingSweep {

    private static final Logger LOG = System.getLogger(WaitingSweep.class.getName());

    private static final int HANDFUL = 20;

    private static final Duration AFTER_FAULT = Duration.ofSeconds(10);

    /** Of one day in a row; others want their turn too. */
    private static final int MOST_ROUNDS = 20;

    @Inject
    private WaitingDays days;

    @EJB
    private TownGate gate;

    @EJB
    private WaitingDesk desk;

    @Inject
    private Clock clock;

    void look() {
        List<Lent> lent;
        do {
            Instant now = clock.instant();
            lent = days.lend(HANDFUL, now, now.plus(WaitingDays.LOAN));
            lent.forEach(this::serve);
        } while (lent.size() == HANDFUL);
    }

    private void serve(Lent lent) {
        try {
            days.giveBack(lent, gate.inTown(lent.town(), () -> served(lent)));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Who waits on " + lent.day() + " in town " + lent.town() + " is served later", e);
            days.giveBack(lent, Optional.of(clock.instant().plus(AFTER_FAULT)));
        }
    }

    private Optional<Instant> served(Lent lent) {
        WaitingDesk.Look look = desk.serve(lent.day());
        for (int round = 1; look.moved() > 0 && round < MOST_ROUNDS; round++) {
            look = desk.serve(lent.day());
        }
        return look.next();
    }
}
