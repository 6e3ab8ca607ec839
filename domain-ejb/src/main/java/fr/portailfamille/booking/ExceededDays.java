package fr.portailfamille.booking;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.GridQuery;
import fr.portailfamille.common.Page;
import fr.portailfamille.town.TownDirectory;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * « Journées au-delà des places », for agents: the portal never gives away more places than there are, but an import may,
 * and so may a capacity that is lowered.
 */
@Stateless
@RolesAllowed("MENU_PLACES")
public class ExceededDays {

    /** What they are listed by. */
    public enum Sort {
        DAY("c.day"),
        FACILITY("facility"),
        ACTIVITY("name"),
        PLACES("c.capacity"),
        TAKEN("c.taken"),
        EXCESS("c.taken - c.capacity");

        private final String column;

        Sort(String column) {
            this.column = column;
        }

        /** Days in order within what is the same; ties are broken by the counter, so that no row is on two pages. */
        private String order(boolean ascending) {
            return column + (ascending ? " asc" : " desc") + " nulls last, c.day, c.counter_id";
        }
    }

    /**
     * What they are narrowed by; null or empty fields narrow nothing.
     *
     * @param from first day; null = today: what is over can be helped no more
     * @param facility part of its name
     * @param activity part of its name, or of the pool's
     */
    public record Criteria(
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String facility,
            @Nullable String activity) implements Serializable {

        public static final Criteria ALL = new Criteria(null, null, null, null);

        /** Whether they leave out any of the days to come. */
        public boolean narrow(LocalDate today) {
            return from != null && from.isAfter(today) || to != null || isGiven(facility) || isGiven(activity);
        }

        private static boolean isGiven(@Nullable String text) {
            return text != null && !text.isBlank();
        }
    }

    /**
     * An archived pool has no capacity; of an archived schedule nobody sees anything any more. No index knows what is
     * exceeded: each place that is taken would have to tell it, while now it tells none, and agents ask rarely.
     */
    private static final String EXCEEDED = """
             where c.town_id = :town and c.taken > c.capacity
               and not exists (select from schedule s where s.town_id = :town and s.id = c.counter_id
                                                        and s.archived_at is not null)""";

    private static final String COLUMNS = """
            c.counter_id, c.day, p.id is not null as shared, coalesce(f.name, m.facilities) as facility,
            coalesce(a.name, p.name) as name, m.activities, s.start_time, s.end_time, c.capacity, c.taken""";

    private static final String FROM = """
              from place_counter c
              left join schedule s on s.town_id = :town and s.id = c.counter_id
              left join activity a on a.town_id = :town and a.id = s.activity_id
              left join facility f on f.town_id = :town and f.id = s.facility_id
              left join pool p on p.town_id = :town and p.id = c.counter_id
              left join lateral (
                   select string_agg(distinct mf.name, ', ' order by mf.name) as facilities,
                          string_agg(distinct ma.name, ', ' order by ma.name) as activities
                     from pool_schedule ps
                     join schedule ms on ms.town_id = :town and ms.id = ps.schedule_id
                     join activity ma on ma.town_id = :town and ma.id = ms.activity_id
                     join facility mf on mf.town_id = :town and mf.id = ms.facility_id
                    where ps.town_id = :town and ps.pool_id = p.id and ps.archived_at is null) m on p.id is not null
            """ + EXCEEDED;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private Database database;

    @Inject
    private Clock clock;

    public Page<ExceededDay> find(Criteria criteria, Sort sort, boolean ascending, int first, int size) {
        GridQuery query = new GridQuery(town.id(), COLUMNS, FROM)
                .and("c.day >= :from", "from", criteria.from() == null ? today() : criteria.from())
                .and("c.day <= :to", "to", criteria.to())
                .containing("coalesce(f.name, m.facilities)", "facility", criteria.facility())
                .containing("concat_ws(' ', a.name, p.name, m.activities)", "activity", criteria.activity());
        return database.read(handle ->
                query.page(handle, sort.order(ascending), first, size, (row, context) -> ExceededDay.of(row)));
    }

    /** How many days there are from today on. */
    public long count() {
        return database.read(handle -> handle.createQuery(
                        "select count(distinct c.day) from place_counter c " + EXCEEDED + " and c.day >= :today")
                .bind("town", town.id())
                .bind("today", today())
                .mapTo(long.class)
                .one());
    }

    /** In the town's zone. */
    public LocalDate today() {
        return LocalDate.ofInstant(
                clock.instant(), towns.byId(town.id()).orElseThrow().zone());
    }
}
