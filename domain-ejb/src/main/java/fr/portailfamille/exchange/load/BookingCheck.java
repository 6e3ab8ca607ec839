package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import java.util.Map;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * Finds out what a lot of bookings changes. One join of what was read with what is stored leaves only rows that differ, so
 * that millions of equal ones cost a pass and no write. Rows that a full lot lacks come out of the same join.
 */
final class BookingCheck {

    /** Rows that need something done, with one letter why: see {@link Verdict}, and those below. */
    static final String MISSING_FROM_FULL = "A";

    /** The portal knows better, or still waits for an answer: the row is left as it is. */
    static final String LEFT_ALONE = "L";

    /** States that are none to Enfance: what was refused stays on the family's planning, and no lot takes it away. */
    static final String NOTHING = "('NOT_BOOKED', 'BOOKING_REFUSED')";

    private static final String SAME =
            "b.individual_id = x.individual_id and b.schedule_id = x.schedule_id and b.day = x.day";

    private final Load load;
    private final FileFormat file;
    private final String rows;
    private final String verdicts;

    BookingCheck(Load load, FileFormat file) {
        this.load = load;
        this.file = file;
        this.rows = load.stage().rows(file);
        this.verdicts = load.stage().verdicts(file);
    }

    /** @return how many rows have which verdict; unchanged ones have none */
    Map<String, Long> run(Handle handle) {
        Sampling.analyze(handle, rows);
        BookingDays days = BookingDays.of(load, file).orElse(null);
        if (days == null || !load.full()) {
            load.update(handle, "create unlogged table " + verdicts + " as " + differingOfDelta());
        } else {
            // The sums know of states only.
            BookingSums.Some some = namesFamilies()
                    ? BookingSums.Some.all(rows)
                    : new BookingSums(load, rows, stored(days)).differing(handle, read(rows));
            load.update(handle, "create unlogged table " + verdicts + " as " + differing(days, some));
        }
        Map<String, Long> counts = counts(handle);
        boolean twice = duplicates(handle, counts);
        if (portalKnowsBetter(handle) || twice) {
            counts = counts(handle);
        }
        Sampling.analyze(handle, verdicts);
        faults(handle, counts);
        return counts;
    }

    private Map<String, Long> counts(Handle handle) {
        return Verdict.counts(handle, verdicts);
    }

    /** Of a first load everything is new, and put aside at once ready to become the town's own partition. */
    void beginAside(Handle handle, BookingAside aside) {
        Sampling.analyze(handle, rows);
        aside.create(handle);
    }

    /**
     * Puts one share of the rows aside; others may be put there meanwhile.
     *
     * @param share from 0
     */
    void fillAside(Handle handle, BookingAside aside, int share, int shares) {
        aside.fill(handle, read("(select * from " + rows + " where line % " + shares + " = " + share + ")"));
    }

    /**
     * Checks what was put aside. Verdicts are kept only on rows with something wrong.
     *
     * @return how many bookings that is; none where a key is there twice, and the lot must be checked as any other
     */
    OptionalLong runAside(Handle handle, BookingAside aside) {
        long created = aside.rows(handle);
        boolean all = created == load.read(file).rows();
        load.update(
                handle,
                "create unlogged table " + verdicts
                        + " as select x.line, x.individual_id, x.schedule_id, x.day, x.state,"
                        + " x.family_id, null::text as old_state, null::int as old_version, null::bigint as old_family_id, null::bigint as request_id,"
                        + " null::int as request_line, x.col, x.found as verdict from (" + read(rows) + ") x where "
                        + (all ? "false" : "x.found is not null or x.state = 'NOT_BOOKED'"));
        if (!aside.index(handle) || !all && twiceWith(handle, aside)) {
            aside.drop(handle);
            handle.execute("drop table " + verdicts);
            return OptionalLong.empty();
        }
        load.update(handle, "delete from " + verdicts + " where verdict is null");
        faults(handle, counts(handle));
        return OptionalLong.of(created);
    }

    /** Whether a row that is not among the bookings has the key of one that is, or of another such row. */
    private boolean twiceWith(Handle handle, BookingAside aside) {
        String kept = " where coalesce(v.verdict, '') <> 'U'";
        return load.any(
                        handle,
                        "select from " + verdicts + " v join " + aside.table() + " b on b.town_id = :town"
                                + " and b.individual_id = v.individual_id and b.schedule_id = v.schedule_id and b.day = v.day"
                                + kept)
                || load.any(
                        handle,
                        "select from " + verdicts + " v" + kept
                                + " group by v.individual_id, v.schedule_id, v.day having count(*) > 1");
    }

