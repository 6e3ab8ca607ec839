package fr.portailfamille.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvFileTest {

    private static final FileFormat REGIES = Formats.named("regies.csv");

    @Test
    void finds_the_separator_and_takes_columns_in_any_order() throws IOException {
        CsvFile file = file("issuer;name;regie_ref\nVille;\"Cantine; goûter\";R1\n");
        assertThat(file.columns()).extracting(Column::name).containsExactly("issuer", "name", "regie_ref");
        assertThat(rows(file)).containsExactly(List.of("Ville", "Cantine; goûter", "R1"));
    }

    @Test
    void passes_over_a_byte_order_mark_and_takes_both_ends_of_line() throws IOException {
        CsvFile file = file("\uFEFFregie_ref,name,issuer\r\nR1,A,V\r\nR2,B,V\n");
        assertThat(rows(file)).hasSize(2);
        assertThat(file.rows()).isEqualTo(2);
    }

    @Test
    void tells_unknown_columns_and_demands_required_ones() throws IOException {
        assertThat(file("regie_ref,name,issuer,colour\n").unknownColumns()).containsExactly("colour");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> file("regie_ref,name\nR1,A\n"))
                .matches(refused -> refused.code().equals("MISSING_COLUMN"))
                .matches(refused -> "issuer".equals(refused.column()));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> file(""))
                .matches(refused -> refused.code().equals("MISSING_COLUMN"));
    }

    @Test
    void refuses_what_is_not_utf_8_and_says_where() {
        byte[] text = "regie_ref,name,issuer\nR1,Cantine,Ville\nR2,Go?ter,Ville\n".getBytes(StandardCharsets.UTF_8);
        text[text.length - 11] = (byte) 0xFB;
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> rows(new CsvFile(REGIES, new ByteArrayInputStream(text))))
                .matches(refused -> refused.code().equals("BAD_ENCODING"))
                .matches(refused -> Long.valueOf(3).equals(refused.line()))
                .matches(refused -> "6".equals(refused.column()));
    }

    @Test
    void refuses_a_cut_off_sequence_at_the_end() {
        byte[] text = "regie_ref,name,issuer\nR1,A,Vé".getBytes(StandardCharsets.UTF_8);
        byte[] cut = java.util.Arrays.copyOf(text, text.length - 1);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> rows(new CsvFile(REGIES, new ByteArrayInputStream(cut))))
                .matches(refused -> refused.code().equals("BAD_ENCODING"));
    }

    @Test
    void refuses_a_quote_that_is_never_closed() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> rows(file("regie_ref,name,issuer\nR1,\"A,V\n")))
                .matches(refused -> refused.code().equals("BAD_CSV"));
    }

    @Test
    void reads_files_of_any_size_whatever_the_blocks() throws IOException {
        for (int length : new int[] {1, 100, 65_500, 65_535, 65_536, 65_537, 200_000}) {
            StringBuilder text = new StringBuilder("regie_ref,name,issuer\n");
            while (text.length() < length) {
                text.append("R").append(text.length()).append(",Éé€,Ville\n");
            }
            assertThat(rows(file(text.toString()))).allMatch(row -> row.get(1).equals("Éé€"));
        }
    }

    @Test
    void trims_and_normalises() {
        assertThat(CsvFile.normal("  Léa\u00A0\t")).isEqualTo("Léa\u00A0");
        assertThat(CsvFile.normal("Le\u0301a")).isEqualTo("Léa");
    }

    private static CsvFile file(String text) throws IOException {
        return new CsvFile(REGIES, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<List<String>> rows(CsvFile file) {
        List<List<String>> rows = new ArrayList<>();
        for (CsvRecord record = file.next(); record != null; record = file.next()) {
            rows.add(record.getFields());
        }
        return rows;
    }
}
