package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.exchange.format.FaultCode;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What vendors read names the codes, files and columns that the portal has. */
class ContractDocumentTest {

    private static final Path CONTRACT = Path.of("../docs/enfance-exchange.md");

    /** A row of the table of codes. */
    private static final Pattern CODE = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|");

    @Test
    void lists_every_code_of_rejected_rows_and_of_warnings_and_no_other() {
        assertThat(codes("### Rejected rows", "### Warnings")).isEqualTo(codes(false));
        assertThat(codes("### Warnings", "## 5.")).isEqualTo(codes(true));
    }

    @Test
    void names_what_refuses_a_lot() {
        assertThat(contract())
                .contains(
                        "`ROW_COUNT_MISMATCH`",
                        "`BAD_ENCODING`",
                        "`MISSING_COLUMN`",
                        "`BAD_CSV`",
                        "`SEQUENCE_REPLAYED`");
    }

    @ParameterizedTest
    @MethodSource
    void names_every_file_with_its_columns(FileFormat file) {
        String line = contract()
                .lines()
                .filter(each -> each.contains("`" + file.name() + "` "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file.name()));
        String described = line.substring(line.indexOf("`" + file.name() + "`"));
        assertThat(file.columns())
                .allSatisfy(column -> assertThat(described).matches(".*\\b" + column.name() + "\\b.*"));
    }

    static Stream<FileFormat> names_every_file_with_its_columns() {
        return Arrays.stream(Flow.values()).flatMap(flow -> Formats.of(flow).stream());
    }

    private static Set<String> codes(boolean warnings) {
        return Arrays.stream(FaultCode.values())
                .filter(code -> code.warning() == warnings)
                .map(FaultCode::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> codes(String from, String to) {
        String text = contract();
        String section = text.substring(text.indexOf(from), text.indexOf(to));
        return CODE.matcher(section)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static String contract() {
        try {
            return Files.readString(CONTRACT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