    /** Rows with the ids that their references mean; {@code found} says what is wrong, in {@code col}. */
    private String read(String from) {
        String archived = load.has(file, "archived") ? "s.bad or s.archived or" : "";
        String state = "case when " + archived + " s.state = 'NONE' then 'NOT_BOOKED' else s.state end";
        boolean family = namesFamilies();
        return "select s.line, i.id as individual_id, c.id as schedule_id, s.day, " + state + " as state, "
                + (family ? "f.id" : "null::bigint")
                + " as family_id, case when s.bad then 'B' when i.id is null then 'U'"
                + " when c.id is null then 'U'"
                + (family ? " when s.family_ref is not null and f.id is null then 'U'" : "")
                + " when s.day < c.valid_from or s.day > c.valid_to then 'O' end as found, case when s.bad then null"
                + " when i.id is null then 'individual_ref' when c.id is null then 'schedule_ref'"
                + (family ? " when s.family_ref is not null and f.id is null then 'family_ref'" : "")
                + " when s.day < c.valid_from or s.day > c.valid_to then 'date' end as col from " + from + " s"
                + " left join individual i on i.town_id = :town and i.ref = s.individual_ref"
                + " left join schedule c on c.town_id = :town and c.ref = s.schedule_ref"
                + (family ? " left join family f on f.town_id = :town and f.ref = s.family_ref" : "");
    }

    private String differingOfDelta() {
        return verdict(rows) + " left join booking b on b.town_id = :town and " + SAME
                + BookingDays.only(load, file, "b.day") + differs();
    }

    private static String stored(BookingDays days) {
        return "town_id = :town and " + days.compared("day");
    }

    /** @param some of which staged rows, and which children, there is anything to find; see {@link BookingSums} */
    private String differing(BookingDays days, BookingSums.Some some) {
        return verdict(some.rows())
                + " full join (select individual_id, schedule_id, day, state, version, family_id, request_id, request_line"
                + " from booking where " + stored(days) + some.children() + ") b on " + SAME + differs()
                + (load.read(file).unreadableKeys()
                        ? ""
                        : " or x.line is null and b.state not in " + NOTHING + " and " + days.within("b.day"))
                + some.end();
    }

    /** Of families only those that rows name are compared: who names none leaves it to the registrations. */
    private String differs() {
        return " where x.found is not null or b.state is null and x.state <> 'NOT_BOOKED' or b.state <> x.state"
                + " and not (x.state = 'NOT_BOOKED' and b.state in " + NOTHING + ")"
                + (namesFamilies()
                        ? " or b.state = x.state and x.state <> 'NOT_BOOKED' and b.family_id is distinct from"
                                + " coalesce(x.family_id, b.family_id)"
                        : "");
    }

    private boolean namesFamilies() {
        return load.has(file, "family_ref");
    }

    private String verdict(String from) {
        return "select x.line, coalesce(x.individual_id, b.individual_id) as individual_id,"
                + " coalesce(x.schedule_id, b.schedule_id) as schedule_id, coalesce(x.day, b.day) as day,"
                + " coalesce(x.state, 'NOT_BOOKED') as state, x.family_id, b.state as old_state, b.version as old_version,"
                + " b.family_id as old_family_id, b.request_id, b.request_line, x.col, case when x.found is not null then x.found when b.state is null"
                + " then 'N' when x.line is null then 'A' else 'C' end as verdict from (" + read(from) + ") x";
    }

    /** Standing bookings in what a full lot covers. */
    long standing(Handle handle) {
        return BookingDays.of(load, file)
                .map(days -> load.number(
                        handle,
                        "select count(*) from booking where town_id = :town and state not in " + NOTHING + " and "
                                + days.within("day")))
                .orElse(0L);
    }

    // ---- the same key twice --------------------------------------------------------------------------------------

    /** @return whether there were some, and verdicts are not what they were */
    private boolean duplicates(Handle handle, Map<String, Long> counts) {
        Boolean differ = load.read(file).keysDiffer();
        if (differ == null ? !showTwice(handle, counts) : differ) {
            return false;
        }
        // In a file of which it is not known whether there are any, they are looked for among those of children of whom
        // something changes.
        String judged = differ == null
                ? " where i.id in (select individual_id from " + verdicts + " where line is not null)"
                : "";
        String content = content();
        load.update(
                handle,
                "create temporary table twice on commit drop as select s.line, i.id as individual_id, c.id as schedule_id, s.day,"
                        + " row_number() over w as place, min(" + content + ") over k = max(" + content
                        + ") over k as same, count(*) over k as times from " + rows
                        + " s join individual i on i.town_id = :town and i.ref = s.individual_ref"
                        + " join schedule c on c.town_id = :town and c.ref = s.schedule_ref"
                        + judged
                        + " window k as (partition by i.id, c.id, s.day), w as (partition by i.id, c.id, s.day order by s.line)");
        load.update(handle, "delete from twice where times = 1");
        load.update(
                handle,
                "delete from " + verdicts + " v using twice d where d.line = v.line and d.same and d.place > 1");
        load.update(
                handle,
                "delete from " + verdicts
                        + " v using twice d where d.line = v.line and not d.same and v.verdict in ('N', 'C')");
        load.update(
                handle,
                "insert into " + verdicts
                        + " (line, individual_id, schedule_id, day, state, verdict, col) select d.line, d.individual_id, d.schedule_id, d.day,"
                        + " 'NOT_BOOKED', 'D', 'individual_ref' from twice d where not d.same and not exists (select from "
                        + verdicts + " v where v.line = d.line)");
        handle.execute("drop table twice");
        return true;
    }

