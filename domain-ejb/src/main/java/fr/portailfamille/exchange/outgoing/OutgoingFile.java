package fr.portailfamille.exchange.outgoing;

import java.util.List;

/**
 * The files of a lot of requests: their columns, and the statement that gives them in that order for the dispatches
 * {@code d} that stand between two positions. A column {@code …_enc} is decrypted; {@code request_id} behind the others
 * and {@code line} say where it stood.
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
                   d.civility, d.last_name, d.first_name, d.email, case when d.operation = 'NEW' and r.kind <> 'MESSAGE' then r.comment end
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
             order by d.position, l.line"""),

    CHANGE_LINES(
            "change_lines.csv",
            List.of(
                    "request_ref",
                    "line",
                    "operation",
                    "subject_kind",
                    "subject_ref",
                    "parent_ref",
                    "item",
                    "field",
                    "old_value",
                    "new_value"),
            """
            select d.ref, c.line, lower(c.operation), lower(c.subject_kind), c.subject_enc, c.parent_ref, c.item, c.field,
                   c.old_enc, c.new_enc, c.request_id
              from dispatch d
              join dispatch_line t on t.town_id = :town and t.dispatch_id = d.id
              join change_line c on c.town_id = :town and c.request_id = d.request_id and c.line = t.line
             where d.town_id = :town and d.position > :after and d.position <= :upTo and d.operation <> 'UPDATE'
             order by d.position, c.line"""),

    UPLOADS(
            "uploads.csv",
            List.of("request_ref", "line", "type_ref", "subject_ref", "file_name", "document", "sha256", "comment"),
            """
            select d.ref, u.line, u.type_ref, u.subject_ref, u.file_name_enc,
                   case when d.operation = 'NEW' then 'documents/' || d.ref || '-' || u.line || '.' || u.extension end,
                   encode(s.sha256, 'hex'), u.comment_enc, u.request_id
              from dispatch d
              join dispatch_line t on t.town_id = :town and t.dispatch_id = d.id
              join upload_line u on u.town_id = :town and u.request_id = d.request_id and u.line = t.line
              join stored_document s on s.town_id = :town and s.id = u.document_id
             where d.town_id = :town and d.position > :after and d.position <= :upTo and d.operation <> 'UPDATE'
             order by d.position, u.line"""),

    MESSAGES("messages.csv", List.of("request_ref", "sent_at", "text"), """
            select told.ref, told.at, told.text
              from (select d.position, d.ref, m.sent_at as at, m.text
                      from dispatch d
                      join family_message m on m.town_id = :town and m.dispatch_id = d.id
                     where d.town_id = :town and d.position > :after and d.position <= :upTo
                    union all
                    select d.position, d.ref, d.at, r.comment
                      from dispatch d
                      join request r on r.town_id = :town and r.id = d.request_id
                     where d.town_id = :town and d.position > :after and d.position <= :upTo and d.operation = 'NEW'
                       and r.kind = 'MESSAGE' and r.comment is not null) told
             order by told.position""");

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
