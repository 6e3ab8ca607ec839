package fr.portailfamille.booking;

import fr.portailfamille.activity.ActivityReads;
import fr.portailfamille.activity.Catalogue;
import fr.portailfamille.common.Caller;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.request.Submissions;
import fr.portailfamille.town.TownDirectory;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;

/**
 * The planning of the caller's families: what it shows and what can be asked for in it. Which children and families these
 * are is known from the caller; a cell of anybody else's child is refused as one that is not there.
 */
@Stateless
@RolesAllowed("CITIZEN")
public class FamilyPlanning {

    /** More in one go is no family at a screen. */
    public static final int MOST_WISHES = 200;

    private static final List<String> GIVE_UP = List.of("55P03", "40P01");

    private static final String CHECK_VIOLATION = "23514";

    @Resource
    private SessionContext context;

    @Inject
    private Household household;

    @Inject
    private ActivityReads activities;

    @Inject
    private Bookings bookings;

    @Inject
    private Submissions submissions;

    @Inject
    private WishGranting granting;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private Clock clock;

    /** The ISO week of the day. */
    public Week week(LocalDate day) {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        LocalDate sunday = monday.plusDays(6);
        Instant now = clock.instant();
        List<ChildRights> children = household.children(account(), monday, sunday);
        return new WeekPage(sheet(children, monday, sunday, now), monday).of(children, now);
    }

    /**
     * Asks for several cells in one go: one request. What rules forbid is refused with its reason; what an automatic
     * activity allows is decided at once, or waits for a place where there is none; the rest waits for the business
     * application, its place held.
     *
     * @param key drawn when the page was shown; the same key again gives the first answer and changes nothing
     * @param shownAt the instant of the page that the wishes were made on: what was in time then and is too late now is
     *     kept as a refused request, what was forbidden already is only answered
     * @throws PlanningBusyException when others held a place for too long; nothing was changed
     */
    public Answer submit(UUID key, Instant shownAt, List<Wish> wishes) {
        if (wishes.isEmpty() || wishes.size() > MOST_WISHES) {
            throw new IllegalArgumentException("From one to " + MOST_WISHES + " wishes, not " + wishes.size());
        }
        return inTime(() -> {
            List<Wish> distinct = wishes.stream().distinct().toList();
            LocalDate first = distinct.stream()
                    .map(wish -> wish.cell().day())
                    .min(LocalDate::compareTo)
                    .orElseThrow();
            LocalDate last = distinct.stream()
                    .map(wish -> wish.cell().day())
                    .max(LocalDate::compareTo)
                    .orElseThrow();
            bookings.waitAtMostTwoSeconds();
            List<ChildRights> children = household.children(account(), first, last);
            granting.lockChildren(distinct, children);
            Optional<Submissions.Written> before = submissions.find(account(), key);
            if (before.isPresent()) {
                return answered(before.get());
            }
            Instant now = clock.instant();
            return granting.grant(
                    new WishGranting.Submission(account(), key, shownAt, now, zone(), distinct),
                    sheet(children, first, last, now),
                    catalogue -> sheet(children, catalogue, first, last, now));
        });
    }

    /**
     * The family takes back what waits for a decision or a place: the booking goes back to what it was.
     *
     * @return false when there is nothing to take back any more
     */
    public boolean withdraw(CellId cell) {
        return inTime(() -> {
            bookings.waitAtMostTwoSeconds();
            List<ChildRights> children = household.children(account(), cell.day(), cell.day());
            BookingSheet sheet = sheet(children, cell.day(), cell.day(), clock.instant());
            return sheet.knows(cell) && granting.withdraw(cell, sheet, clock.instant());
        });
    }

    private BookingSheet sheet(List<ChildRights> children, LocalDate from, LocalDate to, Instant now) {
        Catalogue catalogue = activities.catalogue(Household.schedules(children), ids(children), from, to);
        return sheet(children, catalogue, from, to, now);
    }

    private BookingSheet sheet(
            List<ChildRights> children, Catalogue catalogue, LocalDate from, LocalDate to, Instant now) {
        Stored stored = bookings.read(ids(children), catalogue.counterIds(), from, to);
        return new BookingSheet(children, catalogue, stored, now, zone());
    }

    private Answer answered(Submissions.Written written) {
        List<Decision> decisions = submissions.standings(written.id()).stream()
                .map(FamilyPlanning::decision)
                .toList();
        return new Answer(Optional.of(written.ref()), decisions);
    }

    private static Decision decision(Submissions.Standing line) {
        return switch (line.state()) {
            case ACCEPTED -> new Decision.Accepted();
            case REFUSED -> new Decision.Refused("REFUSED", line.reason());
            case WITHDRAWN -> new Decision.Withdrawn();
            case WAITLISTED -> new Decision.Waitlisted(line.rank());
            case SUBMITTED, TRANSMITTED -> new Decision.Pending();
        };
    }

    private static <R> R inTime(Supplier<R> work) {
        try {
            return work.get();
        } catch (JdbiException | PersistenceException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql && (GIVE_UP.contains(sql.getSQLState()) || beingMoved(sql))) {
                    throw new PlanningBusyException(e);
                }
            }
            throw e;
        }
    }

    /** The town's first bookings are being loaded and will be there in a moment. */
    private static boolean beingMoved(SQLException failure) {
        return CHECK_VIOLATION.equals(failure.getSQLState())
                && String.valueOf(failure.getMessage()).contains("booking_moving_");
    }

    private static Collection<Long> ids(List<ChildRights> children) {
        return children.stream().map(ChildRights::id).collect(Collectors.toSet());
    }

    private ZoneId zone() {
        return towns.byId(town.id()).orElseThrow().zone();
    }

    private long account() {
        return Caller.of(context.getCallerPrincipal())
                .filter(caller -> caller.kind() == Caller.Kind.CITIZEN)
                .map(Caller::id)
                .orElseThrow(() -> new EJBAccessException("Not a citizen account"));
    }
}
