package fr.portailfamille.notice.bounce;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.notice.letter.PortalAddress;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Takes mails that came in for the address that the portal's mails come back to. */
@ApplicationScoped
public class Bounces {

    /** A mail of the portal, with a logo, sent back whole by a server that adds to it. */
    public static final int LARGEST = 1024 * 1024;

    private static final Logger LOG = System.getLogger(Bounces.class.getName());

    @Inject
    private TownGate gate;

    @Inject
    private TownDirectory towns;

    @Inject
    private BounceDesk desk;

    private final ReportReader reader = new ReportReader();

    /**
     * Takes one mail. Its content decides on the answer and never ends in an exception; the database's absence does, and
     * the mail is to be handed in again.
     *
     * @throws IOException of the stream
     */
    public Verdict take(InputStream mail) throws IOException {
        byte[] content = mail.readNBytes(LARGEST + 1);
        return content.length > LARGEST ? Verdict.TOO_LARGE : take(content);
    }

    private Verdict take(byte[] mail) {
        Optional<DeliveryReport> report;
        try {
            report = reader.read(mail);
        } catch (MessagingException | IOException e) {
            // Without its message, which may quote the mail.
            LOG.log(
                    Level.DEBUG,
                    "A mail that came in cannot be read: {0}",
                    e.getClass().getName());
            return Verdict.UNREADABLE;
        }
        return report.map(this::note).orElse(Verdict.NO_REPORT);
    }

    private Verdict note(DeliveryReport report) {
        return PortalAddress.townOf(report.messageId())
                .flatMap(towns::byId)
                .map(TownProfile::id)
                .map(town -> gate.inTown(town, () -> desk.note(report)))
                .orElse(Verdict.UNKNOWN_MAIL);
    }
}
