package fr.portailfamille.launcher.bench;

import fr.portailfamille.launcher.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server's heap holds after collections, from its log of them: objects in use, and not what waits for the next one. */
final class HeapLog {

    /** Of those that collect: others count what nobody needs any more. */
    private static final Pattern PAUSE = Pattern.compile("Pause (?:Young|Full) .* (\\d+)M->(\\d+)M\\((\\d+)M\\)");

    private final Path log;
    private final long pid;

    HeapLog(Path log, long pid) {
        this.log = log;
        this.pid = pid;
    }

    /** The option that makes the server write the log. */
    static String option(Path log) {
        return "-Xlog:gc:file=" + log + ":uptime:filecount=0";
    }

    private List<String> lines() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    int mark() throws IOException {
        return lines().size();
    }

    /** Collects everything and says what is left, in MiB. */
    long settled() throws IOException, InterruptedException {
        int before = mark();
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process collection = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!collection.waitFor(1, TimeUnit.MINUTES)) {
            throw new Problem("The server's heap could not be collected");
        }
        return last(before);
    }

    /**
     * What the last collection left, in MiB. Nothing is collected for it: a heap that was just made small costs the work
     * that follows.
     */
    long last() throws IOException {
        return last(0);
    }

    private long last(int mark) throws IOException {
        List<Long> left = after(mark);
        return left.isEmpty() ? 0 : left.get(left.size() - 1);
    }

    /** The most that was left after a collection since the mark, garbage of long-lived generations included, in MiB. */
    long peakSince(int mark) throws IOException {
        return after(mark).stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private List<Long> after(int mark) throws IOException {
        List<String> lines = lines();
        return lines.subList(Math.min(mark, lines.size()), lines.size()).stream()
                .map(PAUSE::matcher)
                .filter(Matcher::find)
                .map(pause -> Long.parseLong(pause.group(2)))
                .toList();
    }
}
