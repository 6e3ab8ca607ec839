package fr.portailfamille.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.common.Email;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CitizenAccountTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final CitizenAccount account = new CitizenAccount(7, 1, form("Claire"), "hash", NOW);

    @Test
    void waits_until_its_address_is_confirmed() {
        assertThat(account.state()).isEqualTo(AccountState.PENDING);
        assertThatThrownBy(() -> account.changePassword("other")).isInstanceOf(IllegalStateException.class);

        account.activate(NOW);

        assertThat(account.state()).isEqualTo(AccountState.ACTIVE);
        assertThat(account.activatedAt()).isEqualTo(NOW);
    }

    @Test
    void is_not_activated_twice() {
        account.activate(NOW);

        assertThatThrownBy(() -> account.activate(NOW)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keeps_what_was_given_at_sign_up_until_it_is_taken() {
        assertThat(account.takeClaim())
                .contains(new Claim(new SubscriptionCode("BL-1"), Optional.of(LocalDate.of(2017, 9, 21))));
        assertThat(account.takeClaim()).isEmpty();
    }

    @Test
    void the_form_sent_last_holds_while_it_waits_and_not_after() {
        account.signUpAgain(form("Clara"), "hash2");
        assertThat(account.firstName()).isEqualTo("Clara");
        assertThat(account.passwordHash()).isEqualTo("hash2");

        account.activate(NOW);

        assertThatThrownBy(() -> account.signUpAgain(form("Eve"), "hash3")).isInstanceOf(IllegalStateException.class);
    }

    private static SignUp form(String firstName) {
        return new SignUp(
                Civility.MME,
                "Martin",
                firstName,
                new Email("Claire@famille.example"),
                "unused",
                SubscriptionCode.of("bl-1"),
                Optional.of(LocalDate.of(2017, 9, 21)));
    }
}
