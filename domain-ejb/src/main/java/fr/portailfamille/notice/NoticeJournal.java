package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.notice.letter.MailModel;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.request.RequestRef;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request's family was told by e-mail, for agents who look into the request; each can be sent again. */
@Stateless
@RolesAllowed("MENU_DEMANDES")
public class NoticeJournal {

    /** Within it a notice is not sent again once more: whoever asks twice so soon has clicked twice, or did not wait. */
    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    /** Its own, the digests that tell of one of its lines, and what was sent again of both. */
    private static final String OF_REQUEST = """
            with asked as materialized (
                select r.id from request r where r.town_id = :town and r.ref = :ref
            ), own as materialized (
                select n.id from notice n where n.town_id = :town and n.request_id = (select id from asked)
                 union
                select t.notice_id from decision_told t
                 where t.town_id = :town and t.request_id = (select id from asked)
            ), told as materialized (
                select id from own
                 union
                select n.id from own join notice n on n.town_id = :town and n.repeats = own.id
            )
            """;

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private TownVaults vaults;

    @Inject
    private Outbox outbox;

    @Inject
    private Clock clock;

    /** In the order in which they were written, so that a new one moves none of the others. */
    public List<NoticeRow> ofRequest(RequestRef ref) {
        return database.read(handle -> handle.createQuery(OF_REQUEST + """
                        select n.id, n.subject, n.recipient, coalesce(n.sent_at, n.created_at) as at, n.attempts,
                               case when n.returned_at is null then n.state else 'RETURNED' end as state,
                               n.next_attempt_at, coalesce(n.returned_reason, n.last_error) as last_error,
                               n.repeats is not null as repeated,
                               n.model_enc is not null and n.state <> 'QUEUED' as repeatable
                          from told
                          join notice n on n.town_id = :town and n.id = told.id
                         order by n.id""")
                .bind("town", town.id())
                .bind("ref", ref.value())
                .map((row, context) -> row(row))
                .list());
    }

    private static NoticeRow row(ResultSet row) throws SQLException {
        return new NoticeRow(
                row.getLong("id"),
                row.getString("subject"),
                row.getString("recipient"),
                row.getTimestamp("at").toInstant(),
                NoticeState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                instant(row.getTimestamp("next_attempt_at")),
                row.getString("last_error"),
                row.getBoolean("repeated"),
                row.getBoolean("repeatable"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private record Kept(
            MailTemplate template,
            byte[] model,
            @Nullable Long request,
            @Nullable Long account,
            long root,
            String to) {}

    /**
     * Sends a notice of the request again, to the address that the account has by now, whatever the family wishes: an
     * agent does so because somebody asks for it.
     *
     * @return whom it goes to; empty where there is nothing to send again, or it is under way or was sent again just now
     */
    public Optional<String> sendAgain(RequestRef ref, long notice) {
        lockRoot(notice);
        return kept(ref, notice).map(kept -> {
            byte[] model = vaults.of(town.id()).decryptBytes(Notices.place(notice), kept.model());
            outbox.send(new Posting(
                    kept.template(),
                    kept.to(),
                    MailModel.read(new String(model, StandardCharsets.UTF_8)),
                    kept.request(),
                    kept.account(),
                    null,
                    kept.root()));
            return kept.to();
        });
    }

    /** Of two agents who send the same at the same time, the second sees what the first did. */
    private void lockRoot(long notice) {
        database.read(handle -> handle.createQuery("""
                        select root.id from notice root
                         where root.town_id = :town
                           and root.id = (select coalesce(n.repeats, n.id) from notice n
                                           where n.town_id = :town and n.id = :notice)
                           for update""")
                .bind("town", town.id())
                .bind("notice", notice)
                .mapTo(Long.class)
                .findOne());
    }

    private Optional<Kept> kept(RequestRef ref, long notice) {
        return database.read(handle -> handle.createQuery(OF_REQUEST + """
                        select n.template, n.model_enc, n.request_id, n.account_id, coalesce(n.repeats, n.id) as root,
                               coalesce((select a.email from citizen_account a
                                          where a.town_id = :town and a.id = n.account_id), n.recipient) as recipient
                          from told
                          join notice n on n.town_id = :town and n.id = told.id
                         where n.id = :notice and n.model_enc is not null and n.state <> 'QUEUED'
                           and not exists (select from notice again
                                            where again.town_id = :town
                                              and again.repeats = coalesce(n.repeats, n.id)
                                              and (again.state = 'QUEUED' or again.created_at > :atOnce))""")
                .bind("town", town.id())
                .bind("ref", ref.value())
                .bind("notice", notice)
                .bind("atOnce", clock.instant().minus(AT_ONCE))
                .map((row, context) -> kept(row))
                .findOne()
                .flatMap(found -> found));
    }

    /** Empty for a template that is not known here. */
    private static Optional<Kept> kept(ResultSet row) throws SQLException {
        Optional<MailTemplate> template = MailTemplate.named(row.getString("template"));
        return template.isEmpty()
                ? Optional.empty()
                : Optional.of(new Kept(
                        template.get(),
                        row.getBytes("model_enc"),
                        row.getObject("request_id", Long.class),
                        row.getObject("account_id", Long.class),
                        row.getLong("root"),
                        row.getString("recipient")));
    }
}
