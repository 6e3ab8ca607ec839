package fr.portailfamille.notice.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.notice.bounce.DeliveryReport.Fate;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("P11")
class PermanentFaultTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5.1.1  | 550 no such user            | true",
                "5.1.2  | ''                          | true",
                "5.1.10 | ''                          | true",
                "5.2.1  | mailbox disabled            | true",
                "5.2.2  | mailbox full                | true",
                "5.4.1  | Access denied               | true",
                "5.4.4  | Host not found              | true",
                "5.0.0  | ''                          | true",
                "5.0.0  | all hosts have been failing | true",
                "5.0.0  | 550 5.1.1 unknown           | true",
                "5.0.0  | 550 User unknown            | true",
                "5.0.0  | 550 5.7.1 spam              | false",
                "5.0.0  | 554 rejected as spam        | false",
                "5.1.7  | bad sender                  | false",
                "5.1.8  | bad sender's domain         | false",
                "5.2.3  | message too long            | false",
                "5.3.4  | message too big             | false",
                "5.6.0  | content                     | false",
                "5.7.1  | blocked by policy           | false",
                "4.4.7  | expired                     | false",
                "''     | 550 5.1.1 unknown           | false",
            })
    void tells_a_dead_address_from_a_mail_that_was_not_wanted(String status, String words, boolean dead) {
        assertThat(PermanentFault.ofAddress(new Fate(Set.of("a@b.invalid"), "failed", status, words)))
                .isEqualTo(dead);
    }

    @Test
    void words_are_kept_in_one_short_line_that_no_database_stumbles_over() {
        assertThat(PermanentFault.shown(" 550\0 5.1.1\r\n\tunknown \u202Euser\uD800 "))
                .isEqualTo("550 5.1.1 unknown user");
        assertThat(PermanentFault.shown("😀".repeat(800)).codePoints().count()).isEqualTo(500);
        assertThat(PermanentFault.shown("\0")).isEqualTo("?");
    }
}
