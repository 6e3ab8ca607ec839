package fr.portailfamille.notice.letter;

import static fr.portailfamille.notice.letter.MailLine.Action.BOOK;
import static fr.portailfamille.notice.letter.MailLine.State.ACCEPTED;
import static fr.portailfamille.notice.letter.MailLine.State.PENDING;
import static fr.portailfamille.notice.letter.MailLine.State.REFUSED;
import static fr.portailfamille.notice.letter.MailTemplate.ACKNOWLEDGEMENT;
import static fr.portailfamille.notice.letter.MailTemplate.DIGEST;
import static fr.portailfamille.notice.letter.MailTemplate.OUTCOME;
import static fr.portailfamille.notice.letter.MailTemplate.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.request.RequestType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Receipts and outcomes of any request, and what the law asks of them. */
@Tag("P11")
class RequestLettersTest {

    private static final String EVENING = "4/Péri SOIR";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GUARDIAN_CHANGE | de modification du responsable",
                "ADDRESS_CHANGE | de modification de l'adresse principale",
                "SUBSCRIPTION | d'abonnement",
                "NURSERY | de préinscription en crèche",
                "REPORT | de signalement"
            })
    void a_receipt_names_type_and_reference_of_any_request(String type, String what) {
        RenderedMail mail = Samples.render(RECEIPT, Samples.request("MME", type));
        assertThat(mail.subject()).isEqualTo("Accusé d'enregistrement électronique");
        assertThat(mail.text())
                .contains(
                        "Votre demande " + what + " 2026-4K7M2P9QXZ a bien été prise en compte le 04/01/2019 à 16:33.")
                .contains("Nous vous tiendrons informée de son traitement.")
                .doesNotContain("| Heure");
        assertThat(mail.html()).doesNotContain("<thead>");
    }

    @ParameterizedTest
    @EnumSource(RequestType.class)
    void every_type_of_request_has_its_words(RequestType type) {
        assertThat(Samples.render(RECEIPT, Samples.request("M", type.name())).text())
                .containsPattern("Votre demande (de |d')\\p{L}");
    }

    @Test
    void an_outcome_tells_what_was_decided_when_and_what_the_town_answers() {
        Map<String, Object> model =
                Samples.outcome("M", "ADDRESS_CHANGE", "ACCEPTED", "Bienvenue <chez> vous.\n\nÀ bientôt");
        RenderedMail mail = Samples.render(OUTCOME, model);
        assertThat(mail.subject()).isEqualTo("Accusé de traitement");
        assertThat(mail.text())
                .contains(
                        "Votre demande de modification de l'adresse principale 2026-4K7M2P9QXZ, réalisée le 04/01/2019,"
                                + " a été acceptée le 08/01/2019.")
                .contains("Bienvenue <chez> vous.\n\nÀ bientôt\n")
                .doesNotContain("tribunal");
        assertThat(mail.html()).contains("Bienvenue &lt;chez&gt; vous.");
    }

    @Test
    void a_refused_request_says_where_it_can_be_contested() {
        assertThat(Samples.render(OUTCOME, Samples.outcome("M", "BANK_CHANGE", "REFUSED", ""))
                        .text())
                .contains("a été refusée le 08/01/2019.")
                .contains("tribunal administratif");
    }

    @Test
    void a_request_accepted_in_part_says_so_and_what_can_be_done() {
        assertThat(Samples.render(OUTCOME, Samples.outcome("M", "CHILD_CHANGE", "PARTLY_ACCEPTED", "Photo illisible"))
                        .text())
                .contains("a été acceptée en partie le 08/01/2019.")
                .contains("\nPhoto illisible\n")
                .contains("tribunal administratif");
    }

    @Test
    void a_receipt_holds_what_the_law_asks() {
        Map<String, Object> model = Samples.acknowledgement("MME", Samples.lines(3, BOOK, EVENING, PENDING));
        model.put("legal", Samples.legal("ACCEPTED", null));
        for (String part : List.of(
                Samples.render(ACKNOWLEDGEMENT, model).text(),
                flat(Samples.render(ACKNOWLEDGEMENT, model).html()))) {
            assertThat(part)
                    .contains("Demande reçue le 04/01/2019 à 16:33, référence 2026-4K7M2P9QXZ.")
                    .contains("Service chargé de votre demande\u00a0: Direction de l'enfance, 1 place de la Mairie,"
                            + " 44999 Saint-Exemple, enfance@ville.example, 02 00 00 00 00.")
                    .contains(
                            "Sans réponse de notre part au 04/03/2019, vos demandes seront considérées comme acceptées")
                    .contains("attestation")
                    .doesNotContain("tribunal");
        }
    }

    @Test
    void where_silence_refuses_the_receipt_says_how_to_contest() {
        Map<String, Object> model = Samples.request("MME", "NURSERY");
        model.put("legal", Samples.legal("REFUSED", "Tribunal administratif de Nantes, dans les deux mois."));
        assertThat(Samples.render(RECEIPT, model).text())
                .contains("votre demande sera considérée comme refusée.")
                .contains("Tribunal administratif de Nantes, dans les deux mois.");
    }

    @Test
    void a_refusal_is_told_with_how_to_contest_it_in_a_digest_and_at_once() {
        Map<String, Object> digest = Samples.digest("M", Samples.lines(2, BOOK, EVENING, REFUSED));
        assertThat(Samples.render(DIGEST, digest).text()).contains("tribunal administratif");
        digest.put("legal", Map.of("recourse", "Tribunal administratif de Nantes."));
        assertThat(Samples.render(DIGEST, digest).text())
                .contains("Tribunal administratif de Nantes.")
                .doesNotContain("Demande reçue");
        assertThat(Samples.render(DIGEST, Samples.digest("M", Samples.lines(2, BOOK, EVENING, ACCEPTED)))
                        .text())
                .doesNotContain("tribunal");

        Map<String, Object> atOnce = Samples.acknowledgement("M", Samples.lines(1, BOOK, EVENING, REFUSED));
        atOnce.put("legal", Samples.legal("ACCEPTED", null));
        assertThat(Samples.render(ACKNOWLEDGEMENT, atOnce).text())
                .contains("Demande reçue le")
                .containsOnlyOnce("tribunal administratif");
    }

    @Test
    void silence_means_nothing_where_all_was_decided_at_once() {
        Map<String, Object> model = Samples.acknowledgement("MME", Samples.lines(2, BOOK, EVENING, ACCEPTED));
        model.put("legal", Samples.legal("ACCEPTED", null));
        assertThat(Samples.render(ACKNOWLEDGEMENT, model).text())
                .contains("Demande reçue le")
                .doesNotContain("Sans réponse");
    }

    @ParameterizedTest
    @EnumSource(names = {"ACKNOWLEDGEMENT", "RECEIPT", "OUTCOME", "DIGEST"})
    void a_preview_is_a_whole_mail_with_the_draft_in_it(MailTemplate template) {
        Map<String, Object> model =
                SampleModels.of(template, Instant.parse("2026-11-20T09:00:00Z").atZone(ZoneId.of("Europe/Paris")));
        model.put("variable", "Texte <b>à l'essai</b> ${x}");
        RenderedMail mail = Samples.render(template, model);
        assertThat(mail.text()).contains("Bonjour Mme Prénom NOM,").contains("Texte <b>à l'essai</b> ${x}");
        assertThat(mail.html()).contains("Texte &lt;b&gt;").doesNotContain("L&#39;équipe municipale");
    }

    private static String flat(String html) {
        return html.replaceAll("<[^>]*>", "").replace("&#39;", "'");
    }
}
