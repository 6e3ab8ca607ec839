package fr.portailfamille.notice.letter;

import static fr.portailfamille.notice.letter.MailLine.Action.BOOK;
import static fr.portailfamille.notice.letter.MailLine.Action.CANCEL;
import static fr.portailfamille.notice.letter.MailLine.State.ACCEPTED;
import static fr.portailfamille.notice.letter.MailLine.State.PENDING;
import static fr.portailfamille.notice.letter.MailLine.State.REFUSED;
import static fr.portailfamille.notice.letter.MailLine.State.WAITLISTED;
import static fr.portailfamille.notice.letter.MailTemplate.ACKNOWLEDGEMENT;
import static fr.portailfamille.notice.letter.MailTemplate.ACTIVATION;
import static fr.portailfamille.notice.letter.MailTemplate.AGENT_ACTIVATION;
import static fr.portailfamille.notice.letter.MailTemplate.DIGEST;
import static fr.portailfamille.notice.letter.MailTemplate.NEW_SUBSCRIBER;
import static fr.portailfamille.notice.letter.MailTemplate.OUTCOME;
import static fr.portailfamille.notice.letter.MailTemplate.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.notice.letter.MailLine.Action;
import fr.portailfamille.notice.letter.MailLine.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("P11")
class LettersTest {

    private static final String EVENING = "4/Péri SOIR";

    @ParameterizedTest
    @CsvSource({"M, Bonjour M. Maud LECLERC", "MME, Bonjour Mme Maud LECLERC", ", Bonjour Maud LECLERC"})
    void greets_by_civility(String civility, String greeting) {
        RenderedMail mail = Samples.render(ACTIVATION, Samples.account(civility));
        assertThat(mail.text()).startsWith(greeting + ",\n");
        assertThat(mail.html()).contains(greeting + ",");
    }

    @Test
    void greets_without_a_name_when_none_is_known() {
        Map<String, Object> model = Samples.account(null);
        model.put("firstName", null);
        model.put("lastName", " ");
        assertThat(Samples.render(AGENT_ACTIVATION, model).text()).startsWith("Bonjour,\n");
    }

