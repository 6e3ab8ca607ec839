package fr.portailfamille.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.account.BusinessAccountCriteria;
import fr.portailfamille.account.BusinessAccountRegister;
import fr.portailfamille.account.BusinessAccountSort;
import fr.portailfamille.account.CitizenAccountCriteria;
import fr.portailfamille.account.CitizenAccountRegister;
import fr.portailfamille.account.CitizenAccountSort;
import fr.portailfamille.booking.ExceededDays;
import fr.portailfamille.container.TestCaller;
import fr.portailfamille.container.TestTowns;
import fr.portailfamille.exchange.ExchangeKeyDesk;
import fr.portailfamille.exchange.KeySort;
import fr.portailfamille.exchange.ProcessingRuns;
import fr.portailfamille.exchange.RunCriteria;
import fr.portailfamille.exchange.RunSort;
import fr.portailfamille.family.IndividualCriteria;
import fr.portailfamille.family.IndividualRegister;
import fr.portailfamille.family.IndividualSort;
import fr.portailfamille.notice.NotificationDesk;
import fr.portailfamille.request.RequestCriteria;
import fr.portailfamille.request.RequestDesk;
import fr.portailfamille.request.RequestSort;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each menu is a role that its boundary asks for, and each register shows its own town only. */
@Tag("container")
@Tag("B1")
@ExtendWith(ArquillianExtension.class)
class MenuIT {

    @Inject
    private CitizenAccountRegister citizens;

    @Inject
    private BusinessAccountRegister businesses;

    @Inject
    private IndividualRegister individuals;

    @Inject
    private ExceededDays exceeded;

    @Inject
    private RequestDesk requests;

    @Inject
    private ProcessingRuns runs;

    @Inject
    private ExchangeKeyDesk keys;

    @Inject
    private NotificationDesk notifications;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    private Map<Menu, Callable<Long>> menus() {
        Map<Menu, Callable<Long>> menus = new EnumMap<>(Menu.class);
        menus.put(
                Menu.COMPTES_CITOYENS,
                () -> citizens.find(CitizenAccountCriteria.ALL, CitizenAccountSort.EMAIL, true, 0, 10)
                        .total());
        menus.put(
                Menu.COMPTES_METIERS,
                () -> businesses
                        .find(BusinessAccountCriteria.ALL, BusinessAccountSort.CODE, true, 0, 10)
                        .total());
        menus.put(
                Menu.INDIVIDUS,
                () -> individuals
                        .find(IndividualCriteria.ALL, IndividualSort.NAME, true, 0, 10)
                        .total());
        menus.put(
                Menu.PLACES,
                () -> exceeded.find(ExceededDays.Criteria.ALL, ExceededDays.Sort.DAY, true, 0, 10)
                                .total()
                        + exceeded.count());
        menus.put(
                Menu.DEMANDES,
                () -> requests.find(RequestCriteria.ALL, RequestSort.DATE, true, 0, 10)
                        .total());
        menus.put(
                Menu.ETAT_DES_TRAITEMENTS,
                () -> runs.page(RunCriteria.ALL, RunSort.STARTED, true, 0, 10).total());
        menus.put(
                Menu.CLES_D_ECHANGE, () -> keys.page(KeySort.NAME, true, 0, 10).total());
        menus.put(Menu.NOTIFICATIONS, () -> (long) notifications.undelivered().size());
        return menus;
    }

    @Test
    void each_menu_opens_its_own_boundary_and_no_other() throws Exception {
        int town = TestTowns.open();
        assertThat(menus()).hasSize(Menu.values().length);
        for (Menu held : Menu.values()) {
            TestCaller agent = TestCaller.agent(town, 1, held.role());
            for (Map.Entry<Menu, Callable<Long>> menu : menus().entrySet()) {
                if (menu.getKey() == held) {
                    assertThat(agent.call(menu.getValue())).as(held.name()).isZero();
                } else {
                    assertThatThrownBy(() -> agent.call(menu.getValue()))
                            .as(held + " opens " + menu.getKey())
                            .isInstanceOf(EJBAccessException.class);
                }
            }
        }
    }

    @Test
    void an_agent_without_menus_a_family_and_a_visitor_open_none() throws Exception {
        int town = TestTowns.open();
        for (Callable<Long> menu : menus().values()) {
            assertThatThrownBy(() -> TestCaller.agent(town, 1).call(menu)).isInstanceOf(EJBAccessException.class);
            assertThatThrownBy(() -> TestCaller.family(town, 1).call(menu)).isInstanceOf(EJBAccessException.class);
            assertThatThrownBy(menu::call).isInstanceOf(EJBAccessException.class);
        }
    }

    @Test
    @Tag("B5")
    void names_are_searched_without_accents_in_any_order_and_in_one_town_only() throws Exception {
        int here = TestTowns.open();
        int there = TestTowns.open();
        addPerson(here, 1, "LEFÈVRE", "Maëlys");
        addPerson(here, 2, "100%", "Œuvre");
        addPerson(there, 1, "LEFÈVRE", "Maëlys");

        assertThat(found(here, "maelys lefevre")).isEqualTo(1);
        assertThat(found(here, "fev ael")).isEqualTo(1);
        assertThat(found(here, "oeuvre")).isEqualTo(1);
        assertThat(found(here, "100%")).isEqualTo(1);
        assertThat(found(here, "1%0")).isZero();
        assertThat(found(here, "_efevre lefevre x")).isZero();
        assertThat(found(there, "oeuvre")).isZero();
        assertThat(found(there, "lefevre")).isEqualTo(1);
        // Nothing but blanks and signs is no search at all.
        assertThat(found(here, " % ")).isEqualTo(2);
    }

    @Test
    @Tag("B5")
    void the_search_function_answers_for_the_town_of_the_transaction_only() throws Exception {
        int here = TestTowns.open();
        int there = TestTowns.open();
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement bind = connection.prepareStatement("select set_config('portal.town', ?, true)")) {
                bind.setString(1, Integer.toString(here));
                bind.execute();
            }
            try (PreparedStatement search =
                    connection.prepareStatement("select count(*) from individuals_named(?, 'x')")) {
                search.setInt(1, there);
                assertThatThrownBy(search::executeQuery)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("from within town " + here);
            } finally {
                connection.rollback();
            }
        }
    }

    private long found(int town, String name) throws Exception {
        return TestCaller.agent(town, 1, Menu.INDIVIDUS.role())
                .call(() -> individuals
                        .find(new IndividualCriteria(name, null, null, null, null), IndividualSort.NAME, true, 0, 10)
                        .total());
    }

    private void addPerson(int town, long id, String lastName, String firstName) throws SQLException {
        update("insert into family (town_id, id, ref, name) values (?, ?, 'F' || ?, ?)", town, id, id, lastName);
        update(
                "insert into individual (town_id, id, ref, last_name, first_name, search_name)"
                        + " values (?, ?, 'P' || ?, ?, ?, search_text(? || ' ' || ?))",
                town,
                id,
                id,
                lastName,
                firstName,
                lastName,
                firstName);
        update(
                "insert into membership (town_id, id, family_id, individual_id, role) values (?, ?, ?, ?, 'CHILD')",
                town,
                id,
                id,
                id);
    }

    private void update(String sql, Object... values) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
