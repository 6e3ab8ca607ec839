package fr.portailfamille.browser;

import com.microsoft.playwright.Page;
import fr.portailfamille.activity.HolidayRegion;
import fr.portailfamille.activity.PublicHolidays;
import fr.portailfamille.booking.TestTown;
import fr.portailfamille.booking.TestTown.Parent;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.TestClock;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jdbi.v3.core.Jdbi;

/** A family with a child, a canteen and an account that can sign in, in a town of its own. */
final class FamilyInBrowser {

    private static final String PASSWORD = "Cantine-du-mardi-2026";

    final String code;
    final TestTown town;
    final long canteen;
    final long centre;
    final long lunch;
    final long wednesday;
    final long child;
    final long family;
    private final Parent parent;

    FamilyInBrowser() {
        code = "planning-" + UUID.randomUUID().toString().substring(0, 8);
        Instance instance = TestInstance.get();
        if (!instance.api()
                .openTown(code, "Ville du planning", "agent@" + code + ".invalid")
                .ok()) {
            throw new IllegalStateException("The town was not opened");
        }
        Jdbi owner = Jdbi.create(() -> {
            Connection connection = instance.connectAsOwner();
            connection.setSchema("app");
            return connection;
        });
        town = TestTown.of(
                owner.withHandle(handle -> handle.createQuery("select id from town where code = ?")
                        .bind(0, code)
                        .mapTo(int.class)
                        .one()),
                owner);
        canteen = town.activity("Restauration scolaire", "AUTOMATIC");
        lunch = town.schedule(canteen, 20);
        centre = town.activity("Centre de loisirs", "BUSINESS");
        wednesday = town.schedule(centre, null);
        town.bookTheDayBefore(canteen, "18:00");
        family = town.family();
        child = town.child(family);
        town.register(child, family, lunch, wednesday);
        parent = parent();
        town.write(
                "insert into code (town_id, list, code, label, sort_order) values (?, 'absence_reason', 'MAL', 'Maladie', 1)");
    }

    private FamilyInBrowser(FamilyInBrowser other) {
        code = other.code;
        town = other.town;
        canteen = other.canteen;
        centre = other.centre;
        lunch = other.lunch;
        wednesday = other.wednesday;
        family = town.family();
        child = town.child(family);
        town.register(child, family, lunch, wednesday);
        parent = parent();
    }

    /** Another family of the same town, whose child goes to the same canteen. */
    FamilyInBrowser neighbour() {
        return new FamilyInBrowser(this);
    }

    private Parent parent() {
        Parent made = town.parent(family);
        town.write(
                "update citizen_account set password_hash = '" + hash(PASSWORD) + "' where town_id = ? and id = ?",
                made.account());
        return made;
    }

    private static String hash(String password) {
        byte[] salt = new byte[16];
        try {
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 210_000, 256))
                    .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return "PBKDF2WithHmacSHA512:210000:" + base64.encodeToString(salt) + ":" + base64.encodeToString(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A Monday two to four weeks ahead whose week has no public holiday before Friday. */
    LocalDate monday() {
        LocalDate monday = TestClock.today().plusWeeks(2).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        while (holidays(monday)) {
            monday = monday.plusWeeks(1);
        }
        return monday;
    }

    private static boolean holidays(LocalDate monday) {
        var holidays = PublicHolidays.of(HolidayRegion.METROPOLE);
        return monday.datesUntil(monday.plusDays(5))
                .anyMatch(day -> holidays.on(day).isPresent());
    }

    /** What the business application calls it. */
    String ref(String table, long id) {
        return town.texts("select ref from " + table + " where town_id = ? and id = ?", id)
                .get(0);
    }

    String email() {
        return "a" + parent.account() + "@famille.invalid";
    }

    String url(String path) {
        return "/portail/" + code + "/" + path;
    }

    void signIn(Page page) {
        page.navigate(url("connexion"));
        page.fill("#email", email());
        page.fill("#password", PASSWORD);
        page.click("#signIn [type=submit]");
        page.waitForURL(address -> !address.contains("connexion"));
    }

    void openWeek(Page page, LocalDate day) {
        page.navigate(url("espace-famille/activites?jour=" + day));
    }

    String cell(long schedule, LocalDate day) {
        return "#c" + child + "_" + schedule + "_" + day;
    }
}
