package fr.portailfamille.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.container.TestCaller;
import fr.portailfamille.container.TestTowns;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("container")
@ExtendWith(ArquillianExtension.class)
class ChangeLogIT {

    private static final DateTimeFormatter PARTITION = DateTimeFormatter.ofPattern("'change_log_'yyyy_MM", Locale.ROOT);

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @EJB
    private ChangeLogMonths months;

    @Inject
    private Clock clock;

    private String partitionOf(int town, String at) {
        return Jdbi.create(owner).withHandle(handle -> {
            handle.execute(
                    "insert into change_log (town_id, at, actor, table_name, key, field) values (?, ?::timestamptz, 'test', 't', ?, 'f')",
                    town,
                    at,
                    at);
            return handle.createQuery("select tableoid::regclass::text from change_log where town_id = ? and key = ?")
                    .bind(0, town)
                    .bind(1, at)
                    .mapTo(String.class)
                    .one();
        });
    }

    private boolean provide(String day) {
        return Jdbi.create(owner)
                .withHandle(handle -> handle.createQuery("select provide_change_log(?::date)")
                        .bind(0, day)
                        .mapTo(boolean.class)
                        .one());
    }

    @Test
    void coming_months_have_a_partition_and_making_them_again_changes_nothing() throws Exception {
        int town = TestTowns.open();
        LocalDate later = YearMonth.now(clock).plusMonths(2).atDay(15);
        TestCaller system = TestCaller.named("system", "SYSTEM");
        system.call(months::provide);

        assertThat(system.<Integer>call(months::provide)).isZero();
        assertThat(partitionOf(town, later + " 12:00+01")).isEqualTo(PARTITION.format(later));
    }

    @Test
    void a_month_begins_and_ends_at_midnight_in_paris() throws Exception {
        int town = TestTowns.open();
        provide("2031-07-09");

        assertThat(partitionOf(town, "2031-06-30T21:59:59Z")).isEqualTo("change_log_default");
        assertThat(partitionOf(town, "2031-06-30T22:00:00Z")).isEqualTo("change_log_2031_07");
        assertThat(partitionOf(town, "2031-07-31T21:59:59Z")).isEqualTo("change_log_2031_07");
        assertThat(partitionOf(town, "2031-07-31T22:00:00Z")).isEqualTo("change_log_default");
    }

    @Test
    void lines_that_lie_in_the_default_partition_stay_there_and_are_found() throws Exception {
        int town = TestTowns.open();
        assertThat(partitionOf(town, "2032-05-04T12:00:00Z")).isEqualTo("change_log_default");

        assertThat(provide("2032-05-20")).isFalse();
        assertThat(partitionOf(town, "2032-05-05T12:00:00Z")).isEqualTo("change_log_default");
        assertThat(provide("2032-06-20")).isTrue();
    }

    @Test
    void the_application_can_neither_change_lines_nor_make_partitions_by_itself() throws Exception {
        int town = TestTowns.open();
        try (Connection connection = portal.getConnection()) {
            // Without a town the wall would refuse it, for another reason.
            assertThatThrownBy(() -> connection
                            .createStatement()
                            .execute("select set_config('portal.town', '" + town
                                    + "', true); update change_log set actor = 'me'"))
                    .hasMessageContaining("permission denied");
        }
        try (Connection connection = portal.getConnection()) {
            assertThatThrownBy(() -> connection
                            .createStatement()
                            .execute(
                                    "create table change_log_mine partition of change_log for values from ('2050-01-01')"
                                            + " to ('2050-02-01')"))
                    .isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> provide("1999-01-01")).hasMessageContaining("No month for a change log");
    }
}
