package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.request.RequestRef;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;

/** What a request's family was told by SMS, for agents who look into the request. */
@Stateless
@RolesAllowed("MENU_DEMANDES")
public class TextMessageJournal {

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    /** Beside its own notices, and beside the digests that tell of one of its lines; the latest first. */
    public List<TextMessageRow> ofRequest(RequestRef ref) {
        return database.read(handle -> handle.createQuery("""
                        with asked as materialized (
                            select id from request where town_id = :town and ref = :ref),
                        told as materialized (
                            select n.id from notice n join asked on n.request_id = asked.id where n.town_id = :town
                            union
                            select d.notice_id from decision_told d join asked on d.request_id = asked.id
                             where d.town_id = :town)
                        select t.phone, coalesce(t.sent_at, t.created_at) as at, t.state, t.attempts,
                               t.next_attempt_at, t.last_error
                          from text_message t join told on t.notice_id = told.id
                         where t.town_id = :town
                         order by t.id desc""")
                .bind("town", town.id())
                .bind("ref", ref.value())
                .map((row, context) -> row(row))
                .list());
    }

    private static TextMessageRow row(ResultSet row) throws SQLException {
        Timestamp next = row.getTimestamp("next_attempt_at");
        return new TextMessageRow(
                row.getString("phone"),
                row.getTimestamp("at").toInstant(),
                NoticeState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                next == null ? null : next.toInstant(),
                row.getString("last_error"));
    }
}
