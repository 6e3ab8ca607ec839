package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.Database;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.load.Stage;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cells of rejected rows are encrypted however many there are, and memory does not grow with them. */
@Tag("container")
@Tag("X3")
@ExtendWith(ArquillianExtension.class)
class SealedFaultsIT {

    private static final int MANY = 12_345;
    private static final int ROUND = 5_000;
    private static final String FAULTS = "engine.lot_987654321_1_f";

    @Inject
    private Database database;

    @Inject
    private UserTransaction transaction;

    @Test
    void cells_at_fault_are_encrypted_in_rounds_and_none_stays_in_clear() throws Exception {
        transaction.begin();
        try {
            database.write(handle -> {
                faults(handle);
                AtomicLong asked = new AtomicLong();
                AtomicLong most = new AtomicLong();
                new Stage(987_654_321, 1, Flow.BILLING).sealFaults(handle, value -> {
                    if (asked.incrementAndGet() % 500 == 0) {
                        long waiting = asked.get() - number(handle, "select count(*) from sealed");
                        most.accumulateAndGet(waiting, Math::max);
                    }
                    return ("§" + value).getBytes(StandardCharsets.UTF_8);
                });
                assertThat(asked).as("each value once").hasValue(MANY);
                assertThat(most.get()).as("held at a time").isPositive().isLessThanOrEqualTo(ROUND);
                assertThat(number(handle, "select count(*) from " + FAULTS + " where value is not null"))
                        .isZero();
                assertThat(number(
                                handle,
                                "select count(*) from " + FAULTS
                                        + " where convert_from(value_enc, 'UTF8') = '§valeur ' || line % " + MANY))
                        .as("also where a value is there twice")
                        .isEqualTo(2 * MANY);
                assertThat(number(handle, "select count(*) from " + FAULTS + " where value_enc is null"))
                        .as("without a value")
                        .isOne();
            });
        } finally {
            transaction.rollback();
        }
    }

    private static void faults(Handle handle) {
        handle.execute(
                "create unlogged table " + FAULTS + " (file text not null, line int, col text, code text not null,"
                        + " warning boolean not null, value text, value_enc bytea, detail text)");
        handle.execute("insert into " + FAULTS + " (file, line, code, warning, value) select 'invoices.csv', n,"
                + " 'BAD_NUMBER', false, 'valeur ' || n % " + MANY + " from generate_series(1, " + 2 * MANY + ") n");
        handle.execute(
                "insert into " + FAULTS + " (file, line, code, warning) values ('invoices.csv', 0, 'MISSING', false)");
    }

    private static long number(Handle handle, String query) {
        return handle.createQuery(query).mapTo(long.class).one();
    }
}
