package fr.portailfamille.notice.bounce;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.notice.UndeliveredAddresses;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Notes with a town's notices what came back of them. */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class BounceDesk {

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private UndeliveredAddresses undelivered;

    @Inject
    private Clock clock;

    private record Sent(long id, String recipient) {}

    public Verdict note(DeliveryReport report) {
        Optional<Sent> sent = database.read(handle -> handle.createQuery(
                        "select id, recipient from notice where town_id = :town and message_id = :messageId")
                .bind("town", town.id())
                .bind("messageId", report.messageId())
                .map((row, context) -> new Sent(row.getLong("id"), row.getString("recipient")))
                .findOne());
        return sent.map(notice -> report.of(notice.recipient().toLowerCase(Locale.ROOT))
                        .map(fate -> note(notice, fate))
                        .orElse(Verdict.OTHER_RECIPIENT))
                .orElse(Verdict.UNKNOWN_MAIL);
    }

    /** Once for each notice: what else is said about it says nothing new, and may come years later. */
    private Verdict note(Sent notice, DeliveryReport.Fate fate) {
        if (!fate.failed()) {
            return Verdict.NOT_FINAL;
        }
        Instant now = clock.instant();
        String reason = PermanentFault.shown(fate.reason());
        boolean first = database.read(handle -> handle.createUpdate("""
                                update notice set returned_at = :now, returned_reason = :reason
                                 where town_id = :town and id = :id and returned_at is null""")
                        .bind("town", town.id())
                        .bind("id", notice.id())
                        .bind("now", now)
                        .bind("reason", reason)
                        .execute())
                > 0;
        if (!first) {
            return Verdict.KNOWN;
        }
        if (PermanentFault.ofAddress(fate)) {
            undelivered.mark(notice.recipient(), reason, now);
        }
        return Verdict.NOTED;
    }
}
