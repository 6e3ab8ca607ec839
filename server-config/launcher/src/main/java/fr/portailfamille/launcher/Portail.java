package fr.portailfamille.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The command {@code ./portail}. */
public final class Portail {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private static final String USAGE = """
            ./portail run [--detach]              start database, mail catcher and server; Ctrl-C stops all
            ./portail stop | status | logs [-f]
            ./portail redeploy                    build what changed and replace the application that runs
            ./portail test [OPTIONS]              all tests; --container or --browser with -Dit.test=NAME for some
            ./portail town CODE NAME ADMIN_EMAIL [--partition]   open a town; its administrator gets an activation mail
            ./portail partition TOWN              give a town's bookings, which are many, a table of their own
            ./portail key TOWN [NAME]             make an exchange key and print it, once
            ./portail validate [--all] LOT…       check lots (ZIP files, or folders of them) without a portal
            ./portail import TOWN [--dry-run] LOT…   send lots and follow them
            ./portail digest TOWN                 send the digest now
            ./portail mails [ADDRESS]             the mails that the catcher received; with an address, their text
            ./portail sql [--town CODE] "SELECT …"   ask the database, as owner or as a town sees it
            ./portail bench [NAME…]               measure
            ./portail chaos [NAME…]               kill and break while it works, and see that nothing is lost

            Settings, as variables: PORTAIL_PORT_OFFSET (moves all ports), PORTAIL_HEAP (768m), PORTAIL_BASE_URL,
            PORTAIL_JAVA_OPTS, PORTAIL_EXCHANGE_DIR (a drop folder for lots), PORTAIL_BOUNCE_DIR (a folder for mail
            that comes back), PORTAIL_DEMONSTRATION=false (first start without the demonstration town); PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE (a PostgreSQL of your own, as its
            administrator); SMTP_HOST, SMTP_PORT (a mail server of your own).
            """;

    private final Instance instance;
    private final PrintStream out;

    private Portail(Instance instance, PrintStream out) {
        this.instance = instance;
        this.out = out;
    }

