package fr.portailfamille.request;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What screens read of requests. Who may see which is said by the boundaries, as a condition. */
@ApplicationScoped
class RequestReads {

    private static final String FROM = """
             from request r
             join citizen_account a on a.town_id = :town and a.id = r.account_id
            where r.town_id = :town
            """;

    private static final String COLUMNS = """
            select r.id, r.ref, r.submitted_at, r.type, r.state, r.decided_count, r.line_count, r.unseen_events,
                   a.first_name || ' ' || a.last_name as account, a.email
            """;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private Clock clock;

    /** A condition on {@code r} and the values it names. */
    record Sight(String condition, Map<String, ?> values) {}

    Page<RequestRow> page(
            Sight sight, RequestCriteria criteria, RequestSort sort, boolean ascending, int first, int size) {
        Conditions conditions = conditions(sight, criteria);
        long total = database.read(handle -> handle.createQuery("select count(*)" + FROM + conditions.sql())
                .bind("town", town.id())
                .bindMap(conditions.values())
                .mapTo(long.class)
                .one());
        List<RequestRow> rows = database.read(handle -> handle.createQuery(COLUMNS + FROM + conditions.sql()
                        + " order by " + sort.order(ascending) + " limit :size offset :first")
                .bind("town", town.id())
                .bindMap(conditions.values())
                .bind("size", size)
                .bind("first", first)
                .map((row, context) -> row(row))
                .list());
        return new Page<>(rows, total);
    }

    Optional<RequestDetail> detail(Sight sight, RequestRef ref) {
        return database.read(handle -> handle.createQuery(COLUMNS + FROM + " and r.ref = :ref and " + sight.condition())
                        .bind("town", town.id())
                        .bindMap(sight.values())
                        .bind("ref", ref.value())
                        .map((row, context) -> Map.entry(row.getLong("id"), row(row)))
                        .findOne())
                .map(found -> new RequestDetail(
                        found.getValue(), lines(found.getKey()), messages(found.getKey()), history(found.getKey())));
    }

    /** Booking and absence lines, the latest request first; of one child, or of all where it is null. */
    Page<RequestLineRow> lineRows(Sight sight, @Nullable Long child, int first, int size) {
        String from = """
                 from request r
                 join request_line l on l.town_id = :town and l.request_id = r.id
                 join individual i on i.town_id = :town and i.id = l.individual_id
                 join schedule s on s.town_id = :town and s.id = l.schedule_id
                 join facility f on f.town_id = :town and f.id = s.facility_id
                 join activity v on v.town_id = :town and v.id = s.activity_id
                where r.town_id = :town and (cast(:child as bigint) is null or l.individual_id = :child) and
                """ + sight.condition();
        long total = database.read(handle -> handle.createQuery("select count(*)" + from)
                .bind("town", town.id())
                .bindMap(sight.values())
                .bind("child", child)
                .mapTo(long.class)
                .one());
        List<RequestLineRow> rows = database.read(handle -> handle.createQuery(
                        "select r.ref, l.action, i.first_name, f.name as facility, v.name as activity, l.day, l.state"
                                + from + " order by r.submitted_at desc, r.id desc, l.line limit :size offset :first")
                .bind("town", town.id())
                .bindMap(sight.values())
                .bind("child", child)
                .bind("size", size)
                .bind("first", first)
                .map((row, context) -> new RequestLineRow(
                        new RequestRef(row.getString("ref")),
                        LineAction.valueOf(row.getString("action")),
                        row.getString("first_name"),
                        row.getString("facility"),
                        row.getString("activity"),
                        row.getObject("day", LocalDate.class),
                        LineState.valueOf(row.getString("state"))))
                .list());
        return new Page<>(rows, total);
    }

