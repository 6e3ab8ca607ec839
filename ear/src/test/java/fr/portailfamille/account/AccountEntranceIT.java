package fr.portailfamille.account;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.account.AccountEntrance.NewPassword;
import fr.portailfamille.account.AccountEntrance.Registration;
import fr.portailfamille.account.AccountEntrance.SignIn;
import fr.portailfamille.common.Caller;
import fr.portailfamille.common.Email;
import fr.portailfamille.container.TestTowns;
import fr.portailfamille.credential.Passwords;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a visitor may do, and what no answer gives away. */
@Tag("container")
@Tag("P2")
@Tag("P3")
@ExtendWith(ArquillianExtension.class)
class AccountEntranceIT {

    private static final String PASSWORD = "Grenouille-Verte-42";
    private static final String MACHINE = "192.0.2.7";

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @EJB
    private AccountEntrance entrance;

    @Inject
    private Passwords passwords;

    @Inject
    private RobotCheck robots;

    private int town;

    @BeforeEach
    void openTown() throws Exception {
        town = TestTowns.open();
    }

    @Test
    void an_account_works_only_after_its_address_is_confirmed() throws Exception {
        assertThat(signUp("neuve@famille.example")).isEqualTo(new Registration.Sent());

        assertThat(entrance.signIn(town, "neuve@famille.example", PASSWORD, MACHINE))
                .isEqualTo(new SignIn.NotActivated());
        assertThat(entrance.signIn(town, "neuve@famille.example", "Autre-Chose-12", MACHINE))
                .isEqualTo(new SignIn.Refused());
        execute("update app.citizen_account set state = 'ACTIVE' where town_id = ?");
        assertThat(entrance.signIn(town, " Neuve@Famille.Example ", PASSWORD, MACHINE))
                .isInstanceOf(SignIn.Accepted.class);
    }

    @Test
    void a_known_address_gets_the_same_answer_and_a_mail_that_says_so() throws Exception {
        active("connue@famille.example");

        assertThat(signUp("connue@famille.example")).isEqualTo(signUp("nouvelle@famille.example"));
        assertThat(column("select template || ' ' || recipient from app.notice where town_id = ? order by id"))
                .containsExactly("ALREADY_REGISTERED connue@famille.example", "ACTIVATION nouvelle@famille.example");
        assertThat(entrance.signIn(town, "connue@famille.example", PASSWORD, MACHINE))
                .isInstanceOf(SignIn.Accepted.class);
    }

    @Test
    void the_last_form_of_an_unconfirmed_address_holds_and_makes_one_account() throws Exception {
        signUp("deux.fois@famille.example");
        entrance.signUp(town, form("Deux.Fois@famille.example", "Tortue-Rapide-99"), MACHINE);

        assertThat(column("select email from app.citizen_account where town_id = ?"))
                .hasSize(1);
        assertThat(column("select id from app.one_time_link where town_id = ? and used_at is null"))
                .hasSize(1);
        assertThat(entrance.signIn(town, "deux.fois@famille.example", "Tortue-Rapide-99", MACHINE))
                .isEqualTo(new SignIn.NotActivated());
    }

    @Test
    void unknown_and_wrong_are_refused_alike_and_the_eleventh_try_waits() throws Exception {
        active("cible@famille.example");
        for (int i = 0; i < 10; i++) {
            assertThat(entrance.signIn(town, "cible@famille.example", "Faux-" + i, "192.0.2." + i))
                    .isEqualTo(new SignIn.Refused());
        }

        assertThat(entrance.signIn(town, "cible@famille.example", PASSWORD, MACHINE))
                .isEqualTo(new SignIn.Throttled());
        assertThat(entrance.signIn(town, "personne@famille.example", PASSWORD, MACHINE))
                .isEqualTo(new SignIn.Refused());
    }

    @Test
    void a_session_is_over_once_the_password_changes_or_the_account_is_closed() throws Exception {
        active("mobile@famille.example");
        SignIn.Accepted accepted = (SignIn.Accepted) entrance.signIn(town, "mobile@famille.example", PASSWORD, MACHINE);
        Caller caller = accepted.session().caller();
        assertThat(entrance.recall(caller)).contains(accepted.session());

        execute("update app.citizen_account set version = version + 1 where town_id = ?");
        assertThat(entrance.recall(caller).orElseThrow().stamp())
                .isNotEqualTo(accepted.session().stamp());
        execute("update app.citizen_account set state = 'DISABLED' where town_id = ?");
        assertThat(entrance.recall(caller)).isEmpty();
        assertThat(entrance.recall(Caller.agent(town, caller.id()))).isEmpty();
    }

    @Test
    void an_account_opens_no_other_town() throws Exception {
        active("ici@famille.example");
        int elsewhere = TestTowns.open();

        assertThat(entrance.signIn(elsewhere, "ici@famille.example", PASSWORD, MACHINE))
                .isEqualTo(new SignIn.Refused());
    }

    @Test
    void an_invented_link_opens_nothing() {
        assertThat(entrance.mayActivate(town, "invente")).isFalse();
        assertThat(entrance.activate(town, "invente")).isEmpty();
        assertThat(entrance.choosePassword(town, "invente", PASSWORD)).isEqualTo(new NewPassword.LinkOver());
    }

    @Test
    void a_solved_puzzle_serves_once_in_its_own_town() throws Exception {
        RobotCheck.Puzzle puzzle = robots.puzzle(town);
        String answer = solve(puzzle);
        int elsewhere = TestTowns.open();

        assertThat(robots.accepts(elsewhere, answer)).isFalse();
        assertThat(robots.accepts(town, puzzle.salt() + ":1:" + "0".repeat(64))).isFalse();
        assertThat(robots.accepts(town, answer)).isTrue();
        assertThat(robots.accepts(town, answer)).isFalse();
    }

    private static String solve(RobotCheck.Puzzle puzzle) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        for (int number = 0; number <= puzzle.largest(); number++) {
            byte[] hash = sha.digest((puzzle.salt() + number).getBytes(StandardCharsets.US_ASCII));
            if (HexFormat.of().formatHex(hash).equals(puzzle.target())) {
                return puzzle.salt() + ":" + number + ":" + puzzle.signature();
            }
        }
        throw new AssertionError("No number solves the puzzle");
    }

    private Registration signUp(String email) {
        return entrance.signUp(town, form(email, PASSWORD), MACHINE);
    }

    private static SignUp form(String email, String password) {
        return new SignUp(
                Civility.MME,
                "Martin",
                "Claire",
                Email.of(email).orElseThrow(),
                password,
                Optional.empty(),
                Optional.empty());
    }

    private void active(String email) throws SQLException {
        String hash = passwords.hash(PASSWORD);
        try (Connection connection = owner.getConnection()) {
            long account = Household.account(connection, town, email);
            Household.run(
                    connection,
                    "update app.citizen_account set password_hash = ? where town_id = ? and id = ?",
                    hash,
                    town,
                    account);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = owner.getConnection()) {
            Household.run(connection, sql, town);
        }
    }

    private List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = owner.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, town);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
