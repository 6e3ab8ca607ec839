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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
     * Most of those who come too late for the last place learn it from the look without a lock and hold nobody up.
     *
     * @param reload the same sheet with bookings and counters as they stand under the locks
     */
    Answer grant(Submission submission, BookingSheet seen, Function<Catalogue, BookingSheet> reload) {
        Map<Wish, Optional<Refusal>> first = judge(submission, seen);
        if (submission.wishes().size() == 1) {
            Wish only = submission.wishes().get(0);
            Optional<Refusal> refusal = Objects.requireNonNull(first.get(only));
            if (refusal.isPresent() && !cameSinceShown(only, refusal.get(), submission, seen)) {
                return new Answer(Optional.empty(), List.of(refused(refusal.get(), submission.zone())));
            }
        }
        List<Wish> possible = first.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        Map<CellId, Booking> rows = bookings.lock(rowsToTouch(first), submission.now());
        if (possible.isEmpty()) {
            return write(submission, seen, first, rows);
        }
        bookings.lockPlaces(possible.stream().map(Wish::cell).toList());
        BookingSheet locked = reload.apply(seen.catalogue());
        Map<Wish, Optional<Refusal>> second = judge(submission, locked);
        second.replaceAll((wish, refusal) -> {
            Optional<Refusal> before = Objects.requireNonNull(first.get(wish));
            return before.isPresent() ? before : refusal;
        });
        return write(submission, locked, second, rows);
    }

    /** Cells of this family that are granted, or whose refusal shows in the planning. */
    private static TreeSet<CellId> rowsToTouch(Map<Wish, Optional<Refusal>> judged) {
        return judged.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty()
                        || marks(entry.getKey(), entry.getValue().get()))
                .map(entry -> entry.getKey().cell())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean marks(Wish wish, Refusal refusal) {
        return wish.action() == LineAction.BOOK && refusal.code().comesWithTime();
    }

    private static boolean cameSinceShown(Wish wish, Refusal refusal, Submission submission, BookingSheet sheet) {
        return refusal.code().comesWithTime() && !sheet.refusedBy(wish.cell(), wish.action(), submission.shownAt());
    }

    /** One after the other: what an earlier wish takes, a later one does not find. */
    private static Map<Wish, Optional<Refusal>> judge(Submission submission, BookingSheet sheet) {
        Map<Wish, Optional<Refusal>> judged = new LinkedHashMap<>();
        Set<CellId> asked = new HashSet<>();
        Map<CellId, BookingState> undo = new LinkedHashMap<>();
        for (Wish wish : submission.wishes()) {
            CellId cell = wish.cell();
            if (!sheet.knows(cell)) {
                judged.put(wish, Optional.of(Refusal.of(Refusal.Code.NOT_REGISTERED)));
            } else if (!asked.add(cell)) {
                judged.put(wish, Optional.of(Refusal.of(Refusal.Code.ALREADY_ASKED)));
            } else {
                Optional<Refusal> refusal = sheet.refusal(cell, wish.action());
                judged.put(wish, refusal);
                if (refusal.isEmpty()) {
                    undo.put(cell, sheet.held(cell).state());
                    sheet.assume(cell, granted(wish, sheet));
                }
            }
        }
        undo.forEach(sheet::assume);
        return judged;
    }

    private static BookingState granted(Wish wish, BookingSheet sheet) {
        boolean atOnce = sheet.offer(wish.cell()).decidedAtOnce();
        if (wish.action() == LineAction.BOOK) {
            return atOnce ? BookingState.BOOKED : BookingState.BOOKING_PENDING;
        }
        return atOnce ? BookingState.ABSENT : BookingState.ABSENCE_PENDING;
    }

    private Answer write(
            Submission submission, BookingSheet sheet, Map<Wish, Optional<Refusal>> judged, Map<CellId, Booking> rows) {
        List<Wish> kept = new ArrayList<>();
        List<NewLine.Booking> lines = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>();
        judged.forEach((wish, refusal) -> {
            Optional<Refusal> outcome = refusal.isPresent() ? refusal : move(wish, sheet);
            Decision decision = outcome.<Decision>map(reason -> refused(reason, submission.zone()))
                    .orElseGet(() -> sheet.offer(wish.cell()).decidedAtOnce()
                            ? new Decision.Accepted()
                            : new Decision.Pending());
            decisions.add(decision);
            if (sheet.knows(wish.cell())) {
                kept.add(wish);
                lines.add(line(wish, decision, sheet));
            }
        });
        if (lines.isEmpty()) {
            return new Answer(Optional.empty(), decisions);
        }
        Submissions.Written written = submissions.submit(new NewRequest(
                submission.key(),
                submission.account(),
                actingFamily(kept, sheet),
                type(kept),
                RequestOrigin.FAMILY,
                submission.now(),
                lines));
        for (int i = 0; i < kept.size(); i++) {
            Wish wish = kept.get(i);
            Booking row = rows.get(wish.cell());
            if (row != null) {
                apply(
                        row,
                        wish,
                        lines.get(i),
                        new Booking.Origin(written.id(), i + 1, owner(wish.cell(), sheet), submission.now()));
            }
        }
        return new Answer(Optional.of(written.ref()), decisions);
    }

    /** Takes or gives back the place; under the locks it is there, but the counter has the last word. */
    private Optional<Refusal> move(Wish wish, BookingSheet sheet) {
        if (wish.action() == LineAction.BOOK) {
            return bookings.takePlace(wish.cell()) ? Optional.empty() : Optional.of(Refusal.of(Refusal.Code.FULL));
        }
        if (sheet.offer(wish.cell()).decidedAtOnce()) {
            bookings.releasePlace(wish.cell());
        }
        return Optional.empty();
    }

    private static NewLine.Booking line(Wish wish, Decision decision, BookingSheet sheet) {
        NewRequest.Decided decided = null;
        if (decision instanceof Decision.Accepted) {
            decided = NewRequest.Decided.ACCEPTED;
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

    private static void apply(Booking row, Wish wish, NewLine.Booking line, Booking.Origin origin) {
        NewRequest.Decided decided = line.decided();
        boolean booking = wish.action() == LineAction.BOOK;
        if (decided == null) {
            if (booking) {
                row.ask(origin);
            } else {
                row.askAbsence(origin);
            }
        } else if (decided.reason() == null) {
            if (booking) {
                row.accept(origin);
            } else {
                row.acceptAbsence(origin);
            }
        } else if (booking && row.state().free()) {
            row.refuse(decided.reason(), origin);
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
        if (!sheet.held(cell).state().pending() || sheet.child(cell).standing(cell.day()) != Asked.Standing.MAY_ACT) {
            return false;
        }
        Booking row = Objects.requireNonNull(
                bookings.lock(new TreeSet<>(List.of(cell)), now).get(cell));
        Long request = row.requestId();
        Integer line = row.requestLine();
        if (!row.state().pending() || request == null || line == null) {
            return false;
        }
        if (row.state() == BookingState.BOOKING_PENDING) {
            bookings.lockPlaces(List.of(cell));
            bookings.releasePlace(cell);
        }
        submissions.withdraw(request, line);
        row.withdraw(now);
        return true;
    }
}
