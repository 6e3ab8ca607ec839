package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import fr.portailfamille.browser.InBrowser;
import fr.portailfamille.exchange.TestLot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** « Importer un lot », and rejected rows corrected and sent back. */
@Tag("browser")
@Tag("B7")
@Tag("X7")
@ExtendWith(InBrowser.class)
class ImportLotE2E {

    private static final Pattern RUNS = Pattern.compile(".*/traitements");
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    private static FilePayload zip(TestLot lot) {
        return new FilePayload("lot.zip", "application/zip", lot.zip());
    }

    private static FilePayload text(String name, String content) {
        return new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_lot_is_simulated_then_imported_by_hand(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        TestLot lot = TestLot.delta(town.code(), "individuals", 1)
                .file("individuals.csv", "individual_ref,last_name,first_name", "N1,NOUVELLE,Ève", "N2,,Adam");
        agents.open("traitements");
        page.getByText("Importer un lot").click();
        agents.hasNoAccessibilityViolation();

        page.locator("#file").setInputFiles(zip(lot));
        page.getByLabel("Simulation").check();
        agents.button("Importer").dblclick();
        assertThat(page).hasURL(RUNS);
        assertThat(page.locator(".pf-messages")).containsText("rien ne sera changé");
        assertThat(agents.cell(0, 6)).containsText("Simulation", PATIENTLY);
        Assertions.assertThat(people(town)).isZero();

        page.navigate(town.url("importer-un-lot"));
        page.locator("#file").setInputFiles(zip(lot));
        agents.button("Importer").click();
        assertThat(page.locator(".pf-messages")).containsText("Le lot est reçu");
        assertThat(agents.cell(0, 6)).containsText("Terminé avec rejets", PATIENTLY);
        Assertions.assertThat(people(town)).isEqualTo(1);
        agents.see(0);
        assertThat(agents.panel()).containsText(town.admin() + ", à la main");

        page.navigate(town.url("importer-un-lot"));
        page.locator("#file").setInputFiles(zip(lot));
        agents.button("Importer").click();
        assertThat(page.locator(".pf-messages")).containsText("avait déjà été reçu");
        Assertions.assertThat(town.value("select count(*) from app.lot where town_id = ? and not dry_run", town.id()))
                .isEqualTo(1L);
    }

    @Test
    void what_is_no_lot_is_refused_at_the_field_with_the_code_of_the_contract(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("importer-un-lot");
        agents.button("Importer").click();
        assertThat(page.locator("#file-error")).containsText("Fichier du lot");
        agents.hasNoAccessibilityViolation();

        refuses(page, agents, new FilePayload("lot.zip", "application/zip", new byte[] {1, 2, 3}), "NOT_A_ZIP");
        TestLot lot = TestLot.delta(town.code(), "individuals", 1)
                .file("individuals.csv", "individual_ref,last_name,first_name", "N1,NOUVELLE,Ève");
        refuses(page, agents, zip(lot.unlisted("allergies.csv")), "UNLISTED_FILE");
        refuses(page, agents, text("Classeur1.csv", "a;b\n1;2\n"), "UNKNOWN_FILE");
        refuses(page, agents, text("individuals.csv", "individual_ref;first_name\nN1;Ève\n"), "MISSING_COLUMN");
        page.getByLabel("Simulation").check();
        refuses(page, agents, text("individuals.csv", "individual_ref;first_name;last_name\n"), "NO_ROWS");
        assertThat(page.getByLabel("Simulation")).isChecked();
        agents.hasNoAccessibilityViolation();
        Assertions.assertThat(town.value("select count(*) from app.lot where town_id = ?", town.id()))
                .isEqualTo(0L);

        page.locator("#file").evaluate("input => { input.dataset.most = 10; }");
        page.locator("#file").setInputFiles(text("individuals.csv", "individual_ref;first_name;last_name\n"));
        assertThat(page.locator("#file-error")).containsText("trop volumineux");
    }

    private static void refuses(Page page, AgentPages agents, FilePayload file, String code) {
        page.locator("#file").setInputFiles(file);
        agents.button("Importer").click();
        assertThat(page.locator("#file-error")).containsText("[" + code + "]");
        assertThat(page.locator(".pf-summary")).isFocused();
    }

    @Test
    void rejected_rows_are_corrected_in_a_spreadsheet_and_sent_back(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        town.send(
                page,
                TestLot.delta(town.code(), "individuals", 1)
                        .file("individuals.csv", "individual_ref,last_name,first_name", "N1,NOUVELLE,Ève", "N2,,Adam"));
        agents.open("traitements");
        assertThat(agents.cell(0, 6)).containsText("Terminé avec rejets", PATIENTLY);
        agents.see(0);
        assertThat(page.locator(".bo-rejects")).containsText("La colonne last_name est obligatoire");
        agents.hasNoAccessibilityViolation();

        Download file =
                page.waitForDownload(() -> page.locator("#corrections input").click());
        Assertions.assertThat(file.suggestedFilename()).matches("individuals-a-corriger-\\d+\\.csv");
        String csv = Files.readString(file.path());
        Assertions.assertThat(csv).contains("N2;;Adam;").doesNotContain("NOUVELLE");
        page.getByText("Renvoyer des lignes corrigées").click();
        assertThat(page.locator("main")).containsText("Import individus en masse");
        agents.hasNoAccessibilityViolation();
        page.locator("#file").setInputFiles(text(file.suggestedFilename(), csv.replace("N2;;", "N2;ANCIEN;")));
        agents.button("Importer").click();

        assertThat(page).hasURL(RUNS);
        assertThat(agents.cell(0, 6))
                .hasText(Pattern.compile("Terminé$"), new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        Assertions.assertThat(people(town)).isEqualTo(2);
        agents.see(0);
        assertThat(agents.panel()).containsText("sans numéro (correction)");
        Assertions.assertThat(town.value("select last_sequence from app.flow_state where town_id = ?", town.id()))
                .isEqualTo(1L);
    }

    @Test
    void files_are_taken_on_this_page_only_and_from_agents_who_may(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.signIn(town.agentWith("DEMANDES"), BackofficeTown.PASSWORD);
        assertThat(page).hasURL(Pattern.compile(".*/accueil"));
        Assertions.assertThat(page.navigate(town.url("importer-un-lot")).status())
                .isEqualTo(403);
        Assertions.assertThat(post(page, town.url("importer-un-lot"))).isEqualTo(403);
        Assertions.assertThat(post(page, town.url("demandes"))).isEqualTo(415);
        Assertions.assertThat(post(page, town.portalUrl("connexion"))).isEqualTo(415);
    }

    private static int post(Page page, String url) {
        return page.context()
                .request()
                .post(
                        url,
                        RequestOptions.create()
                                .setMultipart(FormData.create().set("file", text("individuals.csv", "a;b\n1;2\n"))))
                .status();
    }

    /** Those that lots brought. */
    private static long people(BackofficeTown town) throws Exception {
        return (Long) town.value("select count(*) from app.individual where town_id = ? and ref like 'N%'", town.id());
    }
}
