package fr.portailfamille.launcher.bench;

import fr.portailfamille.launcher.Bench;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.mail.MailSink;
import fr.portailfamille.launcher.mail.UntoldDecisions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Digests of a whole city at once: how long they take to build, how fast they leave, and what one plain connection to the
 * same mail server reaches with mails of the same size.
 */
public final class MailBench implements Bench {

    private static final int FAMILIES = 20_000;
    private static final int DECISIONS_EACH = 10;
    private static final int HEAP_MIB = 64;
    private static final double WARM_UP_SECONDS = 90;
    private static final double SHARE_OF_PLAIN = 0.9;
    private static final double BUILDING = 0.1;
    private static final double ENOUGH = 3_000;

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public String summary() {
        return "digests of 20,000 families against one plain SMTP connection (1 argument: how many families)";
    }

    @Override
    public boolean run(Path stateFolder, List<String> arguments, PrintStream out) throws Exception {
        int families = arguments.isEmpty() ? FAMILIES : Integer.parseInt(arguments.get(0));
        Files.createDirectories(stateFolder);
        Path heapLog = stateFolder.resolve("heap.log");
        try (MailSink sink = new MailSink()) {
            Instance instance = Instance.in(stateFolder)
                    .ports(Ports.free())
                    .mailServer("127.0.0.1", sink.port())
                    .serverOption(HeapLog.option(heapLog))
                    .build();
            try {
                instance.start();
                return measure(instance, sink, heapLog, families, out);
            } finally {
                instance.stop();
            }
        }
    }

    private static boolean measure(Instance instance, MailSink sink, Path heapLog, int families, PrintStream out)
            throws Exception {
        UntoldDecisions town = UntoldDecisions.openTown(instance, "banc-courrier");
        warmUp(town, sink, families / 10, out);
        town.add(families, DECISIONS_EACH, Instant.now().minusSeconds(60));
        HeapLog heap =
                new HeapLog(heapLog, instance.serverProcess().orElseThrow().pid());
        double plainBefore = plain(sink, families / 4);
        long settled = heap.settled();
        int mark = heap.mark();
        int before = sink.count();
        long start = System.nanoTime();
        town.sendDigest();
        double building = seconds(start);
        long first = System.nanoTime();
        awaitMails(sink, before + families);
        double sending = seconds(first);
        awaitNoted(town);
        double noting = seconds(first);
        long growth = Math.max(0, heap.peakSince(mark) - settled);
        double plain = Math.max(plainBefore, plain(sink, families / 4));
        // Some leave while the answer to the digest is on its way: the whole count over the whole time is the lower
        // bound.
        double speed = families / sending;
        out.printf(
                Locale.ROOT,
                "building %.2f s for %,d families and %,d decisions; sending %.2f s (noted after %.2f s), %,.0f mails/s;"
                        + " one plain connection %,.0f mails/s; heap growth %d MiB%n",
                building,
                families,
                families * DECISIONS_EACH,
                sending,
                noting,
                speed,
                plain,
                growth);
        boolean reached = verdict(
                out,
                speed >= SHARE_OF_PLAIN * plain,
                "at least 90 % of the plain connection",
                "%.0f %%",
                100 * speed / plain);
        reached &= verdict(
                out,
                speed >= Math.min(ENOUGH, SHARE_OF_PLAIN * plain),
                "3,000 mails/s where the plain one does",
                "%,.0f",
                speed);
        reached &= verdict(
                out,
                building <= BUILDING * sending,
                "building in a tenth of the sending time",
                "%.0f %%",
                100 * building / sending);
        reached &= verdict(out, growth <= HEAP_MIB, "heap growth of at most " + HEAP_MIB + " MiB", "%.0f MiB", growth);
        return reached;
    }

    private static boolean verdict(PrintStream out, boolean reached, String goal, String format, double value) {
        out.printf("  %s %s: %s%n", reached ? "✓" : "✗", goal, String.format(Locale.ROOT, format, value));
        return reached;
    }

    /** A server that sends twice a day for months has everything compiled that Java will ever compile of it. */
    private static void warmUp(UntoldDecisions town, MailSink sink, int families, PrintStream out) throws Exception {
        long start = System.nanoTime();
        do {
            town.add(families, DECISIONS_EACH, Instant.now().minusSeconds(60));
            int before = sink.count();
            long round = System.nanoTime();
            town.sendDigest();
            awaitMails(sink, before + families);
            awaitNoted(town);
            out.printf(Locale.ROOT, "warming up: %,.0f mails/s, built and sent%n", families / seconds(round));
        } while (seconds(start) < WARM_UP_SECONDS);
    }

    private static double plain(MailSink sink, int mails) throws Exception {
        List<MailSink.Taken> taken = sink.taken();
        int octets = taken.get(taken.size() - 1).octets();
        return PlainMails.perSecond(sink.port(), mails, octets);
    }

    private static void awaitMails(MailSink sink, int count) {
        Instant end = Instant.now().plus(Duration.ofMinutes(15));
        while (sink.count() < count) {
            if (Instant.now().isAfter(end)) {
                throw new Problem("Only " + sink.count() + " of " + count + " mails came");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void awaitNoted(UntoldDecisions town) throws Exception {
        while (town.notices("state = 'QUEUED'") > 0) {
            Waiting.aMoment();
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
