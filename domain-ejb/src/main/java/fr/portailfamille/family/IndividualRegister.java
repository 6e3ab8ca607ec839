package fr.portailfamille.family;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.GridQuery;
import fr.portailfamille.common.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** « Individus », for agents: everybody that the business application knows, family by family. */
@Stateless
@RolesAllowed("MENU_INDIVIDUS")
public class IndividualRegister {

    private static final String COLUMNS = """
            m.id, i.last_name, i.first_name, i.ref, m.role, f.id as family, f.name as family_name,
            (m.archived_at is not null or i.archived_at is not null) as archived,
            (select coalesce(p.ended_at, p.started_at) from processing_run p
              where p.town_id = :town and p.id = greatest(i.created_run, i.changed_run)) as synchronised,
            (select count(*) from business_account b where b.town_id = :town and b.family_id = f.id) as accounts""";

    private static final String FROM = """
            from membership m
            join individual i on i.town_id = :town and i.id = m.individual_id
            join family f on f.town_id = :town and f.id = m.family_id
           where m.town_id = :town""";

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    public Page<IndividualRow> find(
            IndividualCriteria criteria, IndividualSort sort, boolean ascending, int first, int size) {
        GridQuery query = new GridQuery(town.id(), COLUMNS, FROM)
                .and("i.id in (select individuals_named(:town, :name))", "name", GridQuery.words(criteria.name()))
                .containing("i.ref", "ref", criteria.ref())
                .and("m.role = :role", "role", criteria.role())
                .and(
                        "(m.archived_at is not null or i.archived_at is not null) = :archived",
                        "archived",
                        criteria.archived())
                .and("m.family_id = :family", "family", criteria.family());
        return database.read(
                handle -> query.page(handle, sort.order(ascending), first, size, (row, context) -> individual(row)));
    }

    /** The name of a family, to say what the list was narrowed to. */
    public Optional<String> familyName(long family) {
        return database.read(handle -> handle.createQuery("select name from family where town_id = :town and id = :id")
                .bind("town", town.id())
                .bind("id", family)
                .mapTo(String.class)
                .findOne());
    }

    private static IndividualRow individual(ResultSet row) throws SQLException {
        return new IndividualRow(
                row.getLong("id"),
                row.getString("last_name"),
                row.getString("first_name"),
                row.getString("ref"),
                instant(row.getObject("synchronised", OffsetDateTime.class)),
                IndividualRole.valueOf(row.getString("role")),
                row.getBoolean("archived"),
                row.getLong("family"),
                row.getString("family_name"),
                row.getLong("accounts"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
