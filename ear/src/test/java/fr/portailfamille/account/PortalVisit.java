package fr.portailfamille.account;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import fr.portailfamille.browser.TestInstance;
import fr.portailfamille.launcher.CaughtMails.Mail;
import fr.portailfamille.launcher.Instance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A visitor of the portal of a town of their own, with the acts that many tests begin with. */
public final class PortalVisit {

    public static final String PASSWORD = "Grenouille-Verte-42";

    private static final Pattern LINK = Pattern.compile("https?://\\S+\\?jeton=\\S+");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Page page;
    private final String town;
    private final int townId;

    private PortalVisit(Page page, String town, int townId) {
        this.page = page;
        this.town = town;
        this.townId = townId;
    }

    /** Opens a town that no other test knows. */
    public static PortalVisit toNewTown(Page page) throws SQLException {
        String code = "visite-" + UUID.randomUUID().toString().substring(0, 8);
        Instance instance = TestInstance.get();
        instance.api().openTown(code, "Visite-sur-Mer", "admin@" + code + ".example");
        return toTown(page, code);
    }

    /** A town that is open. */
    public static PortalVisit toTown(Page page, String code) throws SQLException {
        try (Connection owner = TestInstance.get().connectAsOwner();
                PreparedStatement find = owner.prepareStatement("select id from app.town where code = ?")) {
            find.setString(1, code);
            ResultSet row = find.executeQuery();
            row.next();
            return new PortalVisit(page, code, row.getInt(1));
        }
    }

    public int townId() {
        return townId;
    }

    public String address(String path) {
        return "/portail/" + town + "/" + path;
    }

    public PortalVisit open(String path) {
        page.navigate(address(path));
        return this;
    }

    public Household household() throws SQLException {
        try (Connection owner = TestInstance.get().connectAsOwner()) {
            return Household.in(owner, townId);
        }
    }

    /** Presses the one button of the page's form. */
    public void submit() {
        page.locator("main form [type=submit]").click();
        page.waitForLoadState();
    }

    public void fillSignUp(String email) {
        page.getByLabel("Madame").check();
        page.fill("#lastName", "Martin");
        page.fill("#firstName", "Claire");
        page.fill("#email", email);
        page.fill("#password", PASSWORD);
        page.fill("#passwordAgain", PASSWORD);
        page.check("#terms");
    }

    /** From the form through the mail to the signed-in home page. */
    public void becomeMember(String email, String code) {
        open("creer-un-compte");
        fillSignUp(email);
        page.fill("#code", code);
        submit();
        page.waitForURL("**/creer-un-compte/confirmation");
        page.navigate(linkSentTo(email, 1));
        submit();
        signIn(email, PASSWORD);
    }

    public void signIn(String email, String password) {
        open("connexion");
        page.fill("#email", email);
        page.fill("#password", password);
        submit();
    }

    /** The link in the newest of so many mails. */
    public String linkSentTo(String email, int count) {
        List<Mail> mails = TestInstance.get().mails().await(email, count, PATIENCE);
        Matcher link = LINK.matcher(mails.get(mails.size() - 1).text());
        if (!link.find()) {
            throw new AssertionError("No link in the mail to " + email);
        }
        return link.group();
    }

    public int mailsTo(String email) {
        return TestInstance.get().mails().to(email).size();
    }

    public List<?> axe() {
        return new AxeBuilder(page).analyze().getViolations();
    }

    /** By how many pixels the page is wider than the window. */
    public int overflow() {
        return (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }
}