    /** Whether a key that is there twice shows among rows that do something, of which one at least has it. */
    private boolean showTwice(Handle handle, Map<String, Long> counts) {
        String among = "select 1 from " + verdicts
                + " where (verdict in ('N', 'C', 'B', 'O') or verdict = 'U' and col = 'family_ref') and line is not null"
                + " group by individual_id, schedule_id, day having count(*) > 1";
        // A row's twin may be one that changes nothing, which the join has left out.
        return load.any(handle, among)
                || (counts.containsKey(Verdict.CHANGED) || counts.containsKey(Verdict.NEW))
                        && judgedRows(counts) < load.read(file).rows()
                        && load.any(handle, "select 1 from " + twin());
    }

    /** What a row says of its key. */
    private String content() {
        return "concat_ws('|', s.bad, coalesce(s.state, '')"
                + (namesFamilies() ? ", coalesce(s.family_ref, '')" : "")
                + (load.has(file, "archived") ? ", coalesce(s.archived, false)" : "") + ")";
    }

    /** Rows of the lot that have a verdict. */
    private static long judgedRows(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(count -> !count.getKey().equals(MISSING_FROM_FULL))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** By all three parts of the key at once: on one day of one school there are hundreds of rows. */
    private String twin() {
        return "(with judged as materialized (select v.line, i.ref as individual_ref, c.ref as schedule_ref, v.day from "
                + verdicts + " v join individual i on i.town_id = :town and i.id = v.individual_id"
                + " join schedule c on c.town_id = :town and c.id = v.schedule_id where v.verdict in ('N', 'C')) select from "
                + rows + " s join judged v on v.individual_ref = s.individual_ref and v.schedule_ref = s.schedule_ref"
                + " and v.day = s.day where v.line <> s.line) t";
    }

    // ---- the portal ----------------------------------------------------------------------------------------------

    /**
     * What the portal heard from a family, or decided, after the business application had read its requests.
     *
     * @return whether it does
     */
    private boolean portalKnowsBetter(Handle handle) {
        if (!load.any(handle, "select from request_line where town_id = :town")) {
            return false;
        }
        int left = load.update(
                handle,
                "update " + verdicts
                        + " v set verdict = 'L', col = 'NEWER_ON_PORTAL' from (select distinct l.individual_id, l.schedule_id,"
                        + " l.day from dispatch d join dispatch_line t on t.town_id = :town and t.dispatch_id = d.id"
                        + " join request_line l on l.town_id = :town and l.request_id = d.request_id and l.line = t.line"
                        + " where d.town_id = :town and (d.position is null or d.position > :known)) newer"
                        + " where v.verdict in ('N', 'C', 'A') and v.individual_id = newer.individual_id"
                        + " and v.day = newer.day and v.schedule_id = newer.schedule_id");
        left += load.update(
                handle,
                "update " + verdicts
                        + " set verdict = 'L', col = null where verdict in ('C', 'A') and state = 'NOT_BOOKED'"
                        + " and old_state in ('BOOKING_PENDING', 'ABSENCE_PENDING', 'WAITLISTED')");
        if (left == 0) {
            return false;
        }
        load.update(handle, "delete from " + verdicts + " where verdict = 'L' and line is null");
        return true;
    }

    // ---- faults --------------------------------------------------------------------------------------------------

    private void faults(Handle handle, Map<String, Long> counts) {
        if (counts.keySet().stream().anyMatch(Verdict.FOUND_HERE::contains)) {
            rejects(handle);
        }
        if (counts.containsKey(LEFT_ALONE)) {
            Warnings.write(
                    load,
                    handle,
                    file,
                    "NEWER_ON_PORTAL",
                    "select line, 'date' as col from " + verdicts + " where verdict = 'L' and col = 'NEWER_ON_PORTAL'");
        }
    }

    private void rejects(Handle handle) {
        load.update(
                handle,
                "insert into " + load.stage().faultsChecked()
                        + " select 'bookings.csv', v.line, v.col,"
                        + " case v.verdict when 'U' then 'UNKNOWN_REFERENCE' when 'O' then 'OUT_OF_PERIOD' else 'DUPLICATE_KEY' end, false,"
                        + " case v.col when 'individual_ref' then s.individual_ref when 'schedule_ref' then s.schedule_ref when 'date' then s.day::text end,"
                        + " case when v.verdict = 'U' then case v.col when 'individual_ref' then 'individuals.csv' when 'schedule_ref' then 'schedules.csv' else 'families.csv' end"
                        + " when v.verdict = 'O' then " + TraitSql.VALIDITY.formatted("c") + " end, true"
                        + " from " + verdicts + " v join " + rows
                        + " s on s.line = v.line left join schedule c on c.town_id = :town and c.id = v.schedule_id"
                        + " where v.verdict in ('U', 'O', 'D') order by v.line");
    }
}
