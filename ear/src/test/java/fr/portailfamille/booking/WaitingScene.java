package fr.portailfamille.booking;

import fr.portailfamille.booking.TestTown.Parent;
import fr.portailfamille.container.InstanceMails;
import fr.portailfamille.request.RequestRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Three families that want the same day of a canteen with few places. */
final class WaitingScene {

    private final FamilyPlanning planning;
    private final Clock clock;
    final TestTown town;
    final long activity;
    final long schedule;
    final LocalDate day;
    final Waiter first;
    final Waiter second;
    final Waiter third;

    /** A family with one child. */
    record Waiter(long family, long child, Parent parent, CellId cell) {}

    WaitingScene(FamilyPlanning planning, Clock clock, DataSource owner, int capacity) throws Exception {
        this.planning = planning;
        this.clock = clock;
        PlanningScene scene = new PlanningScene(planning, clock, owner, "AUTOMATIC", capacity);
        town = scene.town;
        activity = scene.activity;
        schedule = scene.schedule;
        day = scene.cell.day();
        first = new Waiter(scene.family, scene.child, scene.parent, scene.cell);
        second = waiter();
        third = waiter();
    }

    Waiter waiter() {
        long family = town.family();
        long child = town.child(family);
        town.register(child, family, schedule);
        return new Waiter(family, child, town.parent(family), new CellId(child, schedule, day));
    }

    Decision ask(Waiter waiter) throws Exception {
        return ask(waiter.parent(), waiter.cell());
    }

    Decision ask(Parent parent, CellId cell) throws Exception {
        return submit(parent, Wish.toBook(cell));
    }

    Decision cancel(Waiter waiter) throws Exception {
        return cancel(waiter.parent(), waiter.cell());
    }

    Decision cancel(Parent parent, CellId cell) throws Exception {
        return submit(parent, Wish.toCancel(cell, null));
    }

    private Decision submit(Parent parent, Wish wish) throws Exception {
        return parent.caller()
                .call(() -> planning.submit(UUID.randomUUID(), clock.instant(), List.of(wish)))
                .decisions()
                .get(0);
    }

    boolean withdraw(Waiter waiter) throws Exception {
        return waiter.parent().caller().call(() -> planning.withdraw(waiter.cell()));
    }

    Week.Cell cell(Waiter waiter) throws Exception {
        return waiter.parent()
                .caller()
                .call(() -> planning.week(day))
                .cell(waiter.cell())
                .orElseThrow();
    }

    BookingState state(Waiter waiter) throws Exception {
        return cell(waiter).state();
    }

    BookingState state(Parent parent, CellId cell) throws Exception {
        return parent.caller()
                .call(() -> planning.week(cell.day()))
                .cell(cell)
                .orElseThrow()
                .state();
    }

    /** What it has not seen yet. */
    int news(Waiter waiter) {
        return town.number(
                "select sum(unseen_events) from request where town_id = ? and account_id = ?",
                waiter.parent().account());
    }

    /** When the town's waiting lists are looked at next. */
    List<Instant> due() {
        return town
                .texts("select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from work_due"
                        + " where kind = 'WAITING' and town_id = ?")
                .stream()
                .map(Instant::parse)
                .toList();
    }

    void lookNow() {
        town.write("update work_due set due_at = '2026-01-01' where kind = 'WAITING' and town_id = ?");
    }

    RequestRef ref(Waiter waiter) {
        return new RequestRef(town.texts(
                        "select ref from request where town_id = ? and account_id = ? order by id limit 1",
                        waiter.parent().account())
                .get(0));
    }

    List<String> history(Waiter waiter) {
        return town.texts(
                "select e.kind from request_event e join request r on r.town_id = e.town_id and r.id = e.request_id"
                        + " where e.town_id = ? and r.account_id = ? order by e.id",
                waiter.parent().account());
    }

    /** The lines of what it asked to book. */
    List<String> lines(Waiter waiter) {
        return town.texts(
                "select concat_ws(' ', state, reason_code, reason) from request_line where town_id = ? and individual_id = ?"
                        + " and action = 'BOOK' order by request_id, line",
                waiter.child());
    }

    /** What the business application is told. */
    List<String> dispatched(Waiter waiter) {
        return town.texts(
                "select d.operation || ' ' || l.outcome from dispatch d join dispatch_line l on l.town_id = d.town_id"
                        + " and l.dispatch_id = d.id join request r on r.town_id = d.town_id and r.id = d.request_id"
                        + " where d.town_id = ? and r.account_id = ? order by d.id, l.line",
                waiter.parent().account());
    }

    /** The text of the first mail that it got. */
    String mail(Waiter waiter) {
        return mail(waiter, 1);
    }

    /** The text of a mail that it got, the first one being 1. */
    String mail(Waiter waiter, int number) {
        return InstanceMails.caught()
                .await("a" + waiter.parent().account() + "@famille.invalid", number, Duration.ofSeconds(30))
                .get(number - 1)
                .text();
    }

    /** Outcomes that its digests tell, or will. */
    List<String> decisions(Waiter waiter) {
        return town.texts(
                "select outcome from decision where town_id = ? and account_id = ? order by id",
                waiter.parent().account());
    }
}
