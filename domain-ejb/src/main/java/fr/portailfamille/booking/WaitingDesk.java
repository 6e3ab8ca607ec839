package fr.portailfamille.booking;

import fr.portailfamille.activity.ActivityReads;
import fr.portailfamille.activity.Catalogue;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.request.Decisions;
import fr.portailfamille.request.LineDecision;
import fr.portailfamille.town.TownDirectory;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Serves those who wait on a day of a town: places that have come free go to the first whom the rules allow, and who has
 * waited until the deadline in vain is told so.
 */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class WaitingDesk {

    /** So that families who want a place on that day do not wait long. */
    private static final int AT_ONCE = 100;

    private static final Duration SOON = Duration.ofSeconds(10);

    /** What may have changed without anybody asking for a look. */
    private static final Duration LATEST = Duration.ofHours(1);

    @Inject
    private WaitingLists lists;

    @Inject
    private Household household;

    @Inject
    private ActivityReads activities;

    @Inject
    private Bookings bookings;

    @Inject
    private Decisions decisions;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private Clock clock;

    /**
     * What came of a look.
     *
     * @param moved how many wait no more; if any, there may be others whose turn it is
     * @param next when to look again, whatever happens; empty where the day is over and nobody waits
     */
    public record Look(int moved, Optional<Instant> next) {}

    /** Looks first without a lock, then takes the locks of the few whose turn it is, in the order of families, and looks again. */
    public Look serve(LocalDate day) {
        Instant now = clock.instant();
        List<Waiting> waiting = lists.on(day);
        if (waiting.isEmpty()) {
            // Somebody may join whose transaction has not committed yet, and who has seen the day listed.
            return new Look(0, today(now).isAfter(day) ? Optional.empty() : Optional.of(now.plus(LATEST)));
        }
        Catalogue catalogue = activities.catalogue(schedules(waiting), children(waiting), day, day);
        Served seen = Served.of(waiting, sheet(waiting, catalogue, day, now));
        List<Waiting> moving = seen.moving(AT_ONCE);
        if (moving.isEmpty()) {
            Instant latest = now.plus(LATEST);
            // At the last instant itself it is not yet too late.
            return new Look(
                    0,
                    Optional.of(seen.next()
                            .map(chance -> chance.plusMillis(1))
                            .filter(latest::isAfter)
                            .orElse(latest)));
        }
        return new Look(move(moving, catalogue, day, now), Optional.of(now.plus(SOON)));
    }

    private int move(List<Waiting> moving, Catalogue catalogue, LocalDate day, Instant now) {
        bookings.waitAtMostTwoSeconds();
        bookings.lockChildren(new TreeSet<>(children(moving)));
        Map<CellId, Booking> rows =
                bookings.lock(moving.stream().map(Waiting::cell).collect(Collectors.toCollection(TreeSet::new)), now);
        bookings.lockPlaces(moving.stream().map(Waiting::cell).toList());
        List<Waiting> still = moving.stream()
                .filter(each -> row(rows, each).waitsFor(each.request(), each.line()))
                .sorted(Comparator.comparing(Waiting::since)
                        .thenComparingLong(Waiting::request)
                        .thenComparingInt(Waiting::line))
                .toList();
        Served served = Served.of(still, sheet(moving, catalogue, day, now));
        List<LineDecision> made = new ArrayList<>();
        for (Waiting each : served.booked()) {
            if (bookings.takePlace(each.cell())) {
                row(rows, each).serve(now);
                made.add(LineDecision.accepted(each.request(), each.line()));
            }
        }
        for (Waiting each : served.over()) {
            String reason = BookingWording.waitedInVain();
            row(rows, each).giveUp(reason, now);
            made.add(LineDecision.refused(each.request(), each.line(), Refusal.Code.FULL.name(), reason));
        }
        bookings.flush();
        decisions.recordOurs(made);
        return made.size();
    }

    private static Booking row(Map<CellId, Booking> rows, Waiting waiting) {
        return Objects.requireNonNull(rows.get(waiting.cell()));
    }

    private BookingSheet sheet(List<Waiting> waiting, Catalogue catalogue, LocalDate day, Instant now) {
        Set<Long> children = children(waiting);
        return new BookingSheet(
                household.registered(children, day),
                catalogue,
                bookings.readPlain(children, catalogue.counterIds(), day, day),
                now,
                zone());
    }

    private ZoneId zone() {
        return towns.byId(town.id()).orElseThrow().zone();
    }

    private LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, zone());
    }

    private static Set<Long> children(List<Waiting> waiting) {
        return waiting.stream().map(each -> each.cell().child()).collect(Collectors.toSet());
    }

    private static Set<Long> schedules(List<Waiting> waiting) {
        return waiting.stream().map(each -> each.cell().schedule()).collect(Collectors.toSet());
    }
}
