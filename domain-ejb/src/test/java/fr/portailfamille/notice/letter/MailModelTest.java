package fr.portailfamille.notice.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P11")
class MailModelTest {

    @Test
    void comes_back_as_it_was_written_without_what_was_empty() {
        Map<String, Object> model = new HashMap<>();
        model.put("lastName", "L’Été \"<&>\" 🦊");
        model.put("civility", null);
        model.put("validUntil", Instant.parse("2026-11-21T13:20:00Z"));
        model.put("lines", List.of(Map.of("rank", 3, "open", true)));
        assertThat(MailModel.read(MailModel.write(model)))
                .isEqualTo(Map.of(
                        "lastName", "L’Été \"<&>\" 🦊",
                        "validUntil", "2026-11-21T13:20:00Z",
                        "lines", List.of(Map.of("rank", 3L, "open", true))));
    }
}
