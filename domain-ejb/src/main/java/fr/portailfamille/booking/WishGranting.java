package fr.portailfamille.booking;

import fr.portailfamille.activity.Catalogue;
import fr.portailfamille.activity.Catalogue.AbsenceReason;
import fr.portailfamille.booking.ChildRights.Registration;
import fr.portailfamille.request.LineAction;
import fr.portailfamille.request.NewLine;
import fr.portailfamille.request.NewRequest;
import fr.portailfamille.request.RequestOrigin;
import fr.portailfamille.request.RequestType;
import fr.portailfamille.request.Submissions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Grants or refuses wishes: looks first without a lock, then takes the locks and looks again, then writes. */
@ApplicationScoped
class WishGranting {

    @Inject
    private Bookings bookings;

    @Inject
    private Submissions submissions;

    @Inject
    private WaitingLists waitingLists;

    /** What one account asks for in one go. */
    record Submission(long account, UUID key, Instant shownAt, Instant now, ZoneId zone, List<Wish> wishes) {}

    /** Only of children that the account sees: the locks of others are not its to take. */
    void lockChildren(List<Wish> wishes, List<ChildRights> children) {
        Set<Long> seen = children.stream().map(ChildRights::id).collect(Collectors.toSet());
        TreeSet<Long> wanted = new TreeSet<>();
        wishes.forEach(wish -> wanted.add(wish.cell().child()));
        wanted.retainAll(seen);
        if (!wanted.isEmpty()) {
            bookings.lockChildren(wanted);
        }
    }

    /**
     * Most of those who come too late for the last place learn it from the look without a lock and hold nobody up: they are
     * refused or wait, and need no place.
     *
     * @param reload the same sheet with bookings and counters as they stand under the locks
     */
    Answer grant(Submission submission, BookingSheet seen, Function<Catalogue, BookingSheet> reload) {
        Map<Wish, Verdict> first = judge(submission, seen, Map.of());
        if (submission.wishes().size() == 1) {
            Wish only = submission.wishes().get(0);
            Optional<Refusal> refusal = Objects.requireNonNull(first.get(only)).refusal();
            if (refusal.isPresent() && !cameSinceShown(only, refusal.get(), submission, seen)) {
                return new Answer(Optional.empty(), List.of(refused(refusal.get(), submission.zone())));
            }
        }
        List<CellId> moving = first.entrySet().stream()
                .filter(entry -> entry.getValue().movesPlaces())
                .map(entry -> entry.getKey().cell())
                .toList();
        Map<CellId, Booking> rows = bookings.lock(rowsToTouch(first), submission.now());
        if (moving.isEmpty()) {
            return write(submission, seen, first, rows);
        }
        bookings.lockPlaces(moving);
        BookingSheet locked = reload.apply(seen.catalogue());
        return write(submission, locked, judge(submission, locked, first), rows);
    }

