package fr.portailfamille.batch.folder;

import fr.portailfamille.exchange.TooManyLotsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files that come in. Only plain files that are called {@code *.zip} and have not changed between two looks are taken, in
 * the order of their names; hidden ones, links and folders are left alone. A file is given to the receiver first and moved
 * afterwards: whatever a crash interrupts is given again, and the same lot is never applied twice. The answer beside a file
 * that was taken follows the lot to its end.
 */
final class InFolder {

    /** So long a file that ends too early may still be growing before it is refused. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Lots are personal data: they are kept as long as in the database. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final Logger LOG = System.getLogger(InFolder.class.getName());
    private static final String ANSWER = ".json";
    private static final String REJECTS = ".rejects.csv";

    private final Path in;
    private final Path done;
    private final Path refused;
    private final LongSupplier nanos;
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Set<Path> followed = new TreeSet<>();
    private final Set<Path> ended = new HashSet<>();
    /** Answers about files that others have replaced before they could be put away. */
    private final Set<Path> alone = new HashSet<>();

    private @Nullable Long listed;

    /** @param nanos a clock that only measures */
    InFolder(Path in, LongSupplier nanos) {
        this.in = in;
        this.done = in.resolve("done");
        this.refused = in.resolve("refused");
        this.nanos = nanos;
    }

    /** Takes the content of a file, and knows what became of it later. */
    interface Receiver {
        Reply receive(InputStream content) throws IOException;

        /** @param answer what stands beside a file that was taken */
        News newsOf(String answer);

        /** Rejected rows and warnings of a lot that came to its end. */
        void writeRejects(String answer, Writer out) throws IOException;
    }

    /**
     * How it stands now.
     *
     * @param over there will be nothing newer
     * @param rejects some rows were rejected or taken with a warning
     */
    record News(String answer, boolean over, boolean rejects) {}

    /**
     * What became of it.
     *
     * @param truncated refused because the end is missing: it may not have arrived yet
     * @param answer the document that HTTP would have answered
     */
    record Reply(boolean taken, boolean truncated, String answer) {}

    private record Seen(
            long size, FileTime changed, @Nullable Object key, long since, boolean unreadable) {
        boolean same(BasicFileAttributes now) {
            return size == now.size() && changed.equals(now.lastModifiedTime()) && Objects.equals(key, now.fileKey());
        }
    }

    void look(Receiver receiver) throws IOException {
        RealFolder.require(in);
        RealFolder.require(done);
        RealFolder.require(refused);
        Set<Path> there = new HashSet<>();
        for (Path file : files()) {
            there.add(file);
            if (ready(file)) {
                take(file, receiver);
            }
        }
        seen.keySet().retainAll(there);
        follow(receiver);
    }

