package fr.portailfamille.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.portailfamille.booking.ExceededDays.Criteria;
import fr.portailfamille.booking.ExceededDays.Sort;
import fr.portailfamille.container.TestCaller;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which days agents are shown as having more bookings than places. */
@Tag("container")
@Tag("B5")
@ExtendWith(ArquillianExtension.class)
class ExceededDaysIT {

    @EJB
    private ExceededDays exceeded;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Inject
    private Clock clock;

    private TestTown town;
    private long lunch;
    private long morning;
    private long mornings;

    /** From yesterday to the day after tomorrow: full, exceeded, without a limit. */
    private void fill() throws Exception {
        town = TestTown.open(owner);
        lunch = town.schedule(town.activity("Cantine", "AUTOMATIC"), 20);
        morning = town.schedule(town.activity("Accueil du matin", "AUTOMATIC"), null);
        mornings = town.pool(3, morning);
        town.taken(lunch, day(-1), 30, 20);
        town.taken(lunch, day(0), 21, 20);
        town.taken(lunch, day(1), 20, 20);
        town.taken(lunch, day(2), 25, 20);
        town.taken(morning, day(2), 9, null);
        town.taken(mornings, day(2), 9, 3);
    }

    @Test
    void days_from_today_on_with_more_bookings_than_places_of_a_schedule_or_a_pool() throws Exception {
        fill();

        List<ExceededDay> days = list(Criteria.ALL, Sort.DAY, true);

        assertThat(days)
                .extracting(ExceededDay::counter, ExceededDay::day, ExceededDay::excess)
                .containsExactly(tuple(lunch, day(0), 1), tuple(lunch, day(2), 5), tuple(mornings, day(2), 6));
        assertThat(days.get(0)).satisfies(first -> {
            assertThat(first.shared()).isFalse();
            assertThat(first.name()).isEqualTo("Cantine");
            assertThat(first.facility()).isEqualTo("École Lux");
            assertThat(first.start()).hasToString("12:00");
            assertThat(first.places()).isEqualTo(20);
            assertThat(first.taken()).isEqualTo(21);
        });
        assertThat(days.get(2)).satisfies(pool -> {
            assertThat(pool.shared()).isTrue();
            assertThat(pool.name()).isEqualTo("Places");
            assertThat(pool.facility()).isEqualTo("École Lux");
            assertThat(pool.activities()).isEqualTo("Accueil du matin");
        });
        assertThat(call(() -> exceeded.count())).as("days, not counters").isEqualTo(2);
    }

    @Test
    void they_are_narrowed_by_days_facility_and_activity_and_sorted_by_each_column() throws Exception {
        fill();

        assertThat(list(new Criteria(day(-7), null, null, null), Sort.DAY, true))
                .extracting(ExceededDay::day)
                .startsWith(day(-1))
                .hasSize(4);
        assertThat(list(new Criteria(null, day(1), null, null), Sort.DAY, true))
                .extracting(ExceededDay::day)
                .containsExactly(day(0));
        assertThat(list(new Criteria(null, null, "LUX", null), Sort.DAY, true)).hasSize(3);
        assertThat(list(new Criteria(null, null, "tilleuls", null), Sort.DAY, true))
                .isEmpty();
        assertThat(list(new Criteria(null, null, null, "du matin"), Sort.DAY, true))
                .as("an activity that shares places")
                .extracting(ExceededDay::counter)
                .containsExactly(mornings);
        assertThat(list(new Criteria(null, null, null, "places"), Sort.DAY, true))
                .extracting(ExceededDay::counter)
                .containsExactly(mornings);
        for (Sort sort : Sort.values()) {
            assertThat(list(Criteria.ALL, sort, true)).as(sort.name()).hasSize(3);
        }
        assertThat(list(Criteria.ALL, Sort.EXCESS, false))
                .extracting(ExceededDay::excess)
                .containsExactly(6, 5, 1);
        assertThat(list(Criteria.ALL, Sort.ACTIVITY, false))
                .extracting(ExceededDay::name)
                .containsExactly("Places", "Cantine", "Cantine");
    }

    @Test
    void what_is_archived_is_not_listed() throws Exception {
        fill();

        town.write("update schedule set archived_at = '2026-01-01' where town_id = ? and id = ?", lunch);

        assertThat(list(Criteria.ALL, Sort.DAY, true))
                .extracting(ExceededDay::counter)
                .containsExactly(mornings);
        assertThat(call(() -> exceeded.count())).isEqualTo(1);
    }

    @Test
    void another_town_sees_nothing_of_them() throws Exception {
        fill();
        TestTown other = TestTown.open(owner);

        TestCaller agent = TestCaller.agent(other.id(), 1, "MENU_PLACES");

        assertThat(agent.call(() -> exceeded.find(Criteria.ALL, Sort.DAY, true, 0, 25))
                        .total())
                .isZero();
        assertThat(agent.call(() -> exceeded.count())).isZero();
    }

    private LocalDate day(int fromToday) {
        return LocalDate.now(clock).plusDays(fromToday);
    }

    private List<ExceededDay> list(Criteria criteria, Sort sort, boolean ascending) throws Exception {
        var page = call(() -> exceeded.find(criteria, sort, ascending, 0, 25));
        assertThat(page.total()).isEqualTo(page.rows().size());
        return page.rows();
    }

    private <R> R call(Callable<R> asked) throws Exception {
        return TestCaller.agent(town.id(), 1, "MENU_PLACES").call(asked);
    }
}
