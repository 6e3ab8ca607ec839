package fr.portailfamille.notice;

import fr.portailfamille.common.Database;
import fr.portailfamille.notice.letter.MailLine;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.request.RequestSubmitted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Posts the acknowledgement of a request for bookings and absences, in the transaction of the request itself: one e-mail
 * for everything that was asked in one go, with what was decided at once.
 */
@ApplicationScoped
class Acknowledgements {

    @Inject
    private Database database;

    @Inject
    private Outbox outbox;

    private record Head(Addressee to, Map<String, Object> model) {}

    void acknowledge(@Observes RequestSubmitted submitted) {
        List<Map<String, Object>> lines = lines(submitted);
        if (lines.isEmpty()) {
            return;
        }
        head(submitted).ifPresent(head -> {
            head.model().put("lines", lines);
            outbox.queue(List.of(new Posting(
                    MailTemplate.ACKNOWLEDGEMENT,
                    head.to().email(),
                    head.model(),
                    submitted.requestId(),
                    head.to().account())));
        });
    }

    private Optional<Head> head(RequestSubmitted submitted) {
        return database.read(handle -> handle.createQuery("""
                        select r.ref, r.submitted_at, a.id, a.email, a.civility, a.first_name, a.last_name
                          from request r
                          join citizen_account a on a.town_id = :town and a.id = r.account_id
                         where r.town_id = :town and r.id = :request""")
                .bind("town", submitted.town())
                .bind("request", submitted.requestId())
                .map((row, context) -> head(row))
                .findOne());
    }

    private static Head head(ResultSet row) throws SQLException {
        Addressee to = new Addressee(
                row.getLong("id"),
                row.getString("email"),
                row.getString("civility"),
                row.getString("first_name"),
                row.getString("last_name"));
        Map<String, Object> model = to.model();
        model.put("reference", row.getString("ref"));
        model.put("submittedAt", row.getTimestamp("submitted_at").toInstant());
        return new Head(to, model);
    }

    private List<Map<String, Object>> lines(RequestSubmitted submitted) {
        return database.read(handle -> handle.createQuery("""
                        select i.first_name as child, l.day, s.start_time, l.action, v.name as activity, l.state,
                               l.reason, l.waiting_rank
                          from request_line l
                          join individual i on i.town_id = :town and i.id = l.individual_id
                          join schedule s on s.town_id = :town and s.id = l.schedule_id
                          join activity v on v.town_id = :town and v.id = s.activity_id
                         where l.town_id = :town and l.request_id = :request and l.state <> 'WITHDRAWN'
                         order by l.day, s.start_time, i.first_name, l.line""")
                .bind("town", submitted.town())
                .bind("request", submitted.requestId())
                .map((row, context) -> MailLine.of(row, row.getString("state")).model())
                .list());
    }
}
