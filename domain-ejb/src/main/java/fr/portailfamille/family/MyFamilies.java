package fr.portailfamille.family;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;

/** The children of the caller's families and what awaits them. */
@Stateless
@RolesAllowed("CITIZEN")
public class MyFamilies {

    @Resource
    private SessionContext context;

    @Inject
    private CallerFamilies families;

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    /** Whether an active subscription opens the family pages. */
    public boolean subscribed() {
        return !families.familiesOf(caller()).isEmpty();
    }

    /** The eldest first. */
    public List<Child> children() {
        return families.childrenOf(caller());
    }

    /** What the children are booked for on these days, both included, in the order of the day. */
    public List<UpcomingBooking> upcoming(LocalDate from, LocalDate to) {
        List<Long> children = children().stream().map(Child::id).toList();
        return children.isEmpty()
                ? List.of()
                : database.read(handle -> handle.createQuery("""
                                select b.individual_id, b.day, s.start_time, s.end_time, v.name, b.state
                                  from booking b
                                  join schedule s on s.town_id = :town and s.id = b.schedule_id
                                  join activity v on v.town_id = :town and v.id = s.activity_id
                                 where b.town_id = :town and b.individual_id in (<children>)
                                   and b.day between :from and :to and b.archived_at is null
                                   and b.state not in ('NOT_BOOKED', 'BOOKING_REFUSED')
                                 order by b.day, s.start_time, v.name""")
                        .bindList("children", children)
                        .bind("town", town.id())
                        .bind("from", from)
                        .bind("to", to)
                        .map((row, statement) -> new UpcomingBooking(
                                row.getLong("individual_id"),
                                row.getObject("day", LocalDate.class),
                                row.getTime("start_time").toLocalTime(),
                                row.getTime("end_time").toLocalTime(),
                                row.getString("name"),
                                row.getString("state")))
                        .list());
    }

    private Caller caller() {
        return Caller.of(context.getCallerPrincipal())
                .orElseThrow(() -> new EJBAccessException("Not a citizen account"));
    }
}
