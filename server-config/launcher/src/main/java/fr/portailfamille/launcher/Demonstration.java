package fr.portailfamille.launcher;

import fr.portailfamille.launcher.demonstration.DemonstrationLots;
import fr.portailfamille.launcher.demonstration.DemonstrationLots.BuiltLot;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Person;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Role;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * The demonstration town: opened at the first start of a portal that has no town yet, with lots dated from that day, and
 * accounts made as families and agents make them, by forms and the links in their mails.
 */
public final class Demonstration {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private final Instance instance;
    private final Path folder;

    public Demonstration(Instance instance) {
        this.instance = instance;
        this.folder = instance.state().folder("demonstration");
    }

    /**
     * Opens the town on a portal that is used for the first time: one that has no town of its own yet.
     *
     * @param caught whether mails are caught here, so that their links can be followed; else there are no accounts
     */
    void openAtFirstStart(PrintStream out, boolean caught) {
        boolean ownTowns = !progress().containsKey("day") && !towns().isEmpty();
        if (!ownTowns) {
            open(out, caught);
        }
    }

    /**
     * Opens the town, imports its lots and makes its accounts. What was cut off is taken up where it ended; once done,
     * nothing is done again.
     */
    public void open(PrintStream out) {
        open(out, true);
    }

    private void open(PrintStream out, boolean caught) {
        Properties progress = progress();
        if (progress.containsKey("ready")) {
            return;
        }
        LocalDate day = LocalDate.parse((String)
                progress.computeIfAbsent("day", none -> LocalDate.now(PARIS).toString()));
        save(progress);
        out.println("Opening the demonstration town …");
        try {
            openTown(people(day));
            importLots(DemonstrationLots.build(day, folder), out);
            if (!caught) {
                out.println("Mails go to a server of your own, where nobody here can follow their links:"
                        + " the town has no accounts yet but those that you make.");
                return;
            }
            accounts(people(day), progress, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        progress.put("ready", "yes");
        save(progress);
    }

    /** Monday of the week in which every day can still be booked, as seen from the day the town was opened. */
    public LocalDate firstMonday() {
        return DemonstrationLots.firstMonday(LocalDate.parse(progress().getProperty("day")));
    }

    /** The one who has no account yet. */
    public Person newcomer() {
        return only(people(LocalDate.parse(progress().getProperty("day"))), Role.NEWCOMER)
                .get(0);
    }

    /** The first administrator. */
    public Person administrator() {
        return only(people(LocalDate.parse(progress().getProperty("day"))), Role.AGENT)
                .get(0);
    }

    private void openTown(List<Person> people) {
        PortalApi.Answer answer = instance.api()
                .openTown(
                        DemonstrationLots.TOWN,
                        "Ville de Saint-Exemple",
                        only(people, Role.AGENT).get(0).email());
        if (!answer.ok()) {
            throw new Problem("The demonstration town was not opened: " + answer.reason());
        }
    }

    private void importLots(List<BuiltLot> lots, PrintStream out) {
        boolean good = new LotImport(instance.api(), out)
                .send(DemonstrationLots.TOWN, lots.stream().map(BuiltLot::path).toList(), false);
        if (!good) {
            throw new Problem("A lot of the demonstration town was not taken");
        }
    }

    private void accounts(List<Person> people, Properties progress, PrintStream out) {
        SignUps signUps = new SignUps(instance, DemonstrationLots.TOWN, password());
        for (Person person : people) {
            if (person.role() == Role.NEWCOMER || progress.containsKey(person.email())) {
                continue;
            }
            if (person.role() == Role.AGENT) {
                signUps.activateAgent(person);
            } else {
                signUps.signUp(person);
            }
            progress.put(person.email(), "account");
            save(progress);
            out.printf("✓ account of %s %s%n", person.firstName(), person.lastName());
        }
    }

    /** The lines that {@code run} prints under the addresses: the towns, and who may sign in. */
    List<String> signIns() {
        List<String> lines = new ArrayList<>();
        for (String[] town : towns()) {
            lines.add("%-24s %s/portail/%s/ · %s/backoffice/%s/"
                    .formatted(town[1], instance.baseUrl(), town[0], instance.baseUrl(), town[0]));
        }
        if (lines.isEmpty()) {
            lines.add("No town is open yet: ./portail town CODE NAME ADMIN_EMAIL, then ./portail mails ADMIN_EMAIL");
        }
        Properties progress = progress();
        if (progress.containsKey("ready")) {
            lines.add("");
            lines.addAll(accountLines(people(LocalDate.parse(progress.getProperty("day")))));
        }
        return lines;
    }

    private List<String> accountLines(List<Person> people) {
        List<String> lines = new ArrayList<>();
        lines.add("In the demonstration town these sign in with the password  " + password());
        for (Person person : people) {
            if (person.role() != Role.NEWCOMER) {
                lines.add("  %-12s %-34s %s %s, %s"
                        .formatted(
                                person.role() == Role.AGENT ? "back-office" : "portal",
                                person.email(),
                                person.firstName(),
                                person.lastName(),
                                person.note()));
            }
        }
        lines.add("The week in which every day can still be booked: %s/portail/%s/espace-famille/activites?jour=%s"
                .formatted(instance.baseUrl(), DemonstrationLots.TOWN, firstMonday()));
        for (Person person : only(people, Role.NEWCOMER)) {
            lines.add("Sign up yourself as %s %s: code abonné %s, a child born on %s; ./portail mails shows the mail"
                    .formatted(
                            person.firstName(),
                            person.lastName(),
                            person.accountCode(),
                            DAY.format(person.birthDate())));
        }
        return lines;
    }

    /** One for all accounts, drawn for this installation. */
    public String password() {
        return instance.state().password("demonstration");
    }

    private static List<Person> only(List<Person> people, Role role) {
        return people.stream().filter(person -> person.role() == role).toList();
    }

    private static List<Person> people(LocalDate day) {
        try {
            return DemonstrationPeople.of(day);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Codes and names. */
    private List<String[]> towns() {
        List<String[]> towns = new ArrayList<>();
        try (Connection owner = instance.connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("select code, name from app.town order by code limit 20")) {
            while (rows.next()) {
                towns.add(new String[] {rows.getString("code"), rows.getString("name")});
            }
        } catch (SQLException e) {
            throw new Problem("The towns could not be listed: " + e.getMessage(), e);
        }
        return towns;
    }

    private Properties progress() {
        Properties progress = new Properties();
        Path file = folder.resolve("progress.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                progress.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return progress;
    }

    private void save(Properties progress) {
        try (Writer writer = Files.newBufferedWriter(folder.resolve("progress.properties"))) {
            progress.store(writer, "How far the demonstration town is");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
