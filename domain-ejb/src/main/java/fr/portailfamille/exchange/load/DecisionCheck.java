package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.request.DecidedSet;
import fr.portailfamille.request.DecisionWording;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Finds out what a lot of decisions changes: which line each row is about, and whether this was its decision already. What
 * was decided once may be decided otherwise; what the family withdrew stays withdrawn.
 */
final class DecisionCheck {

    /** The family has withdrawn the line: the row is left aside, with a warning. */
    static final String WITHDRAWN = "W";

    private static final String UNKNOWN_CODE = "UNKNOWN_CODE";

    private final Load load;
    private final FileFormat file;
    private final String rows;
    private final String verdicts;

    DecisionCheck(Load load, FileFormat file) {
        this.load = load;
        this.file = file;
        this.rows = load.stage().rows(file);
        this.verdicts = load.stage().verdicts(file);
    }

    void run(Handle handle) {
        handle.execute("analyze " + rows);
        load.update(handle, "create unlogged table " + verdicts + " as " + judged());
        duplicates(handle);
        handle.execute("analyze " + verdicts);
        faults(handle);
    }

    // ---- verdicts ------------------------------------------------------------------------------------------------

    private String judged() {
        return "select x.*, case when x.found is not null then x.found when x.old_state = 'WITHDRAWN' then '"
                + WITHDRAWN + "' when " + same() + " then '=' else 'C' end as verdict from (" + resolved() + ") x";
    }

    /** Of an absent column what is stored stands. A refusal repeated without words leaves those it had. */
    private String same() {
        String same = "x.old_state = x.outcome";
        if (load.has(file, "rank")) {
            same += " and x.old_rank is not distinct from x.rank";
        }
        if (explained()) {
            same += " and (not x.explained and x.outcome = 'REFUSED' or x.old_reason is not distinct from x.reason"
                    + (load.has(file, "reason_code") ? " and x.old_code is not distinct from x.reason_code" : "") + ")";
        }
        return same;
    }

    private boolean explained() {
        return load.has(file, "reason") || load.has(file, "reason_code");
    }

    private String resolved() {
        String code = load.has(file, "reason_code") ? "s.reason_code" : "null::text";
        String words = load.has(file, "reason") ? "s.reason" : "null::text";
        String rank = load.has(file, "rank") ? "case when s.decision = 'WAITLISTED' then s.rank end" : "null::int";
        String archived = load.has(file, "archived") ? "s.archived" : "false";
        String bad = "when s.bad then %s when r.id is null then %s when l.line is null then %s when " + archived
                + " then %s when s.decision = 'WAITLISTED' and (l.whole or l.action = 'CANCEL') then %s end";
        return "select s.line, r.id as request_id, s.request_line, l.whole, l.action, l.individual_id, l.schedule_id, l.day,"
                + " s.decision as outcome, " + rank + " as rank, " + code + " as reason_code, coalesce(" + words
                + ", c.label, case when s.decision = 'REFUSED' then "
                + CheckWording.literal(DecisionWording.refusedWithoutReason()) + " end) as reason, " + code
                + " is not null or " + words + " is not null as explained, " + code
                + " is not null and c.code is null and "
                + words + " is null as unknown_code, s.decided_at, l.state as old_state, l.version as old_version,"
                + " l.waiting_rank as old_rank, l.reason_code as old_code, l.reason as old_reason, case "
                + bad.formatted("'B'", "'U'", "'U'", "'V'", "'V'") + " as found, case "
                + bad.formatted("null", "'request_ref'", "'line'", "'archived'", "'decision'") + " as col, case "
                + bad.formatted(
                        "null",
                        "null",
                        "null",
                        CheckWording.of("decision.archived"),
                        CheckWording.of("decision.waitlisted"))
                + " as detail from " + rows
                + " s left join request r on r.town_id = :town and r.ref = s.request_ref left join lateral ("
                + DecidedSet.line("r", "s.request_line") + ") l on true left join code c on c.town_id = :town"
                + " and c.list = 'refusal_reason' and c.code = " + code;
    }

    // ---- the same key twice --------------------------------------------------------------------------------------

    private void duplicates(Handle handle) {
        String readable = " k.verdict <> 'U'";
        String twice = "select 1 from " + verdicts + " k where" + readable
                + " group by request_id, request_line having count(*) > 1";
        if (!load.any(handle, twice)) {
            return;
        }
        // Of equal rows the first stays; of different ones none does.
        load.update(
                handle,
                "create temporary table twice on commit drop as select * from (select k.line, min(md5(" + content()
                        + ")) over w = max(md5(" + content()
                        + ")) over w and not bool_or(k.verdict in " + Verdict.REJECTED + ") over w as same,"
                        + " row_number() over (w order by k.line) as place, count(*) over w as times from " + verdicts
                        + " k join " + rows + " s on s.line = k.line where" + readable
                        + " window w as (partition by k.request_id, k.request_line)) x where times > 1");
        load.update(
                handle,
                "delete from " + verdicts + " k using twice d where d.line = k.line and d.same and d.place > 1");
        load.update(
                handle,
                "update " + verdicts + " k set verdict = 'D', col = 'request_ref', detail = null from twice d"
                        + " where d.line = k.line and not d.same and k.verdict not in " + Verdict.REJECTED);
        handle.execute("drop table twice");
    }

    private String content() {
        return load.read(file).columns().stream()
                .map(column -> "s." + Stage.staged(column))
                .collect(Collectors.joining(", ", "row(", ")::text"));
    }

    // ---- faults --------------------------------------------------------------------------------------------------

    private void faults(Handle handle) {
        load.update(
                handle,
                "insert into " + load.stage().faultsChecked() + " select '"
                        + file.name()
                        + "', k.line, k.col, case k.verdict when 'U' then 'UNKNOWN_REFERENCE' when 'D' then"
                        + " 'DUPLICATE_KEY' else 'BAD_VALUE' end, false, case k.col when 'request_ref' then s.request_ref"
                        + " when 'line' then s.request_line::text when 'decision' then lower(s.decision) else '1' end, k.detail, true from "
                        + verdicts + " k join " + rows + " s on s.line = k.line where k.verdict in ('U', 'V', 'D')"
                        + " order by k.line");
        Warnings.write(
                load,
                handle,
                file,
                "LINE_WITHDRAWN",
                "select line, 'line' as col from " + verdicts + " where verdict = '" + WITHDRAWN + "'");
        Warnings.write(
                load,
                handle,
                file,
                UNKNOWN_CODE,
                "select line, 'reason_code' as col from " + verdicts + " where verdict = 'C' and unknown_code");
    }

    /** Rows with a warning of this check. */
    long warnings(Handle handle) {
        return load.number(
                handle,
                "select count(*) from " + verdicts + " where verdict = '" + WITHDRAWN
                        + "' or verdict = 'C' and unknown_code");
    }
}
