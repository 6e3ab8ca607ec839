package fr.portailfamille.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CsvFileTest {

    private static final FileFormat REGIES = Formats.named("regies.csv");
    private static final int LONGEST = 65_536;

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
                .isThrownBy(() -> rows(new CsvFile(REGIES, new ByteArrayInputStream(text), LONGEST)))
                .matches(refused -> refused.code().equals("BAD_ENCODING"))
                .matches(refused -> Long.valueOf(3).equals(refused.line()))
                .matches(refused -> "6".equals(refused.column()));
    }

    @Test
    void refuses_a_cut_off_sequence_at_the_end() {
        byte[] text = "regie_ref,name,issuer\nR1,A,Vé".getBytes(StandardCharsets.UTF_8);
        byte[] cut = java.util.Arrays.copyOf(text, text.length - 1);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> rows(new CsvFile(REGIES, new ByteArrayInputStream(cut), LONGEST)))
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
    void a_field_that_is_too_long_costs_its_row_and_the_others_keep_their_lines() throws IOException {
        String endless = "\"" + "un \"\"mot\"\", puis\nun autre\r\n".repeat(300_000) + "\"";
        CsvFile file = file("regie_ref,name,issuer,note\nR1," + endless + ",Ville,\nR2,Cantine,Ville," + endless
                + "\nR3,Cantine,Ville,\n");
        assertThat(fault(file, file.next())).isEqualTo("name TOO_LONG 65536");
        assertThat(fault(file, file.next())).isEqualTo("note");
        CsvRecord last = file.next();
        assertThat(fault(file, last)).isEmpty();
        assertThat(last.getStartingLineNumber()).isEqualTo(2 + 2 * 600_001L);
        assertThat(file.next()).isNull();
    }

    @Test
    void a_field_may_be_as_long_as_is_allowed() throws IOException {
        String longest = "a".repeat(LONGEST);
        String quotes = "\"" + "\"\"".repeat(LONGEST) + "\"";
        CsvFile file = file("regie_ref,name,issuer,note\nR1,A,V," + longest + "\nR2,A,V," + quotes + "\nR3,A,V,a"
                + longest + "\nR4,A,V,\"a" + quotes.substring(1) + "\n");
        assertThat(fault(file, file.next())).isEmpty();
        assertThat(fault(file, file.next())).isEmpty();
        assertThat(fault(file, file.next())).isEqualTo("note");
        assertThat(fault(file, file.next())).isEqualTo("note");
    }

    @Test
    void blanks_around_a_value_count_as_the_field_s() throws IOException {
        CsvFile file = file("regie_ref,name,issuer\nR1,A" + " ".repeat(LONGEST) + ",V\n");
        assertThat(fault(file, file.next())).isEqualTo("name TOO_LONG 65536");
    }

    @Test
    void a_quote_that_is_never_closed_is_refused_however_much_follows() {
        String text = "regie_ref,name,issuer\nR1,\"A,V\n" + "R2,A,V\n".repeat(1_000_000);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> rows(file(text)))
                .matches(refused -> refused.code().equals("BAD_CSV"));
    }

    /** Whatever the pieces in which a file comes, and wherever in them a field becomes too long. */
    @Test
    void cuts_nothing_but_what_is_too_long() throws IOException {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            int longest = 1 + random.nextInt(30);
            List<List<String>> written = new ArrayList<>();
            StringBuilder text = new StringBuilder("regie_ref,name,issuer\n");
            for (int row = 0; row < 20; row++) {
                List<String> fields = List.of("R" + row, someText(random), someText(random));
                written.add(fields);
                text.append(fields.stream().map(field -> packed(field, random)).collect(Collectors.joining(",")))
                        .append(random.nextBoolean() ? "\n" : "\r\n");
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            List<List<String>> read = rows(new CsvFile(REGIES, inPieces(bytes, random), Math.max(longest, 10)));
            assertThat(read).as("seed %d", seed).isEqualTo(cut(written, Math.max(longest, 10)));
        }
    }

    private static String someText(Random random) {
        return random.ints(random.nextInt(40), 0, 8)
                .mapToObj(i -> "ab\",;\n\ré".substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static String packed(String field, Random random) {
        boolean plain = field.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return plain && random.nextBoolean() ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    private static InputStream inPieces(byte[] bytes, Random random) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int most) throws IOException {
                return super.read(target, offset, Math.min(most, 1 + random.nextInt(50)));
            }
        };
    }

    private static List<List<String>> cut(List<List<String>> rows, int longest) {
        return rows.stream()
                .map(row -> row.stream()
                        .map(field -> field.length() <= longest
                                ? field
                                : field.substring(0, longest + 1)
                                        + field.substring(longest + 1).replaceAll("[^\r\n]", ""))
                        .toList())
                .toList();
    }

    /** The column with a fault, the code and its detail; of an unknown column that is too long the name alone. */
    private static String fault(CsvFile file, CsvRecord row) {
        Cell cell = new Cell();
        int[] positions = file.positions();
        for (int i = 0; i < positions.length; i++) {
            Column column = file.columns().get(i);
            file.take(row, column, positions[i], cell);
            if (cell.fault() != null) {
                return column.name() + " " + cell.fault() + " " + cell.detail();
            }
        }
        return String.join(",", file.tooLongBeside(row));
    }

    @Test
    void trims_and_normalises() {
        assertThat(CsvFile.normal("  Léa\u00A0\t")).isEqualTo("Léa\u00A0");
        assertThat(CsvFile.normal("Le\u0301a")).isEqualTo("Léa");
    }

    private static CsvFile file(String text) throws IOException {
        return new CsvFile(REGIES, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LONGEST);
    }

    private static List<List<String>> rows(CsvFile file) {
        List<List<String>> rows = new ArrayList<>();
        for (CsvRecord record = file.next(); record != null; record = file.next()) {
            rows.add(record.getFields());
        }
        return rows;
    }
}
