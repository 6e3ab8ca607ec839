package fr.portailfamille.exchange.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestExportTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Test
    void writes_instants_with_the_town_s_offset() {
        assertThat(RequestExport.instant(Instant.parse("2026-11-20T06:44:00.123456Z"), PARIS))
                .isEqualTo("2026-11-20T07:44:00+01:00");
        assertThat(RequestExport.instant(Instant.parse("2026-10-25T00:30:00Z"), PARIS))
                .as("the hour that comes twice, first")
                .isEqualTo("2026-10-25T02:30:00+02:00");
        assertThat(RequestExport.instant(Instant.parse("2026-10-25T01:30:00Z"), PARIS))
                .as("and again")
                .isEqualTo("2026-10-25T02:30:00+01:00");
    }

    @Test
    void quotes_what_would_break_a_row() {
        assertThat(csv("a,b", "dit \"non\"", "deux\nlignes", "", "été"))
                .isEqualTo("\"a,b\",\"dit \"\"non\"\"\",\"deux\nlignes\",,été\n");
    }

    private static String csv(String... cells) {
        return new String(RequestExport.csv(List.of(List.of(cells))), StandardCharsets.UTF_8);
    }
}
