package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.Chaos;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.mail.MailKills;
import fr.portailfamille.launcher.mail.MailSink;
import fr.portailfamille.launcher.mail.UntoldDecisions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Kills the server again and again while it sends mails. */
public final class MailChaos implements Chaos {

    private static final int KILLS = 20;

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public String summary() {
        return "kills the server while it sends mails (2 arguments: how often, 20; the seed)";
    }

    @Override
    public boolean run(Path stateFolder, List<String> arguments, PrintStream out) throws Exception {
        int kills = arguments.isEmpty() ? KILLS : Integer.parseInt(arguments.get(0));
        long seed = arguments.size() < 2 ? System.nanoTime() : Long.parseLong(arguments.get(1));
        out.println("Seed " + seed);
        boolean good = true;
        try (MailSink sink = new MailSink()) {
            Instance instance = Instance.in(stateFolder)
                    .ports(Ports.free())
                    .heap("512m")
                    .mailServer("127.0.0.1", sink.port())
                    .build();
            try {
                instance.start();
                UntoldDecisions town = UntoldDecisions.openTown(instance, "coupures");
                MailKills mails = new MailKills(instance, sink, town, new Random(seed));
                for (int kill = 1; kill <= kills; kill++) {
                    MailKills.Outcome outcome = mails.kill();
                    out.printf(
                            "%s %2d  killed at %s: %d lost, %d repeated, %d under two Message-IDs, %d not noted%n",
                            outcome.good() ? "✓" : "✗",
                            kill,
                            outcome.story(),
                            outcome.lost(),
                            outcome.repeats(),
                            outcome.renamed(),
                            outcome.unsettled());
                    good &= outcome.good();
                }
            } finally {
                instance.stop();
            }
        }
        return good;
    }
}
