package fr.portailfamille.booking;

import fr.portailfamille.activity.Schedule;
import fr.portailfamille.booking.ChildRights.Custody;
import fr.portailfamille.booking.ChildRights.Registration;
import fr.portailfamille.booking.ChildRights.Tie;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whose children an account sees, and what they are registered for: one query. */
@ApplicationScoped
class Household {

    private static final String RIGHTS = """
            select i.id, i.first_name, i.last_name, m.family_id, m.access, m.custody,
                   r.ref, r.family_id as registered_by, coalesce(o.custody, 'ALL') as owner_custody, r.schedule_id,
                   r.start_day, r.end_day, r.weekdays
              from subscription u
              join business_account b on b.town_id = :town and b.id = u.business_account_id and b.archived_at is null
              join membership m on m.town_id = :town and m.family_id = b.family_id and m.role = 'CHILD'
                               and m.access <> 'NONE' and m.archived_at is null
              join individual i on i.town_id = :town and i.id = m.individual_id and i.archived_at is null
              left join registration r on r.town_id = :town and r.individual_id = i.id and r.status = 'ACTIVE'
                               and r.archived_at is null and r.start_day <= :to and r.end_day >= :from
              left join membership o on o.town_id = :town and o.family_id = r.family_id and o.individual_id = i.id
                               and o.archived_at is null
             where u.town_id = :town and u.account_id = :account and u.ended_at is null
             order by i.birth_date nulls last, i.id, m.family_id, r.ref
            """;

    private static final String REGISTERED = """
            select i.id, i.first_name, i.last_name, r.ref, r.family_id as registered_by,
                   coalesce(o.custody, 'ALL') as owner_custody, r.schedule_id, r.start_day, r.end_day, r.weekdays
              from individual i
              left join registration r on r.town_id = :town and r.individual_id = i.id and r.status = 'ACTIVE'
                               and r.archived_at is null and r.start_day <= :day and r.end_day >= :day
              left join membership o on o.town_id = :town and o.family_id = r.family_id and o.individual_id = i.id
                               and o.archived_at is null
             where i.town_id = :town and i.id = any (:children) and i.archived_at is null
            """;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    /** The children of the account's families, the eldest first, with their registrations that touch these days. */
    List<ChildRights> children(long account, LocalDate from, LocalDate to) {
        Map<Long, Gathered> children = new LinkedHashMap<>();
        database.read(handle -> handle.createQuery(RIGHTS)
                        .bind("town", town.id())
                        .bind("account", account)
                        .bind("from", from)
                        .bind("to", to)
                        .map((row, context) -> Row.of(row))
                        .list())
                .forEach(row -> children.computeIfAbsent(row.child(), child -> new Gathered(row))
                        .add(row));
        return children.values().stream().map(Gathered::rights).toList();
    }

    /** What these children are registered for on that day, whoever asks; archived ones are left out. */
    List<ChildRights> registered(Collection<Long> children, LocalDate day) {
        Map<Long, ChildRights> found = new LinkedHashMap<>();
        database.read(handle -> handle.createQuery(REGISTERED)
                        .bind("town", town.id())
                        .bindArray("children", Long.class, children.toArray())
                        .bind("day", day)
                        .map((row, context) -> new ChildRights(
                                row.getLong("id"),
                                row.getString("first_name"),
                                row.getString("last_name"),
                                List.of(),
                                registration(row).stream().toList()))
                        .list())
                .forEach(each -> found.merge(each.id(), each, ChildRights::and));
        return List.copyOf(found.values());
    }

    private record Row(long child, String firstName, String lastName, Tie tie, Optional<Registration> registration) {

        static Row of(ResultSet row) throws SQLException {
            Tie tie = new Tie(
                    row.getLong("family_id"),
                    row.getString("access").equals("FULL"),
                    Custody.valueOf(row.getString("custody")));
            return new Row(
                    row.getLong("id"),
                    row.getString("first_name"),
                    row.getString("last_name"),
                    tie,
                    Household.registration(row));
        }
    }

    private static Optional<Registration> registration(ResultSet row) throws SQLException {
        return row.getString("ref") == null
                ? Optional.empty()
                : Optional.of(new Registration(
                        row.getString("ref"),
                        row.getLong("registered_by"),
                        Custody.valueOf(row.getString("owner_custody")),
                        row.getLong("schedule_id"),
                        row.getObject("start_day", LocalDate.class),
                        row.getObject("end_day", LocalDate.class),
                        Schedule.weekdays(row.getString("weekdays"))));
    }

    private static final class Gathered {
        private final Row first;
        private final Set<Tie> ties = new LinkedHashSet<>();
        private final Set<Registration> registrations = new LinkedHashSet<>();

        Gathered(Row first) {
            this.first = first;
        }

        void add(Row row) {
            ties.add(row.tie());
            row.registration().ifPresent(registrations::add);
        }

        ChildRights rights() {
            return new ChildRights(
                    first.child(),
                    first.firstName(),
                    first.lastName(),
                    new ArrayList<>(ties),
                    new ArrayList<>(registrations));
        }
    }

    static Set<Long> schedules(Collection<ChildRights> children) {
        Set<Long> schedules = new LinkedHashSet<>();
        children.forEach(
                child -> child.registrations().forEach(registration -> schedules.add(registration.schedule())));
        return schedules;
    }
}
