package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.ResourceException;
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
        RuntimeException gone = new IllegalStateException(new SQLException("gone", state));
        assertThat(PassingFaults.passes(gone)).isTrue();
        assertThat(PassingFaults.ofDatabase(gone)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "42601"})
    void a_statement_that_is_wrong_stays_wrong(String state) {
        RuntimeException wrong = new IllegalStateException(new SQLException("wrong", state));
        assertThat(PassingFaults.passes(wrong)).isFalse();
        assertThat(PassingFaults.ofDatabase(wrong)).isFalse();
    }

    @Test
    void a_full_disk_of_the_server_may_be_cleared() {
        assertThat(PassingFaults.passes(new UncheckedIOException(new IOException("No space left on device"))))
                .isTrue();
    }

    @Test
    void without_a_code_the_database_is_away_where_the_pool_has_no_connection() {
        SQLException none = new SQLException("no connection", new ResourceException("none to give"));
        assertThat(PassingFaults.ofDatabase(new IllegalStateException(none))).isTrue();
        assertThat(PassingFaults.ofDatabase(new IllegalStateException(new SQLException("used after its end"))))
                .isFalse();
    }

    @Test
    void who_called_need_not_come_again_for_a_closed_statement_or_for_what_was_cut_off_on_its_way() {
        assertThat(PassingFaults.ofDatabase(new IllegalStateException(new SQLException("closed", "55000"))))
                .isFalse();
        assertThat(PassingFaults.ofDatabase(new UncheckedIOException(new IOException("cut off"))))
                .isFalse();
    }

    @Test
    void a_fault_of_the_program_does_not_pass() {
        assertThat(PassingFaults.passes(new NullPointerException())).isFalse();
    }
}
