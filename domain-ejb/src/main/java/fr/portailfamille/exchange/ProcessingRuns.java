package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Page;
import fr.portailfamille.common.PortalClock;
import fr.portailfamille.common.TownVaults;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** « État des traitements », for agents: runs of bulk jobs, what became of their rows, and every rejected row. */
@Stateless
@RolesAllowed("MENU_ETAT_DES_TRAITEMENTS")
public class ProcessingRuns {

    private static final String CONDITIONS = """
             where r.town_id = :town
               and (:universe::text is null or r.universe = :universe)
               and (:type::text is null or r.type = :type)
               and (:result::text is null or r.result = :result)
               and (:from::timestamptz is null or r.started_at >= :from)
               and (:to::timestamptz is null or r.started_at < :to)
            """;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownVaults vaults;

    public Page<RunRow> page(RunCriteria criteria, RunSort sort, boolean ascending, int offset, int limit) {
        return database.read(handle -> new Page<>(
                bind(
                                handle.createQuery(RunRows.SELECT + CONDITIONS + " order by " + sort.orderBy(ascending)
                                        + " limit :limit offset :offset"),
                                criteria)
                        .bind("limit", limit)
                        .bind("offset", offset)
                        .map(RunRows::run)
                        .list(),
                bind(handle.createQuery("select count(*) from processing_run r" + CONDITIONS), criteria)
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
        return database.read(handle -> new RunActivity(
                handle.createQuery(RunRows.SELECT
                                + " where r.town_id = :town and r.ended_at is null order by r.id desc limit 1")
                        .bind("town", town.id())
                        .map(RunRows::run)
                        .findOne()
                        .orElse(null),
                handle.createQuery("select count(*) from lot where town_id = :town and state = 'RECEIVED'")
                        .bind("town", town.id())
                        .mapTo(long.class)
                        .one()));
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

    private <S extends SqlStatement<S>> S bind(S statement, RunCriteria criteria) {
        return statement
                .bind("town", town.id())
                .bind("universe", criteria.universe())
                .bind("type", criteria.type())
                .bind(
                        "result",
                        criteria.result() == null ? null : criteria.result().name())
                .bind(
                        "from",
                        criteria.from() == null
                                ? null
                                : criteria.from()
                                        .atStartOfDay(PortalClock.PARIS)
                                        .toOffsetDateTime())
                .bind(
                        "to",
                        criteria.to() == null
                                ? null
                                : criteria.to()
                                        .plusDays(1)
                                        .atStartOfDay(PortalClock.PARIS)
                                        .toOffsetDateTime());
    }
}