    /** Cells of this family that are granted or wait, or whose refusal shows in the planning. */
    private static TreeSet<CellId> rowsToTouch(Map<Wish, Verdict> judged) {
        return judged.entrySet().stream()
                .filter(entry -> entry.getValue()
                        .refusal()
                        .map(refusal -> marks(entry.getKey(), refusal))
                        .orElse(true))
                .map(entry -> entry.getKey().cell())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean marks(Wish wish, Refusal refusal) {
        return wish.action() == LineAction.BOOK && refusal.code().comesWithTime();
    }

    private static boolean cameSinceShown(Wish wish, Refusal refusal, Submission submission, BookingSheet sheet) {
        return refusal.code().comesWithTime() && !sheet.refusedBy(wish.cell(), wish.action(), submission.shownAt());
    }

    /**
     * One after the other: what an earlier wish takes, a later one does not find.
     *
     * @param before the verdicts of the first look: who was refused then stays so, and who waits has no place
     */
    private static Map<Wish, Verdict> judge(Submission submission, BookingSheet sheet, Map<Wish, Verdict> before) {
        Map<Wish, Verdict> judged = new LinkedHashMap<>();
        Set<CellId> asked = new HashSet<>();
        Map<CellId, BookingState> undo = new LinkedHashMap<>();
        for (Wish wish : submission.wishes()) {
            CellId cell = wish.cell();
            Verdict earlier = before.get(wish);
            Verdict verdict = earlier != null && earlier.isRefused() ? earlier : verdict(wish, sheet, asked, earlier);
            judged.put(wish, verdict);
            if (!verdict.isRefused()) {
                undo.put(cell, sheet.held(cell).state());
                sheet.assume(cell, verdict.state());
            }
        }
        undo.forEach(sheet::assume);
        return judged;
    }

    private static Verdict verdict(Wish wish, BookingSheet sheet, Set<CellId> asked, @Nullable Verdict earlier) {
        CellId cell = wish.cell();
        if (!sheet.knows(cell)) {
            return Verdict.refused(Refusal.of(Refusal.Code.NOT_REGISTERED));
        }
        if (!asked.add(cell)) {
            return Verdict.refused(Refusal.of(Refusal.Code.ALREADY_ASKED));
        }
        return sheet.refusal(cell, wish.action())
                .map(Verdict::refused)
                .orElseGet(() -> earlier != null && earlier.waits() ? earlier : Verdict.granted(next(wish, sheet)));
    }

    private static BookingState next(Wish wish, BookingSheet sheet) {
        boolean atOnce = sheet.offer(wish.cell()).decidedAtOnce();
        if (wish.action() == LineAction.CANCEL) {
            return atOnce ? BookingState.ABSENT : BookingState.ABSENCE_PENDING;
        }
        if (sheet.waits(wish.cell())) {
            return BookingState.WAITLISTED;
        }
        return atOnce ? BookingState.BOOKED : BookingState.BOOKING_PENDING;
    }

    private Answer write(
            Submission submission, BookingSheet sheet, Map<Wish, Verdict> judged, Map<CellId, Booking> rows) {
        Map<Wish, Decision> decisions = new LinkedHashMap<>();
        List<Wish> kept = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        List<NewLine.Booking> lines = new ArrayList<>();
        judged.forEach((wish, found) -> {
            Verdict verdict = found.isRefused() ? found : move(wish, found, sheet, rows);
            Decision decision = decision(verdict, submission.zone());
            decisions.put(wish, decision);
            if (sheet.knows(wish.cell())) {
                kept.add(wish);
                verdicts.add(verdict);
                lines.add(line(wish, decision, sheet));
            }
        });
        if (lines.isEmpty()) {
            return new Answer(Optional.empty(), List.copyOf(decisions.values()));
        }
        Submissions.Written written = submissions.submit(
                new NewRequest(
                        submission.key(),
                        submission.account(),
                        actingFamily(kept, sheet),
                        type(kept),
                        RequestOrigin.FAMILY,
                        submission.now(),
                        lines),
                id -> {
                    for (int i = 0; i < kept.size(); i++) {
                        CellId cell = kept.get(i).cell();
                        Booking row = rows.get(cell);
                        if (row != null) {
                            Booking.Origin origin = new Booking.Origin(id, i + 1, owner(cell, sheet), submission.now());
                            apply(row, kept.get(i), verdicts.get(i), lines.get(i), origin);
                        }
                    }
                    bookings.flush();
                });
        if (verdicts.stream().anyMatch(Verdict::waits)) {
            List<Submissions.Standing> standings = submissions.standings(written.id());
            for (int i = 0; i < kept.size(); i++) {
                if (verdicts.get(i).waits()) {
                    decisions.put(
                            kept.get(i),
                            new Decision.Waitlisted(standings.get(i).rank()));
                }
            }
        }
        note(kept, verdicts, sheet, submission.now());
        return new Answer(Optional.of(written.ref()), List.copyOf(decisions.values()));
    }

    /** At the very end: until this has committed, nobody else of the town notes anything of these days. */
    private void note(List<Wish> wishes, List<Verdict> verdicts, BookingSheet sheet, Instant now) {
        TreeMap<LocalDate, Instant> joined = new TreeMap<>();
        TreeSet<LocalDate> freed = new TreeSet<>();
        for (int i = 0; i < wishes.size(); i++) {
            CellId cell = wishes.get(i).cell();
            LocalDate day = cell.day();
            if (verdicts.get(i).waits()) {
                joined.merge(day, sheet.nextLook(cell), (one, other) -> one.isBefore(other) ? one : other);
            } else if (verdicts.get(i).next() == BookingState.ABSENT) {
                freed.add(day);
            }
        }
        if (!joined.isEmpty()) {
            waitingLists.joined(joined, now);
        }
        if (!freed.isEmpty()) {
            waitingLists.freed(freed, now);
        }
    }

    /** Takes or gives back the place; under the locks it is there, but the counter has the last word. */
    private Verdict move(Wish wish, Verdict granted, BookingSheet sheet, Map<CellId, Booking> rows) {
        CellId cell = wish.cell();
        boolean atOnce = sheet.offer(cell).decidedAtOnce();
        if (granted.waits()) {
            // Seen without a lock: an import may have booked it meanwhile.
            return Objects.requireNonNull(rows.get(cell)).state().free()
                    ? granted
                    : Verdict.refused(Refusal.of(Refusal.Code.ALREADY_ASKED));
        }
        if (wish.action() == LineAction.BOOK && !bookings.takePlace(cell)) {
            return atOnce ? Verdict.granted(BookingState.WAITLISTED) : Verdict.refused(Refusal.of(Refusal.Code.FULL));
        }
        if (wish.action() == LineAction.CANCEL && atOnce) {
            bookings.releasePlace(cell);
        }
        return granted;
    }

    private static Decision decision(Verdict verdict, ZoneId zone) {
        return verdict.refusal()
                .<Decision>map(reason -> refused(reason, zone))
                .orElseGet(() -> switch (verdict.state()) {
                    case BOOKED, ABSENT -> new Decision.Accepted();
                    case WAITLISTED -> new Decision.Waitlisted(Optional.empty());
                    default -> new Decision.Pending();
                });
    }

    private static NewLine.Booking line(Wish wish, Decision decision, BookingSheet sheet) {
        NewRequest.Decided decided = null;
        if (decision instanceof Decision.Accepted) {
            decided = NewRequest.Decided.ACCEPTED;
        } else if (decision instanceof Decision.Waitlisted) {
            decided = NewRequest.Decided.WAITLISTED;
        } else if (decision instanceof Decision.Refused refused) {
            decided = NewRequest.Decided.refused(refused.code(), refused.reason());
        }
        CellId cell = wish.cell();
        return new NewLine.Booking(
                wish.action(), cell.child(), cell.schedule(), cell.day(), known(wish.absenceCode(), sheet), decided);
    }

    /** A code that is not in the town's list says nothing. */
    private static @Nullable String known(@Nullable String absenceCode, BookingSheet sheet) {
        return sheet.catalogue().absenceReasons().stream()
                .map(AbsenceReason::code)
                .filter(code -> code.equals(absenceCode))
                .findFirst()
                .orElse(null);
    }

    private static void apply(Booking row, Wish wish, Verdict verdict, NewLine.Booking line, Booking.Origin origin) {
        if (verdict.isRefused()) {
            NewRequest.Decided refused = Objects.requireNonNull(line.decided());
            if (wish.action() == LineAction.BOOK && row.state().free()) {
                row.refuse(Objects.requireNonNull(refused.reason()), origin);
            }
            return;
        }
        switch (verdict.state()) {
            case BOOKED -> row.accept(origin);
            case BOOKING_PENDING -> row.ask(origin);
            case WAITLISTED -> row.queue(origin);
            case ABSENT -> row.acceptAbsence(origin);
            case ABSENCE_PENDING -> row.askAbsence(origin);
            default -> throw new IllegalStateException("Nobody asks for " + verdict.state());
        }
    }

    private static Decision.Refused refused(Refusal refusal, ZoneId zone) {
        return new Decision.Refused(refusal.code().name(), BookingWording.reason(refusal, zone));
    }

    private static RequestType type(List<Wish> wishes) {
        return wishes.stream().anyMatch(wish -> wish.action() == LineAction.BOOK)
                ? RequestType.BOOKING
                : RequestType.ABSENCE;
    }

    /** Lines of two families in one request are seen by the account alone. */
    private static @Nullable Long actingFamily(List<Wish> wishes, BookingSheet sheet) {
        Set<Long> families = wishes.stream()
                .flatMap(wish ->
                        sheet.child(wish.cell()).actingFamily(wish.cell().day()).stream())
                .collect(Collectors.toSet());
        return families.size() == 1 ? families.iterator().next() : null;
    }

    private static @Nullable Long owner(CellId cell, BookingSheet sheet) {
        return sheet.child(cell)
                .registration(cell.schedule(), cell.day())
                .map(Registration::family)
                .orElse(null);
    }

    boolean withdraw(CellId cell, BookingSheet sheet, Instant now) {
        if (!sheet.held(cell).state().withdrawable()
                || sheet.child(cell).standing(cell.day()) != Asked.Standing.MAY_ACT) {
            return false;
        }
        Booking row = Objects.requireNonNull(
                bookings.lock(new TreeSet<>(List.of(cell)), now).get(cell));
        Long request = row.requestId();
        Integer line = row.requestLine();
        if (!row.state().withdrawable() || request == null || line == null) {
            return false;
        }
        if (row.state() == BookingState.BOOKING_PENDING) {
            bookings.lockPlaces(List.of(cell));
            bookings.releasePlace(cell);
        }
        submissions.withdraw(request, line);
        if (row.state() == BookingState.BOOKING_PENDING) {
            waitingLists.freed(new TreeSet<>(List.of(cell.day())), now);
        }
        row.withdraw(now);
        return true;
    }
}
