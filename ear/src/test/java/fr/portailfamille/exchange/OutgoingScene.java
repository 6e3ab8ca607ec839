package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.activity.HolidayRegion;
import fr.portailfamille.activity.PublicHolidays;
import fr.portailfamille.booking.Answer;
import fr.portailfamille.booking.CellId;
import fr.portailfamille.booking.FamilyPlanning;
import fr.portailfamille.booking.PlanningBusyException;
import fr.portailfamille.booking.TestTown;
import fr.portailfamille.booking.Wish;
import fr.portailfamille.container.TestCaller;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A town with one activity that the business application decides and one that the portal does, and its key. */
final class OutgoingScene {

    private final FamilyPlanning planning;
    private final Clock clock;
    final TestTown town;
    final long decidedThere;
    final long decidedHere;

    OutgoingScene(FamilyPlanning planning, Clock clock, DataSource owner) throws Exception {
        this.planning = planning;
        this.clock = clock;
        town = TestTown.open(owner);
        decidedThere = town.schedule(town.activity("Mercredi", "BUSINESS"), null);
        decidedHere = town.schedule(town.activity("Cantine", "AUTOMATIC"), null);
    }

    /** A family with one child, registered to both. */
    final class Family {
        final long id = town.family();
        final long child = town.child(id);
        final TestTown.Parent parent = town.parent(id);
        private LocalDate last = LocalDate.now(clock).plusWeeks(2);

        Family() {
            town.register(child, id, decidedThere, decidedHere);
        }

        LocalDate nextDay() {
            last = last.plusDays(1);
            while (last.getDayOfWeek().getValue() > DayOfWeek.FRIDAY.getValue()
                    || PublicHolidays.of(HolidayRegion.METROPOLE).on(last).isPresent()) {
                last = last.plusDays(1);
            }
            return last;
        }

        CellId cell(long schedule) {
            return new CellId(child, schedule, nextDay());
        }

        /** The reference of the request. */
        String book(CellId... cells) throws Exception {
            return submit(Arrays.stream(cells).map(Wish::toBook).toArray(Wish[]::new));
        }

        String submit(Wish... wishes) throws Exception {
            UUID key = UUID.randomUUID();
            Answer answer = parent.caller()
                    .call(() -> again(() -> planning.submit(key, clock.instant(), Arrays.asList(wishes))));
            return answer.request().orElseThrow().value();
        }

        boolean withdraw(CellId cell) throws Exception {
            return parent.caller().call(() -> again(() -> planning.withdraw(cell)));
        }
    }

    /** Whoever is asked to try again does. */
    private static <R> R again(Supplier<R> act) {
        while (true) {
            try {
                return act.get();
            } catch (PlanningBusyException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    /** With a key of the town. */
    Puller puller() throws Exception {
        String key = TestCaller.named("x:" + town.id() + ":1", "SYSTEM")
                .call(() -> CDI.current().select(ExchangeKeys.class).get().create("essai"));
        return new Puller(System.getenv("PORTAIL_BASE_URL"), code(), key);
    }

    String code() {
        return town.texts("select code from town where id = ?").get(0);
    }

    String ref(String table, long id) {
        return town.texts("select ref from " + table + " where town_id = ? and id = ?", id)
                .get(0);
    }
}