    private void follow(Receiver receiver) throws IOException {
        for (Iterator<Path> answers = followed().iterator(); answers.hasNext(); ) {
            Path file = answers.next();
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                answers.remove();
                continue;
            }
            String answer = Files.readString(file);
            News news = receiver.newsOf(answer);
            if (!news.answer().equals(answer)) {
                writeAnswer(file, news.answer());
            }
            if (news.over()) {
                if (news.rejects()) {
                    writeRejects(receiver, file, news.answer());
                }
                answers.remove();
                ended.add(file);
            }
        }
    }

    private static void writeRejects(Receiver receiver, Path answerFile, String answer) throws IOException {
        String name = answerFile.getFileName().toString();
        Path file = answerFile.resolveSibling(name.substring(0, name.length() - ANSWER.length()) + REJECTS);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path hidden = file.resolveSibling("." + file.getFileName());
        Files.deleteIfExists(hidden);
        try (Writer out = Files.newBufferedWriter(
                hidden, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            receiver.writeRejects(answer, out);
        }
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** From time to time those that are there: a server that took one and died leaves its answer behind. */
    private Set<Path> followed() throws IOException {
        long now = nanos.getAsLong();
        if (listed == null || now - listed >= PATIENCE.toNanos()) {
            listed = now;
            try (Stream<Path> all = Files.list(done)) {
                Set<Path> answers = all.filter(InFolder::answer).collect(Collectors.toSet());
                ended.retainAll(answers);
                answers.removeAll(ended);
                followed.addAll(answers);
            }
        }
        return followed;
    }

    private static boolean answer(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && name.endsWith(ANSWER);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(in)) {
            return all.filter(InFolder::named).sorted().toList();
        }
    }

    private static boolean named(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /** Whether it is a plain file that has been the same at two looks, and was not found unreadable. */
    private boolean ready(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!now.isRegularFile()) {
                return false;
            }
            Seen before = seen.get(file);
            if (before != null && before.same(now)) {
                return !before.unreadable() || nanos.getAsLong() - before.since() >= PATIENCE.toNanos();
            }
            seen.put(file, new Seen(now.size(), now.lastModifiedTime(), now.fileKey(), nanos.getAsLong(), false));
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "A file that is gone again", gone);
        }
        return false;
    }

    private void take(Path file, Receiver receiver) throws IOException {
        Seen found = seen.get(file);
        if (found == null) {
            return;
        }
        Reply reply;
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            reply = receiver.receive(content);
        } catch (TooManyLotsException e) {
            LOG.log(Level.DEBUG, "A file of the drop folder waits until there is room", e);
            return;
        } catch (IOException e) {
            // Until it changes, or after a while: the fault may be this machine's. It is not tried every other second.
            seen.put(file, new Seen(found.size(), found.changed(), found.key(), nanos.getAsLong(), true));
            LOG.log(Level.WARNING, "A file of the drop folder cannot be read: " + printable(file), e);
            return;
        }
        if (reply.truncated() && nanos.getAsLong() - found.since() < PATIENCE.toNanos()) {
            return;
        }
        Path answer = putAway(file, found, reply.taken() ? done : refused, reply.answer());
        if (reply.taken()) {
            followed().add(answer);
        }
        seen.remove(file);
    }

    /**
     * The answer first: a file that is away has one. Where the sender has put another file in its place since it was found,
     * that one stays to be read, and the answer stands alone.
     */
    private Path putAway(Path file, Seen found, Path folder, String answer) throws IOException {
        String name = file.getFileName().toString();
        Path target = folder.resolve(name);
        for (int n = 2; Files.exists(target, LinkOption.NOFOLLOW_LINKS) || alone.contains(answerOf(target)); n++) {
            target = folder.resolve(name.substring(0, name.length() - 4) + "-" + n + name.substring(name.length() - 4));
        }
        Path answerFile = answerOf(target);
        writeAnswer(answerFile, answer);
        FolderPlaces.reached(FolderPlaces.BEFORE_PUTTING_AWAY);
        if (isStill(found, file)) {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            alone.add(answerFile);
        }
        FolderPlaces.reached(FolderPlaces.AFTER_PUTTING_AWAY);
        return answerFile;
    }

    private static boolean isStill(Seen found, Path file) {
        try {
            return found.same(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "A file that was taken back after it was read", gone);
            return false;
        }
    }

    private static void writeAnswer(Path file, String answer) throws IOException {
        Path hidden = file.resolveSibling("." + file.getFileName());
        Files.deleteIfExists(hidden);
        // Made anew, so that it is no link.
        Files.writeString(
                hidden, answer, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path answerOf(Path file) {
        return file.resolveSibling(file.getFileName() + ANSWER);
    }

    /** Erases what was put away so long ago. */
    void eraseOlderThan(Instant now) throws IOException {
        RealFolder.eraseOlder(done, now.minus(KEPT));
        RealFolder.eraseOlder(refused, now.minus(KEPT));
    }

    private static String printable(Path file) {
        return file.getFileName().toString().replaceAll("\\p{Cntrl}", "?");
    }
}
