package fr.portailfamille.notice.letter;

import static fr.portailfamille.notice.letter.MailLine.Action.BOOK;
import static fr.portailfamille.notice.letter.MailLine.State.ACCEPTED;
import static fr.portailfamille.notice.letter.MailLine.State.PENDING;
import static fr.portailfamille.notice.letter.MailTemplate.ACKNOWLEDGEMENT;
import static fr.portailfamille.notice.letter.MailTemplate.DIGEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A webmail shows about 100 kB of a mail and cuts off the rest. */
@Tag("P11")
class LongLettersTest {

    private static final String EVENING = "4/Péri SOIR";

    @Test
    void what_has_to_be_said_stands_before_a_long_table() {
        Map<String, Object> model = Samples.acknowledgement("MME", Samples.lines(400, BOOK, EVENING, PENDING));
        model.put("legal", Samples.legal("ACCEPTED", null));
        String html = Samples.render(ACKNOWLEDGEMENT, model).html();
        int table = html.indexOf("<thead>");
        assertThat(octets(html.substring(0, table))).isLessThan(20_000);
        assertThat(html.substring(0, table))
                .contains("sont en cours d&#39;instruction.")
                .contains("Nous vous tiendrons")
                .contains("Mon espace citoyen")
                .contains("seront considérées comme acceptées")
                .contains("Le détail");
        String few = Samples.render(ACKNOWLEDGEMENT, withLines(model, 40)).html();
        assertThat(few.substring(0, few.indexOf("<thead>"))).doesNotContain("Nous vous tiendrons");
        assertThat(few).doesNotContain("Le détail");
    }

    @Test
    void a_webmail_shows_a_month_of_three_children_whole() {
        List<MailLine> lines = Samples.lines(150, BOOK, "Accueil de loisirs du mercredi", ACCEPTED);
        String html = Samples.render(DIGEST, Samples.digest("M", lines)).html();
        assertThat(octets(html)).isLessThan(100_000);
    }

    private static int octets(String words) {
        return words.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Map<String, Object> withLines(Map<String, Object> model, int lines) {
        model.put(
                "lines",
                Samples.acknowledgement("MME", Samples.lines(lines, BOOK, EVENING, PENDING))
                        .get("lines"));
        return model;
    }
}
