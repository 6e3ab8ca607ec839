package fr.portailfamille.backoffice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.notice.letter.RenderedMail;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B7")
class MailPreviewTest {

    @Test
    void tells_the_town_s_paragraphs_from_the_fixed_ones() {
        RenderedMail mail = new RenderedMail(
                "Accusé",
                "Bonjour,\n\nVotre demande\n\nPremier  \n  ligne deux\n\nSecond\n\nCordialement,\nLa ville\n",
                "");
        MailPreview preview = MailPreview.of(mail, "  Premier\nligne deux \n \nSecond");
        assertThat(preview.subject()).isEqualTo("Accusé");
        assertThat(preview.parts())
                .containsExactly(
                        new MailPreview.Part("Bonjour,", false),
                        new MailPreview.Part("Votre demande", false),
                        new MailPreview.Part("Premier\nligne deux", true),
                        new MailPreview.Part("Second", true),
                        new MailPreview.Part("Cordialement,\nLa ville", false));
    }

    @Test
    void without_a_text_nothing_is_the_town_s() {
        assertThat(MailPreview.of(new RenderedMail("s", "Bonjour,\n\nFin", ""), "")
                        .parts())
                .noneMatch(MailPreview.Part::own);
    }
}
