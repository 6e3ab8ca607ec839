package fr.portailfamille.account;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.account.SubscriptionOutcome.Linked;
import fr.portailfamille.account.SubscriptionOutcome.LinkedAlready;
import fr.portailfamille.account.SubscriptionOutcome.SentToTown;
import fr.portailfamille.account.SubscriptionOutcome.Throttled;
import fr.portailfamille.account.SubscriptionOutcome.UnknownCode;
import fr.portailfamille.container.TestCaller;
import fr.portailfamille.container.TestTowns;
import fr.portailfamille.family.Child;
import fr.portailfamille.family.MyFamilies;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A code abonné opens a family to whoever proves to belong to it, and to nobody else. */
@Tag("container")
@Tag("P4")
@ExtendWith(ArquillianExtension.class)
class SubscriptionIT {

    private static final LocalDate ANOTHER_DAY = LocalDate.of(2017, 9, 22);

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @EJB
    private MySubscriptions subscriptions;

    @EJB
    private MyFamilies families;

    private int town;
    private Household household;

    @BeforeEach
    void openTown() throws Exception {
        town = TestTowns.open();
        household = onOwner(connection -> Household.in(connection, town));
    }

    @Test
    void an_address_that_enfance_knows_is_proof_enough_and_the_other_parent_is_told() throws Exception {
        long account = account(household.mother().toUpperCase(java.util.Locale.ROOT));

        assertThat(subscribe(account, household.code(), null)).isEqualTo(new Linked("MARTIN"));

        assertThat(children(account)).extracting(Child::firstName).containsExactly("Léa");
        assertThat(column("select recipient from app.notice where town_id = ? and template = 'NEW_SUBSCRIBER'"))
                .containsExactly(household.father());
    }

    @Test
    void so_is_the_birth_date_of_a_child() throws Exception {
        long account = account("tante@famille.example");

        assertThat(subscribe(account, household.code(), Household.CHILD_BORN)).isEqualTo(new Linked("MARTIN"));
        assertThat(subscribe(account, household.code(), null)).isEqualTo(new LinkedAlready("MARTIN"));
        assertThat(column("select recipient from app.notice where town_id = ? and template = 'NEW_SUBSCRIBER'"))
                .containsExactlyInAnyOrder(household.mother(), household.father());
    }

    @Test
    void the_code_alone_opens_nothing_and_the_town_decides() throws Exception {
        long account = account("inconnue@famille.example");

        SubscriptionOutcome first = subscribe(account, household.code(), null);
        SubscriptionOutcome wrongDate = subscribe(account, household.code(), ANOTHER_DAY);

        assertThat(first).isInstanceOf(SentToTown.class).isEqualTo(wrongDate);
        assertThat(children(account)).isEmpty();
        assertThat(column("select type || ' ' || state || ' ' || comment from app.request where town_id = ?"))
                .containsExactly("SUBSCRIPTION IN_PROGRESS " + household.code());
    }

    @Test
    void the_sixth_try_of_a_day_is_refused_even_with_everything_right() throws Exception {
        long account = account(household.mother());
        for (int i = 0; i < 5; i++) {
            assertThat(subscribe(account, "BL-UNKNOWN" + i, null)).isEqualTo(new UnknownCode());
        }

        assertThat(subscribe(account, household.code(), null)).isEqualTo(new Throttled());
        assertThat(children(account)).isEmpty();
    }

    @Test
    void a_code_of_another_town_is_unknown_here() throws Exception {
        int elsewhere = TestTowns.open();
        Household stranger = onOwner(connection -> Household.in(connection, elsewhere));
        long account = account(stranger.mother());

        assertThat(subscribe(account, stranger.code(), Household.CHILD_BORN)).isEqualTo(new UnknownCode());
    }

    @Test
    void a_subscription_that_ended_closes_the_family_again() throws Exception {
        long account = account(household.mother());
        subscribe(account, household.code(), null);

        execute("update app.subscription set ended_at = '2026-11-01' where town_id = ?");

        assertThat(children(account)).isEmpty();
        assertThat(TestCaller.family(town, account).call(subscriptions::list)).isEmpty();
    }

    @Test
    void a_child_whose_membership_gives_no_access_is_not_shown() throws Exception {
        long account = account(household.mother());
        subscribe(account, household.code(), null);

        execute("update app.membership set access = 'NONE' where town_id = ? and role = 'CHILD'");

        assertThat(children(account)).isEmpty();
    }

    private long account(String email) throws Exception {
        return onOwner(connection -> Household.account(connection, town, email));
    }

    private SubscriptionOutcome subscribe(long account, String code, LocalDate born) throws Exception {
        return TestCaller.family(town, account)
                .call(() ->
                        subscriptions.subscribe(SubscriptionCode.of(code).orElseThrow(), Optional.ofNullable(born)));
    }

    private List<Child> children(long account) throws Exception {
        return TestCaller.family(town, account).call(families::children);
    }

    private interface Work<R> {
        R on(Connection connection) throws SQLException;
    }

    private <R> R onOwner(Work<R> work) throws SQLException {
        try (Connection connection = owner.getConnection()) {
            return work.on(connection);
        }
    }

    private void execute(String sql) throws SQLException {
        onOwner(connection -> {
            Household.run(connection, sql, town);
            return null;
        });
    }

    private List<String> column(String sql) throws SQLException {
        return onOwner(connection -> {
            List<String> values = new java.util.ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, town);
                ResultSet rows = statement.executeQuery();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        });
    }
}
