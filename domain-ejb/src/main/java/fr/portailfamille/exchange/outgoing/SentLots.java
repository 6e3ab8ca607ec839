package fr.portailfamille.exchange.outgoing;

import fr.portailfamille.common.ChangeLog;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.town.TownDirectory;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;

/** Lots of requests that went out, for agents: how far each came, and the lot itself once more. */
@Stateless
@RolesAllowed("MENU_ETAT_DES_TRAITEMENTS")
public class SentLots {

    @Inject
    private DispatchQueue queue;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private ChangeLog changes;

    @Resource
    private SessionContext context;

    /** The lot that a line of « État des traitements » tells of; empty for every other line. */
    public Optional<SentLot> ofRun(long run) {
        return queue.sentBy(run, towns.byId(town.id()).orElseThrow().code());
    }

    /**
     * The same, to be written to the agent who asks: lots hold what families entered, so it is kept who took one. Neither
     * the line of requests nor what the business application acknowledged changes.
     */
    public Optional<SentLot> take(long run) {
        Optional<SentLot> sent = ofRun(run);
        sent.ifPresent(lot -> changes.changed(
                context.getCallerPrincipal().getName(),
                "outgoing_lot",
                lot.lot().sequence(),
                "taken",
                null,
                lot.lot().lotId()));
        return sent;
    }
}
