package fr.portailfamille.launcher.mail;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills the server while it sends digests, starts it again, and looks at what the mail server got: nothing may be lost,
 * and one mail at most may come twice, under one Message-ID.
 */
public final class MailKills {

    private static final int FAMILIES = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Instance instance;
    private final MailSink sink;
    private final UntoldDecisions town;
    private final Random random;

    public MailKills(Instance instance, MailSink sink, UntoldDecisions town, Random random) {
        this.instance = instance;
        this.sink = sink;
        this.town = town;
        this.random = random;
    }

    /**
     * What became of one kill.
     *
     * @param story where it struck
     * @param lost addressees who got nothing
     * @param repeats mails beyond one each
     * @param renamed addressees who got the same digest under two Message-IDs
     * @param unsettled notices that are not noted as sent in the end
     */
    public record Outcome(String story, int lost, int repeats, int renamed, long unsettled) {
        public boolean good() {
            return lost == 0 && repeats <= 1 && renamed == 0 && unsettled == 0;
        }
    }

    public Outcome kill() throws SQLException, InterruptedException {
        settle();
        int before = sink.count();
        town.add(FAMILIES, 2, Instant.now().minusSeconds(60));
        int victim = 1 + random.nextInt(FAMILIES - 1);
        boolean unanswered = random.nextBoolean();
        long microseconds = random.nextInt(2000);
        String story = "mail %d of %d, %s"
                .formatted(victim, FAMILIES, unanswered ? "before its answer" : microseconds + " µs after its answer");
        ProcessHandle server = instance.serverProcess().orElseThrow();
        if (unanswered) {
            sink.beforeAnswer(before + victim, instance::killServer);
        } else {
            sink.afterAnswer(before + victim, () -> {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(microseconds));
                instance.killServer();
            });
        }
        town.sendDigest();
        awaitEnd(server);
        instance.startServer();
        awaitAll(before);
        settle();
        return judge(story, sink.taken().subList(before, sink.count()));
    }

    private static void awaitEnd(ProcessHandle server) throws InterruptedException {
        try {
            server.onExit().get(2, TimeUnit.MINUTES);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            throw new Problem("The server was to be killed and lives", e);
        }
    }

    private void awaitAll(int before) {
        Instant end = Instant.now().plus(PATIENCE);
        while (addressees(sink.taken().subList(before, sink.count())).size() < FAMILIES
                && Instant.now().isBefore(end)) {
            Waiting.aMoment();
        }
    }

    /** Until everything is noted; what is not, is counted by whoever judges. */
    private void settle() throws SQLException {
        Instant end = Instant.now().plus(PATIENCE);
        while (town.notices("state = 'QUEUED'") > 0 && Instant.now().isBefore(end)) {
            Waiting.aMoment();
        }
    }

    private static Set<String> addressees(List<MailSink.Taken> mails) {
        Set<String> all = new HashSet<>();
        mails.forEach(mail -> all.add(mail.to()));
        return all;
    }

    private Outcome judge(String story, List<MailSink.Taken> mails) throws SQLException {
        Map<String, Set<String>> ids = new HashMap<>();
        mails.forEach(
                mail -> ids.computeIfAbsent(mail.to(), to -> new HashSet<>()).add(mail.messageId()));
        int renamed =
                (int) ids.values().stream().filter(each -> each.size() > 1).count();
        return new Outcome(
                story, FAMILIES - ids.size(), mails.size() - ids.size(), renamed, town.notices("state <> 'SENT'"));
    }
}
