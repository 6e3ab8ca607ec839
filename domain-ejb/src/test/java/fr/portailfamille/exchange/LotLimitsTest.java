package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LotLimitsTest {

    private static final long MIB = 1L << 20;

    @Test
    void are_those_of_the_contract_where_nothing_is_set() {
        assertThat(LotLimits.from(Map.of("PORTAIL_LOT_ROWS", "  ")))
                .isEqualTo(new LotLimits(512 * MIB, 4L << 30, 200, 20_000_000, 65_536));
        assertThat(LotLimits.queued(Map.of())).isEqualTo(200);
    }

    @Test
    void each_is_set_by_its_own_name() {
        Map<String, String> environment = Map.of(
                "PORTAIL_LOT_ZIPPED_MIB", "1",
                "PORTAIL_LOT_UNZIPPED_MIB", "2",
                "PORTAIL_LOT_RATIO", "3",
                "PORTAIL_LOT_ROWS", " 4 ",
                "PORTAIL_LOT_FIELD", "5",
                "PORTAIL_LOTS_QUEUED", "6");

        assertThat(LotLimits.from(environment)).isEqualTo(new LotLimits(MIB, 2 * MIB, 3, 4, 5));
        assertThat(LotLimits.queued(environment)).isEqualTo(6);
    }

    @Test
    void a_field_has_a_million_characters_at_most() {
        assertThat(LotLimits.from(Map.of("PORTAIL_LOT_FIELD", "99999999")).field())
                .isEqualTo(1 << 20);
    }

    @Test
    void what_is_no_number_is_not_passed_over() {
        Map<String, String> environment = Map.of("PORTAIL_LOT_ROWS", "20 millions");
        assertThatThrownBy(() -> LotLimits.from(environment)).isInstanceOf(NumberFormatException.class);
    }
}
