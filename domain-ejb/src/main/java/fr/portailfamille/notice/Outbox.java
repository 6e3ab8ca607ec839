package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.notice.letter.MailModel;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.notice.letter.PortalAddress;
import fr.portailfamille.notice.letter.Wording;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Where e-mails are posted. A notice is a row written in the running transaction of a town: it leaves when, and only
 * when, that transaction commits, and then it leaves for certain, or ends as failed with a reason that agents read.
 */
@ApplicationScoped
public class Outbox {

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private TownVaults vaults;

    @Inject
    private Wishes wishes;

    @Inject
    private TextMessages textMessages;

    @Inject
    private Clock clock;

    @Inject
    private Event<NoticeQueued> queued;

    /**
     * Posts an e-mail that concerns no request and no account in particular.
     *
     * @param to one plain address; one that no mail could reach fails at once, with a reason, and sends nothing
     * @param model what the template asks for; links in it are absolute and built from configuration
     * @return the number of the notice
     */
    public long queue(MailTemplate template, String to, Map<String, Object> model) {
        return queue(List.of(new Posting(template, to, model, null, null))).get(0);
    }

    /** Posts one that somebody asked for, whatever else its addressee wishes. */
    long send(Posting posting) {
        return queue(List.of(posting), Set.of()).get(0);
    }

    /** Posts several at once, in a round trip or two. The numbers come back in the same order. */
    public List<Long> queue(List<Posting> postings) {
        return queue(
                postings,
                wishes.declining(postings.stream()
                        .filter(posting -> posting.template().wished())
                        .map(Posting::accountId)
                        .filter(Objects::nonNull)
                        .toList()));
    }

    private List<Long> queue(List<Posting> postings, Set<Long> declining) {
        if (postings.isEmpty()) {
            return List.of();
        }
        List<Long> ids =
                database.read(handle -> handle.createQuery("select nextval('notice_seq') from generate_series(1, :n)")
                        .bind("n", postings.size())
                        .mapTo(Long.class)
                        .list());
        Instant now = clock.instant();
        database.write(handle -> {
            PreparedBatch notices = handle.prepareBatch("""
                    insert into notice (town_id, id, template, recipient, subject, model_enc, message_id, state,
                                        next_attempt_at, last_error, created_at, request_id, account_id, repeats)
                    values (:town, :id, :template, :recipient, :subject, :model, :messageId, :state,
                            :next, :error, :now, :request, :account, :repeats)""");
            PreparedBatch due = handle.prepareBatch(
                    "insert into work_due (kind, town_id, item_id, due_at) values ('NOTICE', :town, :id, :now)");
            for (int i = 0; i < postings.size(); i++) {
                Posting posting = postings.get(i);
                Long account = posting.accountId();
                boolean declined = posting.template().wished() && account != null && declining.contains(account);
                add(notices, due, ids.get(i), posting, declined, now);
            }
            notices.execute();
            if (due.size() > 0) {
                due.execute();
            }
        });
        textMessages.queue(postings, ids, now);
        queued.fire(new NoticeQueued());
        return ids;
    }

    private void add(
            PreparedBatch notices, PreparedBatch due, long id, Posting posting, boolean declined, Instant now) {
        Optional<String> fault =
                declined ? Optional.of(Wording.french().say("fault.declined")) : MailAddress.fault(posting.to());
        boolean sendable = fault.isEmpty();
        // One that does not leave is kept all the same, to be sent when the address has been corrected.
        byte[] model = sendable || !posting.template().secret()
                ? vaults.of(town.id()).encrypt(Notices.place(id), MailModel.write(posting.model()))
                : null;
        NoticeState state = sendable ? NoticeState.QUEUED : declined ? NoticeState.DECLINED : NoticeState.FAILED;
        notices.bind("town", town.id())
                .bind("id", id)
                .bind("template", posting.template().name())
                .bind("recipient", MailAddress.shown(posting.to()))
                .bind("subject", Wording.french().say(posting.template().key() + ".subject"))
                .bind("model", model)
                .bind("messageId", PortalAddress.messageId(town.id()))
                .bind("state", state.name())
                .bind("next", sendable ? now : null)
                .bind("error", fault.orElse(null))
                .bind("now", now)
                .bind("request", posting.requestId())
                .bind("account", posting.accountId())
                .bind("repeats", posting.repeats())
                .add();
        if (sendable) {
            due.bind("town", town.id()).bind("id", id).bind("now", now).add();
        }
    }
}
