package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Page;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.town.TownDirectory;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.Writer;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** « État des traitements », for agents: runs of bulk jobs, what became of their rows, and every rejected row. */
@Stateless
@RolesAllowed("MENU_ETAT_DES_TRAITEMENTS")
public class ProcessingRuns {

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private TownVaults vaults;

    @Inject
    private Clock clock;

    public Page<RunRow> page(RunCriteria criteria, RunSort sort, boolean ascending, int offset, int limit) {
        return database.read(handle -> new Page<>(
                bind(
                                handle.createQuery(RunRows.SELECT + conditions(criteria) + " order by "
                                        + sort.orderBy(ascending) + " limit :limit offset :offset"),
                                criteria)
                        .bind("limit", limit)
                        .bind("offset", offset)
                        .map(RunRows::run)
                        .list(),
                bind(handle.createQuery("select count(*) from processing_run r" + conditions(criteria)), criteria)
                        .mapTo(long.class)
                        .one()));
    }

    /** The universes and types that runs of this town have, for the criteria's lists. */
    public List<String> universes() {
        return database.read(handle -> handle.createQuery(
                        "select distinct universe from processing_run where town_id = :town order by universe")
                .bind("town", town.id())
                .mapTo(String.class)
                .list());
    }

    /** What goes on now, for screens that follow it. */
    public RunActivity activity() {
        // In one statement: a lot whose turn comes between two of them would be in neither.
        return database.read(handle -> handle.createQuery("""
                        select lots.queued, run.*
                          from (select count(*) as queued from lot l
                                 where l.town_id = :town and l.state in ('RECEIVED', 'WAITING')
                                   and (l.state = 'RECEIVED'
                                        or exists (select from work_due w where w.kind = 'LOT' and w.town_id = l.town_id
                                                      and w.item_id = l.id and w.due_at <= :now))) lots
                          left join lateral (
                        """ + RunRows.SELECT
                        + " where r.town_id = :town and r.ended_at is null order by r.id desc limit 1) run on true")
                .bind("town", town.id())
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .map((row, context) -> new RunActivity(
                        row.getObject("id") == null ? null : RunRows.run(row, context), row.getLong("queued")))
                .one());
    }

    public Optional<RunDetail> detail(long run) {
        return database.read(handle -> RunRows.find(handle, town.id(), run)
                .map(found -> new RunDetail(
                        found,
                        RunRows.lot(handle, town.id(), run).orElse(null),
                        RunRows.files(handle, town.id(), run),
                        RunRows.reasonsOfRun(handle, town.id(), run))));
    }

    /** Rejected rows of a run in the order of files and lines, with the rows that were taken with a warning or without. */
    public Page<RejectedRow> rejects(long run, boolean warnings, int offset, int limit) {
        return database.read(handle -> new Page<>(
                RejectedRows.page(handle, vaults.of(town.id()), town.id(), run, warnings, offset, limit),
                RejectedRows.count(handle, town.id(), run, warnings)));
    }

    /** All rejected rows and warnings of a run, as CSV with a semicolon, for spreadsheets. */
    public void writeRejects(long run, Writer out) {
        database.write(handle -> RejectedRows.writeCsv(handle, vaults.of(town.id()), town.id(), run, out));
    }

    /** Those that are given, and no others: a plan for all cases would read all runs for the ones of a day. */
    private static String conditions(RunCriteria criteria) {
        return " where r.town_id = :town"
                + (criteria.universe() == null ? "" : " and r.universe = :universe")
                + (criteria.type() == null ? "" : " and r.type = :type")
                + (criteria.result() == null ? "" : " and r.result = :result")
                + (criteria.from() == null ? "" : " and r.started_at >= :from")
                + (criteria.to() == null ? "" : " and r.started_at < :to");
    }

    private <S extends SqlStatement<S>> S bind(S statement, RunCriteria criteria) {
        S bound = statement.bind("town", town.id());
        bindIfGiven(bound, "universe", criteria.universe());
        bindIfGiven(bound, "type", criteria.type());
        bindIfGiven(
                bound,
                "result",
                criteria.result() == null ? null : criteria.result().name());
        bindIfGiven(bound, "from", criteria.from() == null ? null : startOf(criteria.from()));
        bindIfGiven(
                bound,
                "to",
                criteria.to() == null ? null : startOf(criteria.to().plusDays(1)));
        return bound;
    }

    private static void bindIfGiven(SqlStatement<?> statement, String name, @Nullable Object value) {
        if (value != null) {
            statement.bind(name, value);
        }
    }

    /** In the town's zone, as times are shown. */
    private OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(towns.byId(town.id()).orElseThrow().zone()).toOffsetDateTime();
    }
}
