package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.load.FileVerdicts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {

    @ParameterizedTest
    @CsvSource({
        "50, 10, 0, 0, false",
        "50, 11, 0, 0, true",
        "55, 11, 0, 0, false",
        "1000, 200, 0, 0, false",
        "1000, 201, 0, 0, true",
        "0, 0, 10, 20, false",
        "0, 0, 11, 109, true",
        "0, 0, 11, 110, false",
        "0, 0, 100, 1000, false",
        "0, 0, 101, 1000, true"
    })
    void holds_a_lot_that_rejects_or_archives_too_much(
            long received, long rejected, long missing, long standing, boolean held) {
        FileVerdicts file = new FileVerdicts(
                Formats.named("families.csv"), received, 0, 0, 0, missing, rejected, 0, missing, standing);
        assertThat(!Guard.holds(List.of(file), Map.of()).isEmpty()).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({
        "50, 30, 0, 0, 30, 0, false",
        "50, 40, 0, 0, 30, 0, false",
        "50, 41, 0, 0, 30, 0, true",
        "0, 0, 300, 900, 0, 300, false",
        "0, 0, 310, 900, 0, 300, false",
        "0, 0, 311, 900, 0, 300, true",
        // Who agreed to rejects has not agreed to archive, nor the other way round.
        "50, 0, 30, 90, 30, 0, true",
        "50, 30, 0, 0, 0, 30, true",
        // Grown, but the guard would let it pass by itself.
        "1000, 60, 0, 0, 20, 0, false"
    })
    void what_an_agent_agreed_to_holds_again_only_when_it_has_grown(
            long received,
            long rejected,
            long missing,
            long standing,
            long agreedRejected,
            long agreedArchived,
            boolean held) {
        FileVerdicts file = new FileVerdicts(
                Formats.named("families.csv"), received, 0, 0, 0, missing, rejected, 0, missing, standing);
        assertThat(!Guard.holds(
                                List.of(file),
                                Map.of("families.csv", new LotValidation.Agreed(agreedRejected, agreedArchived)))
                        .isEmpty())
                .isEqualTo(held);
    }
}
