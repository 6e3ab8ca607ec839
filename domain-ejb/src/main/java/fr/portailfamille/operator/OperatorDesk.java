package fr.portailfamille.operator;

import fr.portailfamille.agent.FirstAdministrator;
import fr.portailfamille.common.Email;
import fr.portailfamille.common.TownGate;
import fr.portailfamille.exchange.ExchangeKeys;
import fr.portailfamille.exchange.TownPartition;
import fr.portailfamille.notice.digest.DigestDesk;
import fr.portailfamille.notice.digest.DigestResult;
import fr.portailfamille.town.TownCode;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownOpening;
import fr.portailfamille.town.TownProfile;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.time.Instant;
import java.util.Optional;

/**
 * The operator's acts. Stands outside the walls and holds no transaction: what is done for a town is done behind the gate
 * of that town.
 */
@Stateless
@RolesAllowed("OPERATOR")
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OperatorDesk {

    /** Each waits for half a second. */
    private static final int TRIES = 10;

    @Inject
    private TownDirectory towns;

    @Inject
    private TownOpening opening;

    @Inject
    private TownGate gate;

    @Inject
    private FirstAdministrator administrators;

    @Inject
    private DigestDesk digests;

    @Inject
    private ExchangeKeys keys;

    @Inject
    private TownPartition partition;

    /**
     * Opens the town and invites its first administrator by e-mail. Done again for an open town it changes nothing but
     * invites whom it names, so that a call that was cut off can be repeated.
     *
     * @return whether the town is new
     */
    public boolean openTown(TownCode code, String name, Email administrator) {
        boolean isNew = towns.byCode(code.value()).isEmpty();
        int town = opening.open(code, name);
        gate.doInTown(town, () -> administrators.invite(administrator));
        return isNew;
    }

    /** Makes an exchange key and gives it back in clear, this once; empty where there is no such town. */
    public Optional<String> newKey(String townCode, String name) {
        return towns.byCode(townCode).map(TownProfile::id).map(town -> gate.inTown(town, () -> keys.create(name)));
    }

    /** Gives the town's bookings a partition of their own; empty where there is no such town. */
    public Optional<TownPartition.Moved> partition(String townCode) {
        return towns.byCode(townCode).map(TownProfile::id).map(partition::move);
    }

    /**
     * Tells families at once of everything that no digest told; empty where there is no such town.
     *
     * @throws TownBusyException where somebody goes on recording decisions, a lot of them perhaps
     */
    public Optional<DigestResult> sendDigest(String townCode) {
        return towns.byCode(townCode).map(TownProfile::id).map(town -> gate.inTown(town, this::closeAndTell));
    }

    private DigestResult closeAndTell() {
        Instant end = closed();
        int accounts = 0;
        int decisions = 0;
        int changes = 0;
        // Those too that were closed before, and whoever was to tell them did not.
        for (Instant untold : digests.untold()) {
            DigestResult told = digests.tell(untold);
            accounts += told.accounts();
            decisions += told.decisions();
            changes += told.changes();
        }
        return new DigestResult(end, accounts, decisions, changes);
    }

    private Instant closed() {
        for (int i = 0; i < TRIES; i++) {
            Optional<Instant> end = digests.closeNow();
            if (end.isPresent()) {
                return end.get();
            }
        }
        throw new TownBusyException("Decisions are being recorded; try again when they are.");
    }
}
