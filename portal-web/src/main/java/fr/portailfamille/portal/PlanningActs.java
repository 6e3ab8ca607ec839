package fr.portailfamille.portal;

import fr.portailfamille.booking.Answer;
import fr.portailfamille.booking.BookingState;
import fr.portailfamille.booking.CellId;
import fr.portailfamille.booking.Decision;
import fr.portailfamille.booking.FamilyPlanning;
import fr.portailfamille.booking.PlanningBusyException;
import fr.portailfamille.booking.Week;
import fr.portailfamille.booking.Wish;
import fr.portailfamille.request.LineAction;
import fr.portailfamille.web.TownContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is confirmed in the planning's sheet: one act for one or several cells. Answers with a sentence and with the cells
 * of the days concerned, which the page puts in place of the old ones.
 */
@Named
@RequestScoped
public class PlanningActs {

    @Inject
    private FamilyPlanning planning;

    @Inject
    private TownContext town;

    @Inject
    private Clock clock;

    private String cells;
    private String act;
    private String absence;
    private String key;
    private String shownAt;

    private String outcome = "";
    private String said = "";
    private List<PlanningCells.Cell> changed = List.of();

    public void send() {
        List<CellId> wanted = Arrays.stream(cells == null ? new String[0] : cells.split(","))
                .flatMap(text -> CellId.of(text).stream())
                .toList();
        Optional<UUID> submission = uuid(key);
        Instant seen = instant(shownAt);
        if (wanted.isEmpty() || wanted.size() > FamilyPlanning.MOST_WISHES || submission.isEmpty() || seen == null) {
            tell("stale", PlanningWording.say("said.STALE"));
            return;
        }
        try {
            if (PlanningCells.WITHDRAW.equals(act)) {
                withdraw(wanted.get(0));
            } else {
                ask(submission.get(), seen, wanted);
            }
            show(wanted);
        } catch (PlanningBusyException e) {
            tell("busy", PlanningWording.say("said.BUSY"));
        }
    }

    private void withdraw(CellId cell) {
        boolean withdrawn = planning.withdraw(cell);
        String name = name(planning.week(cell.day()), cell);
        tell(
                withdrawn ? "done" : "refused",
                withdrawn ? PlanningWording.say("said.WITHDRAWN", name) : PlanningWording.say("said.GONE"));
    }

    private void ask(UUID submission, Instant seen, List<CellId> wanted) {
        LineAction action = LineAction.CANCEL.name().equals(act) ? LineAction.CANCEL : LineAction.BOOK;
        List<Wish> wishes = wanted.stream()
                .map(cell -> new Wish(cell, action, action == LineAction.CANCEL ? absence : null))
                .toList();
        Answer answer = planning.submit(submission, seen, wishes);
        if (wanted.size() == 1) {
            tellOne(action, wanted.get(0), answer.decisions().get(0));
        } else {
            tellMany(answer.decisions());
        }
    }

    private void tellOne(LineAction action, CellId cell, Decision decision) {
        String name = name(planning.week(cell.day()), cell);
        boolean booking = action == LineAction.BOOK;
        if (decision instanceof Decision.Refused refused) {
            tell("refused", PlanningWording.say("said.REFUSED", name, refused.reason()));
        } else if (decision instanceof Decision.Pending) {
            tell("done", said(booking ? BookingState.BOOKING_PENDING : BookingState.ABSENCE_PENDING, name));
        } else if (decision instanceof Decision.Waitlisted waits) {
            tell(
                    "done",
                    waits.rank()
                            .map(rank -> PlanningWording.say("said.WAITLISTED.rank", name, rank))
                            .orElseGet(() -> said(BookingState.WAITLISTED, name)));
        } else if (decision instanceof Decision.Accepted) {
            tell("done", said(booking ? BookingState.BOOKED : BookingState.ABSENT, name));
        } else {
            tell("done", PlanningWording.say("said.WITHDRAWN", name));
        }
    }

    private static String said(BookingState state, String name) {
        return PlanningWording.say("said." + state.name(), name);
    }

    private void tellMany(List<Decision> decisions) {
        long accepted = count(decisions, Decision.Accepted.class);
        long pending = count(decisions, Decision.Pending.class);
        long waiting = count(decisions, Decision.Waitlisted.class);
        long refused = count(decisions, Decision.Refused.class);
        tell(
                accepted + pending + waiting == 0 ? "refused" : "done",
                PlanningWording.say("said.MANY", accepted, pending, refused, waiting)
                        .strip());
    }

    private static long count(List<Decision> decisions, Class<? extends Decision> kind) {
        return decisions.stream().filter(kind::isInstance).count();
    }

    private void show(List<CellId> wanted) {
        Set<LocalDate> days = wanted.stream().map(CellId::day).collect(Collectors.toCollection(TreeSet::new));
        PlanningCells cellsOf =
                new PlanningCells(new PlanningWording(town.getProfile().zone(), clock.instant()));
        List<PlanningCells.Cell> all = new ArrayList<>();
        LocalDate loadedUntil = LocalDate.MIN;
        for (LocalDate day : days) {
            if (day.isAfter(loadedUntil)) {
                Week week = planning.week(day);
                loadedUntil = week.monday().plusDays(6);
                all.addAll(cellsOf.ofDays(week, days));
            }
        }
        changed = all;
    }

    private static String name(Week week, CellId wanted) {
        for (Week.Child child : week.children()) {
            for (Week.Row row : child.rows()) {
                if (child.id() == wanted.child() && row.schedule() == wanted.schedule()) {
                    return child.firstName() + ", " + row.name() + ", " + PlanningWording.inFull(wanted.day());
                }
            }
        }
        return PlanningWording.inFull(wanted.day());
    }

    private void tell(String how, String sentence) {
        outcome = how;
        said = sentence;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    public String getOutcome() {
        return outcome;
    }

    public String getSaid() {
        return said;
    }

    public List<PlanningCells.Cell> getChanged() {
        return changed;
    }

    public String getCells() {
        return cells;
    }

    public void setCells(String cells) {
        this.cells = cells;
    }

    public String getAct() {
        return act;
    }

    public void setAct(String act) {
        this.act = act;
    }

    public String getAbsence() {
        return absence;
    }

    public void setAbsence(String absence) {
        this.absence = absence;
    }

    public String getKey() {
        return key;
    }

    public void setKey(String key) {
        this.key = key;
    }

    public String getShownAt() {
        return shownAt;
    }

    public void setShownAt(String shownAt) {
        this.shownAt = shownAt;
    }
}
