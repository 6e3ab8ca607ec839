package fr.portailfamille.notice;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.ChangeLog;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.notice.letter.Letters;
import fr.portailfamille.notice.letter.MailModel;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.notice.letter.PortalAddress;
import fr.portailfamille.notice.letter.RenderedMail;
import fr.portailfamille.notice.letter.SampleModels;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** « Notifications »: what agents set, try out and look after. */
@Stateless
@RolesAllowed("MENU_NOTIFICATIONS")
public class NotificationDesk {

    @Resource
    private SessionContext context;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private Database database;

    @Inject
    private NoticeSettings settings;

    @Inject
    private UndeliveredAddresses undelivered;

    @Inject
    private Outbox outbox;

    @Inject
    private ChangeLog changes;

    @Inject
    private Clock clock;

    private final Letters letters = new Letters(PortalAddress.configured());

    public NotificationSettings settings() {
        int version = version();
        TownProfile profile = profile();
        return new NotificationSettings(
                Objects.requireNonNullElse(profile.receiptText(), ""),
                Objects.requireNonNullElse(profile.outcomeText(), ""),
                profile.digestHours().isEmpty() ? List.of(LocalTime.NOON) : profile.digestHours(),
                settings.legal(),
                version);
    }

    private int version() {
        return database.read(handle -> handle.createQuery("select version from town where id = :town")
                .bind("town", town.id())
                .mapTo(Integer.class)
                .one());
    }

    /**
     * Digests that are under way keep their hour; the next window ends at the next of the new hours.
     *
     * @return false, and nothing is changed, where somebody else saved after the version that was looked at
     */
    public boolean save(NotificationSettings wanted) {
        NotificationSettings before = settings();
        int changed = database.read(handle -> handle.createUpdate("""
                        update town set receipt_text = :receipt, outcome_text = :outcome, digest_hours = cast(:hours as time[]),
                                        version = version + 1
                         where id = :town and version = :version""")
                .bind("receipt", emptyToNull(wanted.receiptText()))
                .bind("outcome", emptyToNull(wanted.outcomeText()))
                .bindArray(
                        "hours",
                        String.class,
                        wanted.digestHours().stream().map(LocalTime::toString).toList())
                .bind("town", town.id())
                .bind("version", wanted.version())
                .execute());
        if (changed == 0) {
            return false;
        }
        settings.setLegal(wanted.legal());
        changed("receipt_text", before.receiptText(), wanted.receiptText());
        changed("outcome_text", before.outcomeText(), wanted.outcomeText());
        changed("digest_hours", before.digestHours(), wanted.digestHours());
        changed("legal", before.legal(), wanted.legal());
        return true;
    }

    private void changed(String field, Object before, Object after) {
        changes.changed(context.getCallerPrincipal().getName(), "notice_settings", town.id(), field, before, after);
    }

    /** How a mail would read with this text of the town; the sentences around it are fixed. */
    public RenderedMail preview(MailTemplate template, String text, LegalMentions legal) {
        return letters.render(profile(), template, MailModel.read(MailModel.write(sample(template, text, legal))));
    }

    /**
     * Sends the agent such a mail.
     *
     * @return where to
     */
    public String sendTest(MailTemplate template, String text, LegalMentions legal) {
        String address = ownAddress();
        outbox.send(new Posting(template, address, sample(template, text, legal), null, null));
        return address;
    }

    private Map<String, Object> sample(MailTemplate template, String text, LegalMentions legal) {
        Map<String, Object> model =
                SampleModels.of(template, clock.instant().atZone(profile().zone()));
        model.put("variable", text);
        model.put("legal", legal.model(clock.instant().atZone(profile().zone()).toLocalDate()));
        return model;
    }

    private String ownAddress() {
        return Caller.of(context.getCallerPrincipal())
                .filter(caller -> caller.kind() == Caller.Kind.AGENT)
                .flatMap(caller -> database.read(
                        handle -> handle.createQuery("select email from agent where town_id = :town and id = :id")
                                .bind("town", town.id())
                                .bind("id", caller.id())
                                .mapTo(String.class)
                                .findOne()))
                .orElseThrow();
    }

    /** The latest first, a hundred at most. */
    public List<UndeliveredRow> undelivered() {
        return database.read(handle -> handle.createQuery("""
                        select u.address_key, coalesce(a.last_name || ' ' || a.first_name, '') as holder, u.reason,
                               u.since, u.last_at, u.times
                          from undelivered_address u
                          left join citizen_account a on a.town_id = :town and a.email_key = u.address_key
                         where u.town_id = :town
                         order by u.last_at desc, u.address_key limit 100""")
                .bind("town", town.id())
                .map((row, context) -> new UndeliveredRow(
                        row.getString("address_key"),
                        row.getString("holder"),
                        row.getString("reason"),
                        row.getTimestamp("since").toInstant(),
                        row.getTimestamp("last_at").toInstant(),
                        row.getInt("times")))
                .list());
    }

    /** Takes the mark away: whoever holds the address says that it works. */
    public void works(String address) {
        if (undelivered.clear(address)) {
            changes.changed(
                    context.getCallerPrincipal().getName(), "undelivered_address", town.id(), "cleared", null, address);
        }
    }

    private TownProfile profile() {
        return towns.byId(town.id()).orElseThrow();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
