package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassingFaultsTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "53100", "55P03", "57P01", "58030"})
    void a_database_in_trouble_may_recover(String state) {
        assertThat(PassingFaults.passes(new IllegalStateException(new SQLException("gone", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "42601"})
    void a_statement_that_is_wrong_stays_wrong(String state) {
        assertThat(PassingFaults.passes(new IllegalStateException(new SQLException("wrong", state))))
                .isFalse();
    }

    @Test
    void a_full_disk_of_the_server_may_be_cleared() {
        assertThat(PassingFaults.passes(new UncheckedIOException(new IOException("No space left on device"))))
                .isTrue();
    }

    @Test
    void a_fault_of_the_program_does_not_pass() {
        assertThat(PassingFaults.passes(new NullPointerException())).isFalse();
    }
}
