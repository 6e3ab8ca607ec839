package fr.portailfamille.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

    @Test
    void spellings_of_one_mailbox_share_their_key() {
        assertThat(Email.of("  Marie.Petit@Famille.Example ")).hasValue(new Email("Marie.Petit@Famille.Example"));
        assertThat(new Email("Marie.Petit@Famille.Example").key()).isEqualTo("marie.petit@famille.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "marie",
                "marie@",
                "@famille.example",
                "marie@famille",
                "marie petit@famille.example",
                "marie@famille.example, paul@famille.example",
                "Marie <marie@famille.example>",
                "marie@famille.example\r\nBcc: x@y.example",
                "m\u00e9lanie@famille.example"
            })
    void what_is_not_one_plain_address_is_none(String text) {
        assertThat(Email.of(text)).isEmpty();
        assertThatThrownBy(() -> new Email(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_is_no_address() {
        assertThat(Email.of(null)).isEmpty();
        assertThat(Email.of("a".repeat(250) + "@b.example")).isEmpty();
    }
}