    @ParameterizedTest
    @EnumSource(MailTemplate.class)
    void every_mail_has_its_frame_in_both_parts(MailTemplate template) {
        RenderedMail mail = Samples.render(template, model(template));
        for (String part : List.of(mail.text(), flat(mail.html()))) {
            assertThat(part)
                    .contains("Maud LECLERC")
                    .contains("contacter notre service au 02 00 00 00 00, du lundi au vendredi")
                    .contains("Cordialement,")
                    .contains("Service Enfance")
                    .contains("44999 Saint-Exemple")
                    .contains("Ceci est un mail automatique, merci de ne pas y répondre.")
                    .contains("https://familles.example/portail/saint-exemple/");
            assertThat(part).doesNotContain("${").doesNotContain("null").doesNotContain("{0");
        }
        assertThat(mail.html()).contains("Saint-Exemple").contains("lang=\"fr\"");
        assertThat(mail.subject()).doesNotContain("''").isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ACTIVATION | Portail citoyen : confirmation de création de compte",
                "ACKNOWLEDGEMENT | Accusé d'enregistrement électronique",
                "DIGEST | Accusé de traitement"
            })
    void subjects_are_those_that_families_know(MailTemplate template, String subject) {
        assertThat(Samples.render(template, model(template)).subject()).isEqualTo(subject);
    }

    @Test
    void an_account_mail_bears_button_plain_link_and_term() {
        RenderedMail mail = Samples.render(ACTIVATION, Samples.account("MME"));
        String link = (String) Samples.account("MME").get("link");
        assertThat(mail.html().split(java.util.regex.Pattern.quote("href=\"" + link + "\""), -1))
                .hasSize(3);
        assertThat(mail.html())
                .contains("Confirmer mon inscription")
                .contains("valable jusqu&#39;au 21/11/2026 à 14:20");
        assertThat(mail.text()).contains("\n" + link + "\n").contains("valable jusqu'au 21/11/2026 à 14:20");
    }

    @Test
    void the_agent_is_told_the_login() {
        RenderedMail mail = Samples.render(AGENT_ACTIVATION, Samples.account("M"));
        assertThat(mail.text()).contains("Votre identifiant\u00a0: maud.leclerc@ville.example");
        assertThat(mail.html()).contains("maud.leclerc@ville.example");
    }

    @Test
    void the_family_is_told_who_joined() {
        assertThat(Samples.render(NEW_SUBSCRIBER, Samples.account("M")).text())
                .contains("portail citoyen\u00a0: Noé LECLERC.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|BOOK|Votre demande de réservation pour 4/Péri SOIR réalisée le 04/01/2019 à 16:33 est en cours d'instruction",
                "10|BOOK|Vos 10 demandes de réservation pour 4/Péri SOIR réalisées le 04/01/2019 à 16:33 sont en cours d'instruction",
                "1|CANCEL|Votre demande d'absence pour 4/Péri SOIR réalisée le 04/01/2019 à 16:33 est en cours d'instruction",
                "2|CANCEL|Vos 2 demandes d'absence pour 4/Péri SOIR réalisées le 04/01/2019 à 16:33 sont en cours d'instruction"
            })
    void the_acknowledgement_counts(int count, Action action, String sentence) {
        RenderedMail mail = acknowledge("M", Samples.lines(count, action, EVENING, PENDING));
        assertThat(mail.text()).contains(sentence + "\u00a0:");
        assertThat(mail.html()).contains(sentence.replace("'", "&#39;"));
    }

    @ParameterizedTest
    @CsvSource({
        "M, 1, informé de son traitement", "M, 2, informé de leur traitement",
        "MME, 1, informée de son traitement", "MME, 3, informée de leur traitement",
        ", 1, informé(e) de son traitement", ", 9, informé(e) de leur traitement"
    })
    void informed_agrees_with_the_person_and_treatment_with_the_number(String civility, int count, String words) {
        assertThat(acknowledge(civility, Samples.lines(count, BOOK, EVENING, PENDING))
                        .text())
                .contains("Nous vous tiendrons " + words + ".");
    }

    @Test
    void mixed_types_and_activities_have_their_own_wording() {
        List<MailLine> lines = new ArrayList<>(Samples.lines(2, BOOK, EVENING, PENDING));
        lines.addAll(Samples.lines(1, CANCEL, "2/Repas Écoles", PENDING));
        assertThat(acknowledge("M", lines).text())
                .contains("Vos 3 demandes de réservation et d'absence pour 4/Péri SOIR et 2/Repas Écoles réalisées le");
        lines.addAll(Samples.lines(1, BOOK, "1/Péri MATIN", PENDING));
        assertThat(acknowledge("M", lines).text()).contains("pour 3 activités réalisées le");
    }

    @Test
    void what_was_decided_at_once_says_so_line_by_line() {
        RenderedMail one = acknowledge("MME", Samples.lines(1, BOOK, EVENING, ACCEPTED));
        assertThat(one.text())
                .contains("à 16:33 a été traitée aussitôt\u00a0:")
                .contains("| Statut")
                .contains("04/02/2019 | 16:30 | Léo | Réservation | 4/Péri SOIR | Acceptée")
                .contains("Cette décision sera rappelée dans")
                .doesNotContain("tiendrons");

        List<MailLine> lines = new ArrayList<>(Samples.lines(2, BOOK, EVENING, PENDING));
        lines.add(new MailLine(
                "Léo", LocalDate.of(2019, 2, 8), LocalTime.of(16, 30), BOOK, EVENING, REFUSED, "Hors délai", null));
        RenderedMail mixed = acknowledge("MME", lines);
        assertThat(mixed.text())
                .contains("Une est déjà traitée, 2 sont en cours d'instruction\u00a0:")
                .contains("Refusée (Motif\u00a0: Hors délai)")
                .contains("informée de leur traitement");
        assertThat(mixed.html()).contains("Motif\u00a0: Hors délai");
    }

    @Test
    void nothing_decided_yet_shows_no_state_column() {
        assertThat(acknowledge("M", Samples.lines(2, BOOK, EVENING, PENDING)).text())
                .doesNotContain("Statut");
    }

    @ParameterizedTest
    @CsvSource({"1, Une de vos demandes a été traitée", "11, 11 de vos demandes ont été traitées"})
    void the_digest_counts(int count, String sentence) {
        assertThat(digest(Samples.lines(count, BOOK, EVENING, ACCEPTED)).text()).contains(sentence + "\u00a0:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 1 | Un jour a été modifié par la ville",
                "0 | 3 | 3 jours ont été modifiés par la ville",
                "1 | 1 | Une de vos demandes a été traitée et un jour a été modifié par la ville",
                "2 | 3 | 2 de vos demandes ont été traitées et 3 jours ont été modifiés par la ville"
            })
    void the_digest_counts_days_that_the_town_changed_apart(int decisions, int changes, String sentence) {
        List<MailLine> lines = new ArrayList<>(Samples.lines(decisions, BOOK, EVENING, ACCEPTED));
        lines.addAll(Samples.lines(changes, Action.CHANGE, EVENING, State.NOT_BOOKED));
        String text = digest(lines).text();
        assertThat(text)
                .contains(sentence + "\u00a0:")
                .contains("| Modifié par la ville | " + EVENING + " | Non réservé")
                .contains("dans le planning de votre espace famille");
        assertThat(text.contains("Mes demandes")).isEqualTo(decisions > 0);
    }

    @Test
    void the_digest_tells_outcome_reason_and_rank() {
        LocalDate day = LocalDate.of(2019, 2, 4);
        RenderedMail mail = digest(List.of(
                new MailLine("Léo", day, LocalTime.of(12, 0), CANCEL, "2/Repas Sco", ACCEPTED, null, null),
                new MailLine("Zoé", day, LocalTime.of(16, 30), BOOK, EVENING, REFUSED, "Plus de place", null),
                new MailLine("Zoé", day, LocalTime.of(17, 0), BOOK, EVENING, WAITLISTED, null, 3)));
        assertThat(mail.text())
                .contains("04/02/2019 | 12:00 | Léo | Absence | 2/Repas Sco | Acceptée\n")
                .contains("| Refusée (Motif\u00a0: Plus de place)")
                .contains("| Liste d'attente, rang 3");
    }

    @Test
    void the_acknowledgement_says_what_waits_for_a_place() {
        LocalDate day = LocalDate.of(2019, 2, 4);
        MailLine waits = new MailLine("Zoé", day, LocalTime.of(17, 0), BOOK, EVENING, WAITLISTED, null, 3);
        assertThat(acknowledge("MME", List.of(waits)).text())
                .contains("à 16:33 est inscrite sur liste d'attente, faute de place\u00a0:")
                .contains("| Liste d'attente, rang 3")
                .contains("Nous vous préviendrons si une place se libère.");
        MailLine accepted = new MailLine("Léo", day, LocalTime.of(17, 0), BOOK, EVENING, ACCEPTED, null, null);
        assertThat(acknowledge("MME", List.of(waits, accepted)).text())
                .contains("ont bien été enregistrées. Une est inscrite sur liste d'attente, faute de place\u00a0:")
                .contains("sera rappelée");
    }

    @Test
    void tables_have_the_columns_that_families_know() {
        RenderedMail decided = digest(Samples.lines(1, BOOK, EVENING, ACCEPTED));
        assertThat(decided.text()).contains("\nJour | Heure | Enfant | Type | Activité | Statut\n");
        assertThat(flat(decided.html().substring(decided.html().indexOf("<thead>")))
                        .strip())
                .startsWith("JourHeureEnfantTypeActivitéStatut");
        assertThat(acknowledge("M", Samples.lines(1, BOOK, EVENING, PENDING)).text())
                .contains("\nJour | Heure | Enfant | Type de la demande | Activité\n");
    }

    @Test
    void names_and_texts_are_data_and_never_markup_or_template() {
        String nasty = "<script>alert(1)</script>${1+1}<#if x>&\"'{0}";
        Map<String, Object> model =
                Samples.digest("M", List.of(Samples.line(nasty, LocalDate.of(2026, 1, 1), BOOK, nasty, REFUSED)));
        model.put("firstName", nasty);
        RenderedMail mail = Samples.render(Samples.town(nasty, "red;}", nasty), DIGEST, model);
        assertThat(mail.html())
                .doesNotContain("<script")
                .doesNotContain("red;}")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;${1+1}&lt;#if x&gt;&amp;&quot;&#39;{0}");
        assertThat(mail.text()).contains(nasty);
        assertThat(mail.subject()).isEqualTo("Accusé de traitement");
    }

    @Test
    void a_website_of_another_scheme_is_left_out() {
        var town = Samples.town();
        var bad = new fr.portailfamille.town.TownProfile(
                town.id(),
                town.code(),
                town.name(),
                town.zone(),
                town.holidayRegion(),
                town.digestHours(),
                town.brandColour(),
                null,
                null,
                null,
                null,
                "javascript:alert(1)",
                null,
                null,
                null);
        RenderedMail mail = Samples.render(bad, DIGEST, model(DIGEST));
        assertThat(mail.html()).doesNotContain("javascript:");
        assertThat(mail.text()).contains("Cordialement,\nSaint-Exemple\n").doesNotContain("contacter notre service");
    }

    @Test
    void emoji_and_right_to_left_names_come_through() {
        Map<String, Object> model = Samples.to("MME", "نور", "🦊 D’ÂÎ");
        model.put("lines", List.of());
        assertThat(Samples.render(DIGEST, model).html()).contains("نور 🦊 D’ÂÎ");
    }

    @ParameterizedTest
    @CsvSource({"#0B5CAD, #FFFFFF", "#FFEB3B, #1C2430", "#000000, #FFFFFF", "nonsense, #FFFFFF"})
    void the_ink_on_the_town_s_colour_can_be_read(String colour, String ink) {
        assertThat(new BrandColour(colour).ink()).isEqualTo(ink);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void every_state_has_a_colour_for_dark_screens(State state) {
        String html = digest(Samples.lines(1, BOOK, EVENING, state)).html();
        Matcher tone = Pattern.compile("<strong class=\"([a-z-]+)\"").matcher(html);
        assertThat(tone.find()).isTrue();
        String dark = html.substring(html.indexOf("prefers-color-scheme: dark"), html.indexOf("</style>"));
        assertThat(dark).containsPattern("\\." + tone.group(1) + "[ ,][^{}]*\\{ color: #[0-9A-F]{6} !important");
    }

    @Test
    void who_accepts_no_e_mails_is_promised_none() {
        List<MailLine> lines = new ArrayList<>(Samples.lines(1, BOOK, EVENING, PENDING));
        lines.addAll(Samples.lines(1, CANCEL, EVENING, ACCEPTED));
        Map<String, Object> model = Samples.acknowledgement("MME", lines);
        model.put("later", false);
        assertThat(Samples.render(ACKNOWLEDGEMENT, model).text())
                .contains("Vous pouvez les suivre dans votre espace citoyen")
                .doesNotContain("tiendrons")
                .doesNotContain("rappelée")
                .doesNotContain("également les suivre");
        model.put("later", true);
        assertThat(Samples.render(ACKNOWLEDGEMENT, model).text())
                .contains("Nous vous tiendrons informée")
                .contains("Cette décision sera rappelée")
                .contains("Vous pouvez également les suivre");
    }

    /** Left beside the build for a person, or a browser, to look at. */
    @ParameterizedTest
    @EnumSource(MailTemplate.class)
    void samples_can_be_looked_at(MailTemplate template) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "mails"));
        RenderedMail mail = Samples.render(template, model(template));
        Path html = Files.writeString(folder.resolve(template.key() + ".html"), mail.html());
        Files.writeString(folder.resolve(template.key() + ".txt"), mail.text());
        assertThat(html).isNotEmptyFile();
    }

    private static Map<String, Object> model(MailTemplate template) {
        LocalDate day = LocalDate.of(2026, 11, 23);
        List<MailLine> lines = new ArrayList<>();
        State[] states = template == DIGEST
                ? new State[] {ACCEPTED, ACCEPTED, REFUSED, WAITLISTED}
                : new State[] {PENDING, PENDING, ACCEPTED, PENDING};
        for (int i = 0; i < states.length; i++) {
            lines.add(new MailLine(
                    i % 2 == 0 ? "Léo" : "Marie-Amandine",
                    day.plusDays(i),
                    LocalTime.of(16, 30),
                    i == 1 ? CANCEL : BOOK,
                    i == 3 ? "Accueil de loisirs du mercredi" : EVENING,
                    states[i],
                    states[i] == REFUSED ? "Hors délai : la réservation fermait le jeudi à 12 h" : null,
                    states[i] == WAITLISTED ? 3 : null));
        }
        return switch (template) {
            case ACKNOWLEDGEMENT -> Samples.acknowledgement("MME", lines);
            case DIGEST -> Samples.digest("MME", lines);
            case RECEIPT -> Samples.request("MME", "ADDRESS_CHANGE");
            case OUTCOME -> Samples.outcome("MME", "ADDRESS_CHANGE", "REFUSED", "Le justificatif manque.");
            default -> Samples.account("MME");
        };
    }

    private static RenderedMail acknowledge(String civility, List<MailLine> lines) {
        return Samples.render(ACKNOWLEDGEMENT, Samples.acknowledgement(civility, lines));
    }

    private static RenderedMail digest(List<MailLine> lines) {
        return Samples.render(DIGEST, Samples.digest("M", lines));
    }

    private static String flat(String html) {
        return html.replaceAll("<[^>]*>", "").replace("&#39;", "'");
    }

    @Test
    void a_logo_is_shown_from_the_mail_itself_and_a_mail_without_one_says_nothing_of_it() {
        MailLogo logo = new MailLogo("image/png", new byte[1], 480, 90);
        RenderedMail mail = Samples.render(ACTIVATION, Samples.account("M"), logo);
        assertThat(mail.html())
                .contains("<img src=\"cid:logo@portail-famille\" width=\"240\" height=\"45\" alt=\"Logo de ")
                .doesNotContain("src=\"http");
        RenderedMail without = Samples.render(ACTIVATION, Samples.account("M"));
        assertThat(without.html()).doesNotContain("<img", "cid:");
        assertThat(mail.text()).isEqualTo(without.text());
    }
}
