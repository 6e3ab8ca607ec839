package fr.portailfamille.notice;

import fr.portailfamille.common.Database;
import fr.portailfamille.notice.letter.MailLine;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.request.RequestDecided;
import fr.portailfamille.request.RequestSubmitted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Posts what is told at once, in the transaction of the act itself: the acknowledgement of a request for bookings and
 * absences, one e-mail for everything that was asked in one go, with what was decided at once; and of every other request
 * its receipt, and later its outcome.
 */
@ApplicationScoped
class Acknowledgements {

    @Inject
    private Database database;

    @Inject
    private Outbox outbox;

    @Inject
    private NoticeSettings settings;

    @Inject
    private Wishes wishes;

    @Inject
    private Clock clock;

    private record Head(Addressee to, Instant submittedAt, Map<String, Object> model) {}

    void acknowledge(@Observes RequestSubmitted submitted) {
        List<List<@Nullable Object>> lines = lines(submitted.town(), submitted.requestId());
        head(submitted.town(), submitted.requestId()).ifPresent(head -> {
            head.model()
                    .put(
                            "legal",
                            settings.legal()
                                    .model(head.submittedAt()
                                            .atZone(clock.getZone())
                                            .toLocalDate()));
            if (lines.isEmpty()) {
                post(MailTemplate.RECEIPT, head, submitted.requestId());
            } else {
                head.model().put("lines", lines);
                head.model()
                        .put(
                                "later",
                                wishes.declining(List.of(head.to().account())).isEmpty());
                post(MailTemplate.ACKNOWLEDGEMENT, head, submitted.requestId());
            }
        });
    }

    /** Once the last line is decided; decisions on bookings and absences are told by the digest. */
    void tellOutcome(@Observes RequestDecided decided) {
        Optional<Map<String, Object>> outcome = outcome(decided);
        if (outcome.isEmpty()) {
            return;
        }
        head(decided.town(), decided.requestId()).ifPresent(head -> {
            head.model()
                    .put(
                            "legal",
                            settings.legal()
                                    .model(clock.instant()
                                            .atZone(clock.getZone())
                                            .toLocalDate()));
            head.model().putAll(outcome.get());
            post(MailTemplate.OUTCOME, head, decided.requestId());
        });
    }

    private void post(MailTemplate template, Head head, long request) {
        outbox.queue(List.of(new Posting(
                template, head.to().email(), head.model(), request, head.to().account())));
    }

    private Optional<Head> head(int town, long request) {
        return database.read(handle -> handle.createQuery("""
                        select r.ref, r.type, r.submitted_at, a.id, a.email, a.civility, a.first_name, a.last_name
                          from request r
                          join citizen_account a on a.town_id = :town and a.id = r.account_id
                         where r.town_id = :town and r.id = :request""")
                .bind("town", town)
                .bind("request", request)
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
        Instant submittedAt = row.getTimestamp("submitted_at").toInstant();
        Map<String, Object> model = to.model();
        model.put("reference", row.getString("ref"));
        model.put("type", row.getString("type"));
        model.put("submittedAt", submittedAt);
        return new Head(to, submittedAt, model);
    }

    /** How it ended, with the reasons of what was refused, or what was answered to the request as a whole. */
    private Optional<Map<String, Object>> outcome(RequestDecided decided) {
        return database.read(handle -> handle.createQuery("""
                        select r.state,
                               coalesce((select string_agg(distinct l.reason, E'\n\n') from request_line l
                                          where l.town_id = :town and l.request_id = r.id and l.state = 'REFUSED'),
                                        (select e.detail from request_event e
                                          where e.town_id = :town and e.request_id = r.id and r.line_count = 0
                                            and e.kind in ('ACCEPTED', 'REFUSED')
                                          order by e.at desc, e.id desc limit 1), '') as answer
                          from request r
                         where r.town_id = :town and r.id = :request
                           and r.state in ('ACCEPTED', 'PARTLY_ACCEPTED', 'REFUSED')""")
                .bind("town", decided.town())
                .bind("request", decided.requestId())
                .map((row, context) -> Map.<String, Object>of(
                        "outcome", row.getString("state"),
                        "answer", row.getString("answer"),
                        "decidedAt", clock.instant()))
                .findOne());
    }

    private List<List<@Nullable Object>> lines(int town, long request) {
        return database.read(handle -> handle.createQuery("""
                        select i.first_name as child, l.day, s.start_time, l.action, v.name as activity, l.state,
                               l.reason, waiting_rank(:town, l.request_id, l.line) as waiting_rank
                          from request_line l
                          join individual i on i.town_id = :town and i.id = l.individual_id
                          join schedule s on s.town_id = :town and s.id = l.schedule_id
                          join activity v on v.town_id = :town and v.id = s.activity_id
                         where l.town_id = :town and l.request_id = :request and l.state <> 'WITHDRAWN'
                         order by l.day, s.start_time, i.first_name, l.line""")
                .bind("town", town)
                .bind("request", request)
                .map((row, context) -> MailLine.of(row, row.getString("state")).model())
                .list());
    }
}
