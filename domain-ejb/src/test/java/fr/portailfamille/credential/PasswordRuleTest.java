package fr.portailfamille.credential;

import static fr.portailfamille.credential.PasswordRule.Flaw.LIKE_THE_EMAIL;
import static fr.portailfamille.credential.PasswordRule.Flaw.NO_DIGIT;
import static fr.portailfamille.credential.PasswordRule.Flaw.NO_LOWER_CASE;
import static fr.portailfamille.credential.PasswordRule.Flaw.NO_UPPER_CASE;
import static fr.portailfamille.credential.PasswordRule.Flaw.TOO_COMMON;
import static fr.portailfamille.credential.PasswordRule.Flaw.TOO_LONG;
import static fr.portailfamille.credential.PasswordRule.Flaw.TOO_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

    private static final String EMAIL = "jeanne.lemoine@famille.example";

    @Test
    void the_guides_rule_is_the_floor() {
        assertThat(PasswordRule.flaws("Tramway7", EMAIL)).isEmpty();
        assertThat(PasswordRule.flaws("Tramw7", EMAIL)).containsExactly(TOO_SHORT);
        assertThat(PasswordRule.flaws("TramwayX", EMAIL)).containsExactly(NO_DIGIT);
        assertThat(PasswordRule.flaws("TRAMWAY7", EMAIL)).containsExactly(NO_LOWER_CASE);
        assertThat(PasswordRule.flaws("tramway7", EMAIL)).containsExactly(NO_UPPER_CASE);
        assertThat(PasswordRule.flaws("", EMAIL)).contains(TOO_SHORT, NO_DIGIT, NO_LOWER_CASE, NO_UPPER_CASE);
    }

    @Test
    void letters_with_accents_count_as_letters() {
        assertThat(PasswordRule.flaws("Éléphant 77", EMAIL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Password1", "P@ssw0rd123", "Azerty123!", "Motdepasse2026", "Bonjour44", "Soleil!2026"})
    void what_everybody_tries_first_is_refused(String password) {
        assertThat(PasswordRule.flaws(password, EMAIL)).contains(TOO_COMMON);
    }

    @Test
    void ones_own_address_is_refused() {
        assertThat(PasswordRule.flaws("Jeanne.Lemoine44", EMAIL)).containsExactly(LIKE_THE_EMAIL);
    }

    @Test
    void a_novel_is_refused() {
        assertThat(PasswordRule.flaws("Aa1" + "x".repeat(198), EMAIL)).containsExactly(TOO_LONG);
    }

    @Test
    void twelve_are_recommended() {
        assertThat(PasswordRule.recommended("Tramway7")).isFalse();
        assertThat(PasswordRule.recommended("Tramway7Bleu")).isTrue();
    }
}
