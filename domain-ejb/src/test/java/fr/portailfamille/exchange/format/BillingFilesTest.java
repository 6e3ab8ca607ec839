package fr.portailfamille.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("X5")
class BillingFilesTest {

    private final Cell cell = new Cell();

    @ParameterizedTest
    @CsvSource({
        "57.55, 5755",
        "57.5, 5750",
        "57, 5700",
        "-8.50, -850",
        "0, 0",
        "0.01, 1",
        "123456789012.99, 12345678901299"
    })
    void amounts_are_kept_as_whole_cents(String written, String cents) {
        column("invoices.csv", "amount").read(written, cell);
        assertThat(cell.value()).isEqualTo(cents);
        assertThat(cell.fault()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"57,55", "57.555", "1 000.00", "€5", "1e3", "--1", "1234567890123.00", "."})
    void what_is_no_amount_is_rejected(String written) {
        column("invoices.csv", "amount").read(written, cell);
        assertThat(cell.fault()).isEqualTo(FaultCode.BAD_NUMBER);
    }

    @ParameterizedTest
    @CsvSource({"6, 6.00", "1.5, 1.50", "-2, -2.00"})
    void quantities_have_two_decimals(String written, String stored) {
        column("invoice_lines.csv", "quantity").read(written, cell);
        assertThat(cell.value()).isEqualTo(stored);
    }

    @Test
    void every_parent_stands_before_what_refers_to_it() {
        for (Flow flow : Flow.values()) {
            var files = Formats.of(flow);
            for (FileFormat file : files) {
                file.columns().stream().filter(Column::link).forEach(link -> {
                    FileFormat parent = Formats.named(String.valueOf(link.parent()));
                    if (files.contains(parent)) {
                        assertThat(files.indexOf(parent)).as(file.name()).isLessThan(files.indexOf(file));
                    }
                });
            }
        }
    }

    @Test
    void what_may_be_left_open_is_not_required() {
        for (String optional : new String[] {"context", "nature", "payable_until", "deposited_on", "document"}) {
            column("invoices.csv", optional).read("", cell);
            assertThat(cell.fault()).as(optional).isNull();
        }
        column("invoices.csv", "due_on").read("", cell);
        assertThat(cell.fault()).isEqualTo(FaultCode.MISSING);
    }

    private static Column column(String file, String name) {
        return Formats.named(file).column(name).orElseThrow();
    }
}
