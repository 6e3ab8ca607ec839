package fr.portailfamille.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * {@code ./portail test}: the formatter's check and the plain tests of every module, then the container and browser tests
 * against an instance of their own, on free ports and with an empty database. Counts what ran, because a suite that ran
 * nothing must not look green.
 */
final class TestRun {
    private final PrintStream out;

    TestRun(PrintStream out) {
        this.out = out;
    }

    private record Count(int run, int failed, int skipped) {
        static final Count NONE = new Count(0, 0, 0);

        Count plus(Count other) {
            return new Count(run + other.run, failed + other.failed, skipped + other.skipped);
        }

        int passed() {
            return run - failed - skipped;
        }
    }

    boolean run(List<String> given) throws IOException {
        List<String> arguments = new ArrayList<>(given);
        boolean containerOnly = arguments.remove("--container");
        boolean browserOnly = arguments.remove("--browser");
        boolean all = !containerOnly && !browserOnly;
        if (!containerOnly) {
            Chromium.require();
        }
        forgetReports();

        Path folder = Project.root().resolve("target/test-instance");
        discardLeftover(folder);
        Path bounces = Files.createDirectories(folder.toAbsolutePath().resolve("bounces"));
        Instance instance = Instance.in(folder)
                .ports(Ports.free())
                .archive(Path.of("none"))
                .testClock(TestClock.START)
                .environment(
                        "PORTAIL_EXCHANGE_DIR",
                        folder.toAbsolutePath().resolve("exchange").toString())
                .environment("PORTAIL_BOUNCE_DIR", bounces.toString())
                // So little that a test can send more.
                .environment("PORTAIL_LOT_ZIPPED_MIB", "32")
                // Where tests put a gateway of their own.
                .environment(
                        "PORTAIL_SMS_URL", "http://127.0.0.1:" + Ports.free().http() + "/sms")
                .build();
        Thread stop = new Thread(instance::stop);
        Runtime.getRuntime().addShutdownHook(stop);
        instance.start();
        int exit;
        try {
            exit = maven(instance, all, containerOnly, browserOnly, arguments);
        } finally {
            instance.stop();
            Runtime.getRuntime().removeShutdownHook(stop);
        }
        return report(exit, all, containerOnly, browserOnly);
    }

    /** The last run's instance stays for whoever looks into a failure; one that was killed may still be running. */
    static void discardLeftover(Path folder) {
        if (Files.exists(folder)) {
            Instance.in(folder).portsOfLastStart().build().discard();
        }
    }

    private int maven(Instance instance, boolean all, boolean container, boolean browser, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Commands.find("mvn")
                        .map(Path::toString)
                        .orElse(Project.root().resolve("mvnw").toString()),
                "-B",
                "-ntp",
                "verify",
                "-Pinstance",
                "-pl",
                "ear",
                "-am",
                "-Dportail.instance=" + instance.state().root(),
                "-Dportail.management.port=" + instance.ports().management(),
                // All of them run even when some fail; what failed is counted at the end.
                "-Dmaven.test.failure.ignore=true",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dfailsafe.failIfNoSpecifiedTests=false"));
        if (!all) {
            command.add("-Dspotless.check.skip=true");
            command.add("-Dskip.plain=true");
            command.add("-Dskip.container=" + !container);
            command.add("-Dskip.browser=" + !browser);
        }
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(Project.root().toFile())
                .inheritIO()
                .start()
                .onExit()
                .join()
                .exitValue();
    }

    private boolean report(int exit, boolean all, boolean containerOnly, boolean browserOnly) {
        Count plain = count("surefire-reports");
        Count container = count("failsafe-reports/container");
        Count browser = count("failsafe-reports/browser");
        Count sum = plain.plus(container).plus(browser);
        List<String> troubles = new ArrayList<>();
        if (exit != 0) {
            troubles.add("the build failed (see above)");
        }
        if (all && plain.passed() == 0) {
            troubles.add("no plain test passed");
        }
        if ((all || containerOnly) && container.passed() == 0) {
            troubles.add("no container test passed");
        }
        if ((all || browserOnly) && browser.passed() == 0) {
            troubles.add("no browser test passed");
        }
        out.println();
        out.printf("plain      %5d ran, %d failed, %d skipped%n", plain.run(), plain.failed(), plain.skipped());
        out.printf(
                "container  %5d ran, %d failed, %d skipped%n",
                container.run(), container.failed(), container.skipped());
        out.printf("browser    %5d ran, %d failed, %d skipped%n", browser.run(), browser.failed(), browser.skipped());
        troubles.forEach(trouble -> out.println("FAILED: " + trouble));
        out.printf("%d passed, %d failed%n", sum.passed(), sum.failed() + troubles.size());
        return sum.failed() == 0 && troubles.isEmpty();
    }

    private static void forgetReports() throws IOException {
        for (Path module : modules()) {
            StateFolder.deleteTree(module.resolve("target/surefire-reports"));
            StateFolder.deleteTree(module.resolve("target/failsafe-reports"));
        }
    }

    private static Count count(String reports) {
        Count sum = Count.NONE;
        for (Path module : modules()) {
            Path folder = module.resolve("target").resolve(reports);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(TestRun::isReport).toList()) {
                    sum = sum.plus(read(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sum;
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("TEST-") && name.endsWith(".xml");
    }

    private static Count read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader reader = XMLInputFactory.newFactory().createXMLStreamReader(in);
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // The first element holds the sums.
            }
            return new Count(
                    number(reader, "tests"),
                    number(reader, "failures") + number(reader, "errors"),
                    number(reader, "skipped"));
        } catch (XMLStreamException e) {
            throw new Problem("The test report " + file + " cannot be read", e);
        }
    }

    private static int number(XMLStreamReader reader, String attribute) {
        return Integer.parseInt(reader.getAttributeValue(null, attribute));
    }

    private static List<Path> modules() {
        Path root = Project.root();
        return Stream.of(
                        "domain-ejb",
                        "ear/web-common",
                        "portal-web",
                        "backoffice-web",
                        "batch",
                        "server-config/launcher",
                        "ear")
                .map(root::resolve)
                .toList();
    }
}
