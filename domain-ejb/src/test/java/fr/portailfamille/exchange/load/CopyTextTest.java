package fr.portailfamille.exchange.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CopyTextTest {

    @Test
    void writes_cells_as_copy_reads_them() {
        CopyText text = new CopyText();
        text.number(7);
        text.flag(true);
        text.none();
        text.text("a\tb\\c\nd\re");
        text.text("é€😀");
        text.binary(new byte[] {0, (byte) 0xAB});
        text.endRow();
        assertThat(written(text)).isEqualTo("7\tt\t\\N\ta\\tb\\\\c\\nd\\re\té€😀\t\\\\x00ab\n");
    }

    @Test
    void grows_and_is_used_again() {
        CopyText text = new CopyText();
        text.text("€".repeat(100_000));
        text.endRow();
        assertThat(text.length()).isEqualTo(300_001);
        text.clear();
        text.text("x");
        text.endRow();
        assertThat(written(text)).isEqualTo("x\n");
    }

    private static String written(CopyText text) {
        return new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8);
    }
}
