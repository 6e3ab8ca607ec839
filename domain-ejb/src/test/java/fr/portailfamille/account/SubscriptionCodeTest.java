package fr.portailfamille.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionCodeTest {

    @ParameterizedTest
    @CsvSource({"bl-0000000001,BL-0000000001", "' BL-00000 00001 ',BL-0000000001", "NA.12/3_4,NA.12/3_4"})
    void is_compared_without_case_and_blanks(String typed, String compared) {
        assertThat(SubscriptionCode.of(typed)).contains(new SubscriptionCode(compared));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "X", "-BL1", "BL'1", "BL;drop"})
    void refuses_what_cannot_be_one(String typed) {
        assertThat(SubscriptionCode.of(typed)).isEmpty();
    }

    @Test
    void refuses_more_than_64_characters() {
        assertThat(SubscriptionCode.of("A".repeat(64))).isPresent();
        assertThat(SubscriptionCode.of("A".repeat(65))).isEmpty();
    }
}
