package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.request.RequestRef;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** What a request's family was told by e-mail, for agents who look into the request; each can be sent again. */
@Stateless
@RolesAllowed("MENU_DEMANDES")
public class NoticeJournal {

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
    private Repeats repeats;

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
                .map((row, context) -> NoticeRow.of(row))
                .list());
    }

    /**
     * Sends a notice of the request again, to the address that the account has by now, whatever the family wishes: an
     * agent does so because somebody asks for it.
     *
     * @return whom it goes to; empty where there is nothing to send again, or it is under way or was sent again just now
     */
    public Optional<String> sendAgain(RequestRef ref, long notice) {
        return isOfRequest(ref, notice) ? repeats.sendAgain(notice) : Optional.empty();
    }

    private boolean isOfRequest(RequestRef ref, long notice) {
        return database.read(
                handle -> handle.createQuery(OF_REQUEST + "select exists (select from told where id = :notice)")
                        .bind("town", town.id())
                        .bind("ref", ref.value())
                        .bind("notice", notice)
                        .mapTo(Boolean.class)
                        .one());
    }
}