    private List<RequestDetail.Line> lines(long request) {
        return database.read(handle -> handle.createQuery("""
                        select l.line, l.action, l.day, l.state, l.reason, l.business_decided_at,
                               waiting_rank(:town, l.request_id, l.line) as waiting_rank, i.first_name,
                               f.name as facility,
                               v.name as activity, s.start_time, s.end_time, coalesce(c.label, l.absence_code) as absence
                          from request_line l
                          join individual i on i.town_id = :town and i.id = l.individual_id
                          join schedule s on s.town_id = :town and s.id = l.schedule_id
                          join facility f on f.town_id = :town and f.id = s.facility_id
                          join activity v on v.town_id = :town and v.id = s.activity_id
                          left join code c on c.town_id = :town and c.list = 'absence_reason' and c.code = l.absence_code
                         where l.town_id = :town and l.request_id = :request
                         order by l.line""")
                .bind("town", town.id())
                .bind("request", request)
                .map((row, context) -> new RequestDetail.Line(
                        row.getInt("line"),
                        LineAction.valueOf(row.getString("action")),
                        row.getString("first_name"),
                        row.getString("facility"),
                        row.getString("activity"),
                        row.getObject("day", LocalDate.class),
                        row.getObject("start_time", LocalTime.class),
                        row.getObject("end_time", LocalTime.class),
                        LineState.valueOf(row.getString("state")),
                        Optional.ofNullable(row.getString("absence")),
                        Optional.ofNullable(row.getString("reason")),
                        Optional.ofNullable(row.getObject("waiting_rank", Integer.class)),
                        Optional.ofNullable(row.getObject("business_decided_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .list());
    }

    private List<RequestDetail.Message> messages(long request) {
        return database.read(handle -> handle.createQuery("""
                        select sent_at, text from request_message
                         where town_id = :town and request_id = :request and archived_at is null order by sent_at, id""")
                .bind("town", town.id())
                .bind("request", request)
                .map((row, context) -> new RequestDetail.Message(
                        row.getObject("sent_at", OffsetDateTime.class).toInstant(), row.getString("text")))
                .list());
    }

    private List<RequestDetail.Entry> history(long request) {
        return database.read(handle -> handle.createQuery("""
                        select at, kind, line, detail from request_event
                         where town_id = :town and request_id = :request order by at, line nulls first, id""")
                .bind("town", town.id())
                .bind("request", request)
                .map((row, context) -> new RequestDetail.Entry(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        EventKind.valueOf(row.getString("kind")),
                        row.getObject("line", Integer.class),
                        Optional.ofNullable(row.getString("detail"))))
                .list());
    }

    private RequestRow row(ResultSet row) throws SQLException {
        Instant submitted = row.getObject("submitted_at", OffsetDateTime.class).toInstant();
        return new RequestRow(
                new RequestRef(row.getString("ref")),
                submitted,
                row.getString("account"),
                row.getString("email"),
                RequestType.valueOf(row.getString("type")),
                RequestState.valueOf(row.getString("state")),
                row.getInt("decided_count"),
                row.getInt("line_count"),
                Math.max(0, ChronoUnit.DAYS.between(submitted, clock.instant())),
                row.getInt("unseen_events"));
    }

    private Conditions conditions(Sight sight, RequestCriteria criteria) {
        Conditions conditions = new Conditions();
        conditions.and(sight.condition(), sight.values());
        conditions.containing("r.ref", "ref", criteria.ref());
        conditions.containing("a.email_key", "email", criteria.email());
        conditions.namedLike("a.search_name", "account", criteria.account());
        conditions.equal("r.type", "type", criteria.type());
        conditions.equal("r.state", "state", criteria.state());
        if (criteria.from() != null) {
            conditions.and(
                    "r.submitted_at >= :from",
                    Map.of("from", criteria.from().atStartOfDay(clock.getZone()).toInstant()));
        }
        if (criteria.to() != null) {
            conditions.and(
                    "r.submitted_at < :to",
                    Map.of(
                            "to",
                            criteria.to()
                                    .plusDays(1)
                                    .atStartOfDay(clock.getZone())
                                    .toInstant()));
        }
        return conditions;
    }
}
