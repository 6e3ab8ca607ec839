package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.container.TestCaller;
import fr.portailfamille.container.TestTowns;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agents make and revoke exchange keys of their own town. */
@Tag("container")
@Tag("B7")
@ExtendWith(ArquillianExtension.class)
class ExchangeKeyIT {

    private static final String MENU = "MENU_CLES_D_ECHANGE";

    @Inject
    private ExchangeKeyDesk desk;

    @Inject
    private ExchangeSignIn signIn;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Test
    void a_key_opens_until_it_is_revoked_and_tells_who_made_and_revoked_it() throws Exception {
        int town = TestTowns.open();
        TestCaller claire = agent(town, 1, "Claire", "MARTIN");
        TestCaller paul = agent(town, 2, null, null);
        NewKey.Made made = (NewKey.Made) claire.call(() -> desk.make("  Enfance, production "));
        assertThat(made.name()).isEqualTo("Enfance, production");
        assertThat(made.toString()).doesNotContain(made.key());
        assertThat(signIn.identify(made.key()).orElseThrow().town()).isEqualTo(town);

        assertThat(paul.call(() -> desk.revoke(made.id()))).isTrue();
        assertThat(signIn.identify(made.key())).isEmpty();
        assertThat(claire.call(() -> desk.revoke(made.id())))
                .as("the second is told")
                .isFalse();

        KeyRow row = claire.call(() -> desk.find(made.id())).orElseThrow();
        assertThat(row.state()).isEqualTo(KeyState.REVOKED);
        assertThat(row.madeBy()).isEqualTo("Claire MARTIN");
        assertThat(row.revokedBy()).isEqualTo("agent2@essai.example");
        assertThat(row.usedAt()).isNotNull();
    }

    @Test
    void nothing_that_is_kept_gives_the_key_back() throws Exception {
        int town = TestTowns.open();
        NewKey.Made made = (NewKey.Made) agent(town, 1, "Claire", "MARTIN").call(() -> desk.make("essai"));
        try (Connection connection = owner.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select k::text from app.exchange_key k where town_id = ?")) {
            query.setInt(1, town);
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1))
                        .doesNotContain(made.key())
                        .doesNotContain(made.key().substring(4));
            }
        }
    }

    @Test
    void two_keys_that_open_never_bear_one_name() throws Exception {
        int town = TestTowns.open();
        TestCaller claire = agent(town, 1, "Claire", "MARTIN");
        NewKey.Made first = (NewKey.Made) claire.call(() -> desk.make("Enfance"));
        assertThat(claire.call(() -> desk.make("ENFANCE"))).isInstanceOf(NewKey.NameTaken.class);
        claire.call(() -> desk.revoke(first.id()));
        assertThat(claire.call(() -> desk.make("Enfance"))).isInstanceOf(NewKey.Made.class);
        for (String bad : List.of("  ", "x".repeat(101))) {
            assertThatThrownBy(() -> claire.call(() -> desk.make(bad)))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keys_of_another_town_are_neither_seen_nor_revoked() throws Exception {
        int here = TestTowns.open();
        int there = TestTowns.open();
        NewKey.Made theirs = (NewKey.Made) agent(there, 1, "Claire", "MARTIN").call(() -> desk.make("Enfance"));
        TestCaller paul = agent(here, 1, "Paul", "DURAND");

        assertThat(paul.call(() -> desk.find(theirs.id()))).isEmpty();
        assertThat(paul.call(() -> desk.page(KeySort.NAME, true, 0, 10)).total())
                .isZero();
        assertThat(paul.call(() -> desk.revoke(theirs.id()))).isFalse();
        assertThat(signIn.identify(theirs.key())).isPresent();
    }

    private TestCaller agent(int town, long id, String firstName, String lastName) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into app.agent (town_id, id, email,"
                                + " email_key, first_name, last_name, state, created_at) values (?, ?, ?, ?, ?, ?, 'INVITED', now())")) {
            String email = "agent" + id + "@essai.example";
            insert.setInt(1, town);
            insert.setLong(2, id);
            insert.setString(3, email);
            insert.setString(4, email);
            insert.setString(5, firstName);
            insert.setString(6, lastName);
            insert.executeUpdate();
        }
        return TestCaller.agent(town, id, MENU);
    }
}
