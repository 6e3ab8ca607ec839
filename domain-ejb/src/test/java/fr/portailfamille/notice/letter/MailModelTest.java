package fr.portailfamille.notice.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
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

    @Test
    void what_is_json_already_is_taken_as_it_is() {
        Map<String, Object> model = new HashMap<>();
        model.put("lines", new MailModel.Written("[[\"Léo\", null, 3]]"));
        assertThat(MailModel.read(MailModel.write(model)))
                .isEqualTo(Map.of("lines", List.of(Arrays.asList("Léo", null, 3L))));
        model.put("civility", "M");
        assertThat(MailModel.read(MailModel.write(model)))
                .isEqualTo(Map.of("civility", "M", "lines", List.of(Arrays.asList("Léo", null, 3L))));
    }

    @Test
    void a_line_comes_back_as_it_was_and_as_an_earlier_version_kept_it() {
        MailLine line = new MailLine(
                "Léo",
                LocalDate.of(2026, 12, 1),
                LocalTime.of(16, 30),
                MailLine.Action.BOOK,
                "4/Péri SOIR",
                MailLine.State.WAITLISTED,
                null,
                3);
        Map<String, Object> named = Map.of(
                "child",
                "Léo",
                "day",
                "2026-12-01",
                "time",
                "16:30",
                "action",
                "BOOK",
                "activity",
                "4/Péri SOIR",
                "state",
                "WAITLISTED",
                "rank",
                3);
        for (Object kept : List.of(line.model(), named)) {
            Map<String, Object> read = MailModel.read(MailModel.write(Map.of("line", kept)));
            assertThat(MailLine.from(read.get("line"))).isEqualTo(line);
        }
    }
}
