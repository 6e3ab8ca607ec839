package fr.portailfamille.backoffice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.primefaces.model.SortMeta;
import org.primefaces.model.SortOrder;

class GridRowsTest {

    private enum Order {
        NAME,
        AGE
    }

    private final List<String> asked = new ArrayList<>();

    private GridRows<Integer, Order> rows(int total) {
        return new GridRows<>(Order.NAME, true, number -> "k" + number, (sort, ascending, first, size) -> {
            asked.add(sort + " " + ascending + " " + first + " " + size);
            return new Page<>(
                    IntStream.range(first, Math.min(total, first + size))
                            .boxed()
                            .toList(),
                    total);
        });
    }

    @Test
    void one_call_brings_a_page_and_the_number_of_all_rows() {
        GridRows<Integer, Order> rows = rows(60);

        assertThat(rows.load(25, 25, Map.of(), Map.of())).hasSize(25).startsWith(25);

        assertThat(rows.getRowCount()).isEqualTo(60);
        assertThat(asked).containsExactly("NAME true 25 25");
    }

    @Test
    void a_column_sorts_by_the_key_that_it_names() {
        SortMeta age =
                SortMeta.builder().field("AGE").order(SortOrder.DESCENDING).build();

        rows(3).load(0, 25, Map.of("AGE", age), Map.of());

        assertThat(asked).containsExactly("AGE false 0 25");
    }

    @Test
    void a_page_that_is_gone_becomes_the_last_one() {
        GridRows<Integer, Order> rows = rows(30);

        assertThat(rows.load(50, 25, Map.of(), Map.of())).containsExactly(25, 26, 27, 28, 29);
    }

    @Test
    void steps_stay_on_the_page_shown() {
        GridRows<Integer, Order> rows = rows(3);
        rows.setWrappedData(rows.load(0, 25, Map.of(), Map.of()));

        assertThat(rows.beside("k1", 1)).hasValue(2);
        assertThat(rows.beside("k1", -1)).hasValue(0);
        assertThat(rows.beside("k2", 1)).isEmpty();
        assertThat(rows.beside("k0", -1)).isEmpty();
        assertThat(rows.beside("gone", 1)).isEmpty();
        assertThat(rows.getRowData("k2")).isEqualTo(2);
    }
}
