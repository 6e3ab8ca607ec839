package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.exchange.format.FaultCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectReasonsTest {

    @ParameterizedTest
    @EnumSource
    void every_fault_of_a_row_has_a_sentence(FaultCode code) {
        isASentence(RejectReasons.sentence(code.name(), "birth_date", null));
        isASentence(RejectReasons.sentence(code.name(), "birth_date", "un détail"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TOO_LARGE",
                "NOT_A_ZIP",
                "BAD_MANIFEST",
                "UNKNOWN_FLOW",
                "UNKNOWN_FORMAT",
                "BAD_PATH",
                "MISSING_FILE",
                "UNLISTED_FILE",
                "DUPLICATE_FILE",
                "HASH_MISMATCH",
                "RATIO",
                "ROW_COUNT_MISMATCH",
                "BAD_ENCODING",
                "MISSING_COLUMN",
                "BAD_CSV",
                "GUARD_REJECTED",
                "GUARD_ARCHIVED",
                "FAILED"
            })
    void every_reason_for_a_lot_has_a_sentence(String code) {
        isASentence(RejectReasons.sentence(code, "name", null));
        isASentence(RejectReasons.sentence(code, "name", "un détail"));
    }

    private static void isASentence(String sentence) {
        assertThat(sentence).matches("\\p{Lu}.{15,}\\.").doesNotContain("{", "''", " null");
    }
}