    public static void main(String[] arguments) {
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        String command = arguments.length == 0 ? "help" : arguments[0];
        List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try {
            boolean good = command.equals("validate")
                    // Needs nothing of an instance, and leaves no trace of one.
                    ? validate(new ArrayList<>(rest), out)
                    : new Portail(Settings.instance(command.equals("run")), out).execute(command, rest);
            System.exit(good ? 0 : 1);
        } catch (Problem e) {
            System.err.println("portail: " + e.getMessage());
            System.exit(1);
        } catch (SQLException e) {
            System.err.println("portail: the database answers: " + e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private boolean execute(String command, List<String> arguments) throws Exception {
        return switch (command) {
            case "run" -> run(arguments.contains("--detach"));
            case "stop" -> stop();
            case "status" -> status();
            case "logs" -> logs(arguments.contains("-f"));
            case "redeploy" -> redeploy();
            case "test" -> new TestRun(out).run(arguments);
            case "town" -> town(new ArrayList<>(arguments));
            case "partition" -> partition(exactly(arguments, 1).get(0));
            case "key" -> key(arguments);
            case "import" -> importLots(new ArrayList<>(arguments));
            case "digest" -> digest(exactly(arguments, 1).get(0));
            case "mails" -> mails(arguments);
            case "sql" -> sql(arguments);
            case "bench" -> trial(Bench.class, "bench", arguments);
            case "chaos" -> trial(Chaos.class, "chaos", arguments);
            case "help", "--help", "-h" -> help();
            default -> throw new Problem("There is no command " + command + "\n\n" + USAGE);
        };
    }

    private boolean help() {
        out.print(USAGE);
        return true;
    }

    private boolean run(boolean detach) {
        if (instance.serverRuns() && instance.databaseRuns() && instance.mailCatcherRuns()) {
            out.println("The portal is running already. After a change: ./portail redeploy");
            welcome();
            return true;
        }
        instance.requirePorts();
        Thread stopAll = new Thread(() -> {
            out.println("Stopping …");
            instance.stop();
        });
        // Also when the start fails half-way; a start that succeeds and is left alone forgets it.
        Runtime.getRuntime().addShutdownHook(stopAll);
        long start = System.nanoTime();
        out.println("Starting the database …");
        instance.startDatabase();
        instance.startMailCatcher();
        out.println("Starting the server …");
        instance.startServer();
        out.printf("Ready after %.1f s.%n", (System.nanoTime() - start) / 1e9);
        if (detach) {
            Runtime.getRuntime().removeShutdownHook(stopAll);
        }
        openDemonstration();
        welcome();
        if (!detach) {
            out.println("Ctrl-C stops everything.");
            instance.awaitEnd();
        }
        return true;
    }

    /** A portal without its demonstration is a portal all the same. */
    private void openDemonstration() {
        Map<String, String> variables = System.getenv();
        if ("false".equals(variables.get("PORTAIL_DEMONSTRATION"))) {
            return;
        }
        try {
            new Demonstration(instance).openAtFirstStart(out, !variables.containsKey("SMTP_HOST"));
        } catch (Problem e) {
            out.println("The demonstration town is not complete, the next start goes on with it: " + e.getMessage());
        }
    }

    private void welcome() {
        String base = instance.baseUrl();
        out.println();
        out.println("  Portal          " + base + "/portail/");
        out.println("  Back-office     " + base + "/backoffice/");
        out.println("  Exchange        " + base + "/exchange/v1/");
        out.printf(
                "  Server console  http://localhost:%d/console  user admin, password in %s%n",
                instance.ports().management(), instance.state().secretFile("console"));
        out.println("  Logs            " + instance.state().folder("log"));
        out.println();
        new Demonstration(instance).signIns().forEach(line -> out.println("  " + line));
        out.println();
    }

    private boolean stop() {
        if (!instance.anythingToStop()) {
            out.println("Nothing is running.");
            return true;
        }
        instance.stop();
        out.println("Stopped.");
        return true;
    }

    private boolean status() {
        boolean ready = instance.ready();
        out.printf(
                "server       %s%n",
                ready ? "ready, " + instance.baseUrl() : instance.serverRuns() ? "starting" : "stopped");
        out.printf("database     %s%n", instance.databaseRuns() ? "running, " + instance.database() : "stopped");
        out.printf("mail catcher %s%n", instance.mailCatcherState());
        return ready;
    }

    private boolean logs(boolean follow) throws IOException {
        Path log = instance.state().log("server.log");
        if (follow) {
            return new ProcessBuilder("tail", "-n", "50", "-F", log.toString())
                            .inheritIO()
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        }
        out.println(ServerProcess.tail(log, 200));
        return true;
    }

    private boolean redeploy() {
        if (!instance.serverRuns()) {
            throw new Problem("The portal is not running: ./portail run");
        }
        long start = System.nanoTime();
        instance.deploy(Project.archive());
        out.printf("Redeployed in %.1f s.%n", (System.nanoTime() - start) / 1e9);
        return true;
    }

    private boolean town(List<String> arguments) {
        boolean apart = arguments.remove("--partition");
        exactly(arguments, 3);
        PortalApi.Answer answer = instance.api().openTown(arguments.get(0), arguments.get(1), arguments.get(2));
        if (!answer.ok()) {
            throw new Problem("The town was not opened: " + answer.reason());
        }
        out.printf("%s is open: %s/portail/%s/%n", arguments.get(1), instance.baseUrl(), arguments.get(0));
        if (apart) {
            partition(arguments.get(0));
        }
        out.printf(
                "Its first administrator activates the account with the mail: ./portail mails %s%n", arguments.get(2));
        return true;
    }

    private boolean partition(String town) {
        PortalApi.Answer answer = instance.api().partition(town);
        if (!answer.ok()) {
            throw new Problem("The bookings of " + town + " stay where they are: " + answer.reason());
        }
        out.println(
                answer.json().getBoolean("moved")
                        ? "Its bookings have a partition of their own; %d moved into it."
                                .formatted(answer.json().getInt("bookings"))
                        : "Its bookings had a partition of their own already.");
        return true;
    }

    private boolean key(List<String> arguments) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new Problem("./portail key TOWN [NAME]");
        }
        String name = arguments.size() == 2 ? arguments.get(1) : "portail key";
        PortalApi.Answer answer = instance.api().newKey(arguments.get(0), name);
        if (!answer.ok()) {
            throw new Problem("No key was made: " + answer.reason());
        }
        out.println(answer.json().getString("key"));
        return true;
    }

    private boolean importLots(List<String> arguments) {
        boolean dryRun = arguments.remove("--dry-run");
        if (arguments.size() < 2) {
            throw new Problem("./portail import TOWN [--dry-run] LOT…");
        }
        List<Path> lots = lots(arguments.subList(1, arguments.size()));
        return new LotImport(instance.api(), out).send(arguments.get(0), lots, dryRun);
    }

    private static boolean validate(List<String> arguments, PrintStream out) {
        boolean all = arguments.remove("--all");
        if (arguments.isEmpty()) {
            throw new Problem("./portail validate [--all] LOT…");
        }
        return new LotValidation(out, all).check(lots(arguments));
    }

    private static List<Path> lots(List<String> arguments) {
        // The script starts Java in the project's root, and says where the paths were meant.
        Path folder = Path.of(System.getProperty("portail.folder", ""));
        return LotImport.lots(arguments.stream().map(folder::resolve).toList());
    }

    private boolean digest(String town) {
        PortalApi.Answer answer = instance.api().digest(town);
        if (!answer.ok()) {
            throw new Problem("No digest was sent: " + answer.reason());
        }
        out.println(answer.body().isBlank() ? "The digest was asked for." : answer.body());
        return true;
    }

    private boolean mails(List<String> arguments) {
        if (arguments.isEmpty()) {
            List<CaughtMails.Mail> all = instance.mails().all();
            all.forEach(
                    mail -> out.printf("%s  %-40s  %s%n", TIME.format(mail.receivedAt()), mail.to(), mail.subject()));
            out.println("(" + all.size() + " mails in " + instance.state().mails() + ")");
            return true;
        }
        List<CaughtMails.Mail> mails = instance.mails().to(arguments.get(0));
        for (CaughtMails.Mail mail : mails) {
            out.println("─".repeat(80));
            out.printf(
                    "Received: %s%nFrom:     %s%nTo:       %s%nSubject:  %s%n%n",
                    TIME.format(mail.receivedAt()), mail.from(), mail.to(), mail.subject());
            out.println(mail.text().isEmpty() ? mail.html().orElse("") : mail.text());
        }
        out.println("(" + mails.size() + " mails to " + arguments.get(0) + ")");
        return true;
    }

    private boolean sql(List<String> arguments) throws SQLException {
        if (arguments.size() == 3 && arguments.get(0).equals("--town")) {
            new Query(out).asTown(instance, arguments.get(1), arguments.get(2));
        } else {
            List<String> rest = arguments.stream()
                    .filter(argument -> !argument.equals("--owner"))
                    .toList();
            new Query(out).asOwner(instance, exactly(rest, 1).get(0));
        }
        return true;
    }

    private <T extends Trial> boolean trial(Class<T> kind, String command, List<String> arguments) throws Exception {
        List<T> trials = ServiceLoader.load(kind).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (arguments.isEmpty()) {
            trials.forEach(trial -> out.printf("%-12s %s%n", trial.name(), trial.summary()));
            return true;
        }
        T chosen = trials.stream()
                .filter(trial -> trial.name().equals(arguments.get(0)))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "There is no %1$s %2$s; ./portail %1$s lists them".formatted(command, arguments.get(0))));
        Path folder = Project.root().resolve("target").resolve(command).resolve(arguments.get(0));
        TestRun.discardLeftover(folder);
        return chosen.run(folder, arguments.subList(1, arguments.size()), out);
    }

    private static List<String> exactly(List<String> arguments, int count) {
        if (arguments.size() != count) {
            throw new Problem("That command takes other arguments:\n\n" + USAGE);
        }
        return arguments;
    }
}
