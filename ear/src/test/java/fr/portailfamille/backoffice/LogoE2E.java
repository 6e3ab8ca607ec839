package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import fr.portailfamille.browser.InBrowser;
import fr.portailfamille.browser.Screens;
import fr.portailfamille.browser.TestInstance;
import fr.portailfamille.launcher.CaughtMails;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The logo at the head of the town's e-mails. */
@Tag("browser")
@Tag("B7")
@Tag("P11")
@ExtendWith(InBrowser.class)
class LogoE2E {

    @Test
    void a_logo_is_checked_shown_and_sent_along_with_mails_until_it_is_taken_away(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("notifications");
        page.getByText("Logo des e-mails").click();
        assertThat(page.locator("main")).containsText("n’ont pas de logo");
        agents.hasNoAccessibilityViolation();

        choose(page, "logo.png", "<svg onload=\"alert(1)\"/>".getBytes(StandardCharsets.UTF_8));
        agents.button("Ajouter le logo").click();
        assertThat(page.locator("#file-error")).containsText("pas une image PNG ou JPEG");
        agents.hasNoAccessibilityViolation();
        choose(page, "logo.png", picture(700, 100));
        agents.button("Ajouter le logo").click();
        assertThat(page.locator("#file-error")).containsText("trop grande");
        Assertions.assertThat(logos(town)).isEqualTo(0L);

        choose(page, "nimporte.txt", picture(480, 120));
        agents.button("Ajouter le logo").click();
        assertThat(page.locator("body")).containsText("Le logo est enregistré");
        assertThat(page.locator(".bo-logo img")).hasAttribute("alt", "Logo de Ville des agents");
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "logo");

        page.navigate(town.url("notifications"));
        assertThat(page.locator(".bo-mail .bo-logo img")).isVisible();
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "logo-preview");
        agents.button("Envoyez-moi un essai").click();
        assertThat(page.locator("body")).containsText("Un essai part à l’adresse " + town.admin());
        List<CaughtMails.Mail> mails = TestInstance.get().mails().await(town.admin(), 2, Duration.ofMinutes(3));
        CaughtMails.Mail mail = mails.get(mails.size() - 1);
        Assertions.assertThat(mail.html().orElseThrow())
                .contains(
                        "src=\"cid:logo@portail-famille\" width=\"240\" height=\"60\" alt=\"Logo de Ville des agents\"");
        Assertions.assertThat(Files.readString(mail.file(), StandardCharsets.ISO_8859_1))
                .contains("Content-ID: <logo@portail-famille>");

        page.navigate(town.url("logo-des-courriels"));
        agents.button("Retirer le logo").click();
        assertThat(page.locator("body")).containsText("Les e-mails partent sans logo.");
        Assertions.assertThat(logos(town)).isEqualTo(0L);
    }

    private static Object logos(BackofficeTown town) throws Exception {
        return town.value("select count(*) from app.town_logo where town_id = ?", town.id());
    }

    private static void choose(Page page, String name, byte[] content) {
        page.locator("#file").setInputFiles(new FilePayload(name, "image/png", content));
    }

    private static byte[] picture(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(0x0B5CAD));
        pen.fillOval(0, 0, height, height);
        pen.fillRect(height + 10, height / 3, width - height - 10, height / 3);
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
