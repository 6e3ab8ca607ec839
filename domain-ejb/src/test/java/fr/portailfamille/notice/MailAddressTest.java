package fr.portailfamille.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P11")
class MailAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"a@example.invalid", "maud.leclerc+ecole@sous.domaine.example", "o'neil_2@example.invalid"})
    void plain_addresses_may_be_tried(String address) {
        assertThat(MailAddress.fault(address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "nobody",
                "@example.invalid",
                "a@",
                "a@b@c.invalid",
                "a b@example.invalid",
                "Maud <a@example.invalid>",
                "a@example.invalid, b@example.invalid",
                "group:a@example.invalid;",
                "a@example.invalid\r\nBcc: b@example.invalid",
                "a@example.invalid\n",
                "a@example.invalid\u0000",
                "a@ex\u00e4mple.invalid",
                "a@example..invalid"
            })
    void anything_else_has_a_fault_in_words(String address) {
        assertThat(MailAddress.fault(address))
                .hasValueSatisfying(words -> assertThat(words).contains("dresse e-mail"));
    }

    @Test
    void the_longest_address_has_254_characters() {
        String domain = "@" + "b".repeat(61) + "." + "c".repeat(61) + "." + "d".repeat(57) + ".invalid";
        assertThat(MailAddress.fault("a".repeat(64) + domain)).isEmpty();
        assertThat(MailAddress.fault("a".repeat(65) + domain)).contains("Adresse e-mail de plus de 254 caractères");
    }

    @Test
    void what_agents_read_holds_no_control_characters() {
        assertThat(MailAddress.shown("a\r\nb")).isEqualTo("a??b");
        assertThat(MailAddress.shown("x".repeat(300))).hasSize(254);
        assertThat(MailAddress.shown(null)).isEmpty();
    }
}
