package fr.portailfamille.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.portailfamille.launcher.CaughtMails.Mail;
import fr.portailfamille.launcher.Demonstration;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.demonstration.DemonstrationLots;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Person;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A family that has nothing but a code on paper ends with a booked meal, and everybody who should know knows. */
@Tag("browser")
@Tag("P2")
@Tag("P3")
@Tag("P8")
@Tag("P10")
@Tag("P11")
@Tag("B6")
@ExtendWith(InBrowser.class)
class WholeStoryE2E {

    private static final String TOWN = DemonstrationLots.TOWN;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final Pattern LINK = Pattern.compile("https?://\\S+[?&]jeton=[\\w-]+");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Instance instance = TestInstance.get();
    private final Demonstration demonstration = new Demonstration(instance);

    @Test
    void from_a_code_on_paper_to_the_digest(Page page) {
        demonstration.open(System.out);
        Person parent = demonstration.newcomer();
        LocalDate tuesday = demonstration.firstMonday().plusDays(1);

        signUp(page, parent);
        activate(page, parent);
        signIn(page, parent);
        book(page, tuesday);
        seesItInTheLists(page, tuesday);
        Mail acknowledgement = mail(parent, "Accusé d'enregistrement électronique");
        assertThat(acknowledgement.text()).contains("Restauration scolaire", DAY.format(tuesday));
        agentSeesIt(page, parent);
        assertThat(instance.api().digest(TOWN).ok()).isTrue();
        Mail digest = mail(parent, "Accusé de traitement");
        assertThat(digest.text()).contains("Restauration scolaire", DAY.format(tuesday));
    }

    private void signUp(Page page, Person parent) {
        page.navigate("/portail/" + TOWN + "/creer-un-compte");
        page.locator("input[name=civility][value=%s]".formatted(parent.civility()))
                .check();
        page.fill("#lastName", parent.lastName());
        page.fill("#firstName", parent.firstName());
        page.fill("#email", parent.email());
        page.fill("#password", demonstration.password());
        page.fill("#passwordAgain", demonstration.password());
        page.fill("#code", parent.accountCode());
        page.fill("#birthDate", DAY.format(parent.birthDate()));
        page.check("#terms");
        page.click("#signUp [type=submit]");
        page.waitForURL("**/creer-un-compte/confirmation");
    }

    private void activate(Page page, Person parent) {
        Matcher link = LINK.matcher(mail(parent, "Portail citoyen : confirmation de création de compte")
                .text());
        assertThat(link.find()).isTrue();
        page.navigate(link.group());
        page.click("#activation [type=submit]");
        page.waitForURL("**/connexion");
    }

    private void signIn(Page page, Person parent) {
        page.fill("#email", parent.email());
        page.fill("#password", demonstration.password());
        page.click("#signIn [type=submit]");
        page.waitForURL(address -> !address.contains("connexion"));
    }

    private void book(Page page, LocalDate day) {
        page.navigate("/portail/" + TOWN + "/espace-famille/activites?jour=" + day);
        Locator cell = page.locator("tbody")
                .filter(new Locator.FilterOptions().setHasText("Gabin"))
                .locator("tr")
                .filter(new Locator.FilterOptions().setHasText("Restauration scolaire"))
                .locator("td[data-day='%s'] .plan-cell".formatted(day));
        assertThat(cell).containsText("Non réservé");
        cell.click();
        page.click("#sheet-confirm");
        assertThat(cell).containsText("Réservé");
        page.reload();
        assertThat(cell).containsText("Réservé");
    }

    private void seesItInTheLists(Page page, LocalDate day) {
        page.navigate("/portail/" + TOWN + "/espace-famille/activites/liste");
        assertThat(page.locator("main"))
                .containsText(Pattern.compile(
                        "Gabin.*Restauration scolaire.*" + DAY.format(day) + ".*Acceptée", Pattern.DOTALL));
        page.navigate("/portail/" + TOWN + "/mon-espace/mes-demandes");
        assertThat(page.locator("main"))
                .containsText(Pattern.compile("Ajout de réservation.*Acceptée", Pattern.DOTALL));
    }

    private void agentSeesIt(Page page, Person parent) {
        try (BrowserContext office = page.context()
                .browser()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(instance.baseUrl())
                        .setLocale("fr-FR"))) {
            Page desk = office.newPage();
            desk.navigate("/backoffice/" + TOWN + "/connexion");
            desk.fill("#email", demonstration.administrator().email());
            desk.fill("#password", demonstration.password());
            desk.click("#signIn");
            desk.waitForURL(address -> !address.contains("connexion"));
            desk.navigate("/backoffice/" + TOWN + "/demandes");
            assertThat(desk.locator("main tr").filter(new Locator.FilterOptions().setHasText(parent.email())))
                    .containsText("Acceptée");
        }
    }

    private Mail mail(Person to, String subject) {
        int expected = 1;
        while (true) {
            List<Mail> mails = instance.mails().await(to.email(), expected, PATIENCE);
            for (Mail mail : mails) {
                if (mail.subject().replace('’', '\'').equals(subject)) {
                    return mail;
                }
            }
            expected = mails.size() + 1;
        }
    }
}
