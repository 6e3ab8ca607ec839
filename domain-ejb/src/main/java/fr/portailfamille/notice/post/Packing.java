package fr.portailfamille.notice.post;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.notice.Notices;
import fr.portailfamille.notice.TownLogos;
import fr.portailfamille.notice.letter.Letters;
import fr.portailfamille.notice.letter.MailLogo;
import fr.portailfamille.notice.letter.MailModel;
import fr.portailfamille.notice.letter.PortalAddress;
import fr.portailfamille.notice.letter.Wording;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Borrows a handful of notices and makes them ready: opened, composed, encoded. */
@ApplicationScoped
class Packing {

    private static final Logger LOG = System.getLogger(Packing.class.getName());

    private static final int HANDFUL = 100;

    /** How long notices are borrowed; what is not begun in the first half is given back untouched. */
    private static final Duration LOAN = Duration.ofMinutes(4);

    /** Names this server among those that send; the same after a restart. */
    static final String SENDER = System.getenv().getOrDefault("PORTAIL_NODE", "portail-1");

    @Inject
    private DueNotices due;

    @Inject
    private NoticeDesk desk;

    @Inject
    private TownLogos logos;

    @Inject
    private TownGate gate;

    @Inject
    private TownDirectory towns;

    @Inject
    private TownVaults vaults;

    @Inject
    private Clock clock;

    @Resource(lookup = "java:jboss/mail/Portal")
    private Session session;

    private final Letters letters = new Letters(PortalAddress.configured());

    /**
     * What was borrowed together.
     *
     * @param full whether there may be more to borrow
     * @param begunBy when the last of them must have been begun
     */
    record Handful(List<Parcel> parcels, boolean full, Instant begunBy) {
        static final Handful EMPTY = new Handful(List.of(), false, Instant.EPOCH);
    }

    /** Notices that had left already are noted on the way; a fault gives back what was borrowed. */
    Handful pack() {
        Instant now = clock.instant();
        List<DueNotices.Due> lent = due.lend(SENDER, HANDFUL, now, now.plus(LOAN));
        try {
            List<Parcel> parcels = new ArrayList<>();
            noteThoseThatLeft(lent).forEach((town, notices) -> parcels.addAll(packed(town, notices)));
            return new Handful(parcels, lent.size() == HANDFUL, now.plus(LOAN.dividedBy(2)));
        } catch (RuntimeException e) {
            giveBack(lent);
            throw e;
        }
    }

    /** Nothing of a town that something is wrong with, which must not hold up the others. */
    private List<Parcel> packed(int town, List<Long> notices) {
        try {
            TownProfile profile = towns.byId(town).orElseThrow();
            List<NoticeDesk.Queued> open = gate.inTown(town, () -> desk.open(notices));
            MailLogo logo =
                    open.isEmpty() ? null : gate.inTown(town, logos::logo).orElse(null);
            return open.stream().map(notice -> packed(profile, notice, logo)).toList();
        } catch (RuntimeException e) {
            // They keep their loan: given back they would be first in line again, for the same fault.
            LOG.log(
                    Level.WARNING,
                    "E-mails of town " + town + " could not be packed and wait for their loan to end",
                    e);
            return List.of();
        }
    }

    private Map<Integer, List<Long>> noteThoseThatLeft(List<DueNotices.Due> lent) {
        Map<Integer, Map<Long, Instant>> left = new TreeMap<>();
        for (DueNotices.Due each : lent) {
            Instant done = each.doneAt();
            if (done != null) {
                left.computeIfAbsent(each.town(), town -> new HashMap<>()).put(each.notice(), done);
            }
        }
        left.forEach((town, notices) -> gate.doInTown(town, () -> desk.sent(notices)));
        return lent.stream()
                .filter(each -> each.doneAt() == null)
                .collect(groupingBy(DueNotices.Due::town, TreeMap::new, mapping(DueNotices.Due::notice, toList())));
    }

    void giveBack(List<DueNotices.Due> lent) {
        due.giveBack(SENDER, lent, clock.instant());
    }

    private Parcel packed(TownProfile town, NoticeDesk.Queued notice, @Nullable MailLogo logo) {
        try {
            return new Parcel(town, notice, LetterMessage.of(session, letter(town, notice, logo)), null);
        } catch (MessagingException e) {
            return new Parcel(town, notice, null, new Delivery.Refused(SmtpCourier.reason(e), false));
        } catch (RuntimeException e) {
            // Whatever is wrong with one letter must not hold up the others.
            LOG.log(Level.ERROR, "Notice " + notice.id() + " of town " + town.id() + " could not be composed", e);
            return new Parcel(
                    town, notice, null, new Delivery.Postponed(Wording.french().say("fault.composition")));
        }
    }

    private Letter letter(TownProfile town, NoticeDesk.Queued notice, @Nullable MailLogo logo) {
        byte[] model = vaults.of(town.id()).decryptBytes(Notices.place(notice.id()), notice.model());
        String sender = town.senderName() == null || town.senderName().isBlank() ? town.name() : town.senderName();
        return new Letter(
                notice.messageId(),
                sender,
                town.senderAddress(),
                notice.recipient(),
                letters.render(
                        town, notice.template(), MailModel.read(new String(model, StandardCharsets.UTF_8)), logo),
                clock.instant(),
                logo);
    }
}
