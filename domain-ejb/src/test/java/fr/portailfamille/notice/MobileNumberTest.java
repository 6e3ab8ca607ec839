package fr.portailfamille.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P11")
class MobileNumberTest {

    @ParameterizedTest
    @CsvSource({
        "06 12 34 56 78, +33612345678",
        "07.12.34.56.78, +33712345678",
        "06-12-34-56-78, +33612345678",
        "+33 6 12 34 56 78, +33612345678",
        "+33 (0)6 12 34 56 78, +33612345678",
        "0033 612345678, +33612345678",
        "06\u00A012\u202F34 56 78, +33612345678",
        "0690 12 34 56, +590690123456",
        "0692 12 34 56, +262692123456",
        "0694123456, +594694123456",
        "0696123456, +596696123456",
        "+32 470 12 34 56, +32470123456",
        "00 41 79 123 45 67, +41791234567"
    })
    void a_mobile_is_dialled_from_anywhere(String written, String number) {
        assertThat(MobileNumber.of(written)).contains(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01 23 45 67 89",
                "+33 1 23 45 67 89",
                "0612",
                "612345678",
                "06 12 34 56 78 poste 3",
                "voir maman",
                "+0612345678",
                "+336123456789999999",
                "06123456789"
            })
    void what_takes_no_message_is_none(String written) {
        assertThat(MobileNumber.of(written)).isEmpty();
    }

    @Test
    void nobody_wrote_one() {
        assertThat(MobileNumber.of(null)).isEmpty();
    }
}
