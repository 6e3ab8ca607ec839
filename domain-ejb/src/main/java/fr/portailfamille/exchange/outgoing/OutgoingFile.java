package fr.portailfamille.exchange.outgoing;

import java.util.List;

/**
 * The files of a lot of requests: their columns, and the statement that gives them in that order for the dispatches
 * {@code d} that stand between two positions.
 */
public enum OutgoingFile {
    REQUESTS(
            "requests.csv",
            List.of(
                    "request_ref",
                    "submitted_at",
                    "kind",
                    "operation",
                    "withdraws_ref",
                    "origin",
                    "agent_reason",
                    "account_code",
                    "family_ref",
                    "civility",
                    "last_name",
                    "first_name",
                    "email",
                    "comment"),
            """
            select d.ref, d.at, lower(r.kind), lower(d.operation), case when d.operation = 'WITHDRAW' then r.ref end,
                   case when d.operation = 'UPDATE' then 'portal' else lower(r.origin) end,
                   case when d.operation = 'NEW' then r.agent_reason end, d.account_code, f.ref,
                   d.civility, d.last_name, d.first_name, d.email, case when d.operation = 'NEW' then r.comment end
              from dispatch d
              join request r on r.town_id = :town and r.id = d.request_id
              left join family f on f.town_id = :town and f.id = r.family_id
             where d.town_id = :town and d.position > :after and d.position <= :upTo
             order by d.position"""),

    BOOKING_LINES(
            "booking_lines.csv",
            List.of(
                    "request_ref",
                    "line",
                    "individual_ref",
                    "schedule_ref",
                    "date",
                    "action",
                    "reason_code",
                    "reason",
                    "outcome"),
            """
            select d.ref, l.line, i.ref, s.ref, l.day, lower(l.action),
                   coalesce(t.reason_code, case when l.action = 'CANCEL' then l.absence_code end), t.reason,
                   lower(t.outcome)
              from dispatch d
              join dispatch_line t on t.town_id = :town and t.dispatch_id = d.id
              join request_line l on l.town_id = :town and l.request_id = d.request_id and l.line = t.line
              join individual i on i.town_id = :town and i.id = l.individual_id
              join schedule s on s.town_id = :town and s.id = l.schedule_id
             where d.town_id = :town and d.position > :after and d.position <= :upTo
             order by d.position, l.line""");

    private final String fileName;
    private final List<String> columns;
    private final String select;

    OutgoingFile(String fileName, List<String> columns, String select) {
        this.fileName = fileName;
        this.columns = columns;
        this.select = select;
    }

    String fileName() {
        return fileName;
    }

    List<String> columns() {
        return columns;
    }

    String select() {
        return select;
    }
}
