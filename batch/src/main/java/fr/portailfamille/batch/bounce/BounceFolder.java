package fr.portailfamille.batch.bounce;

import fr.portailfamille.batch.folder.RealFolder;
import fr.portailfamille.notice.bounce.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A folder of mails, one a file. Only plain files that are called {@code *.eml} and have not changed between two looks are
 * taken; hidden ones, links and folders are left alone. A mail is taken first and moved afterwards, to {@code done} or
 * {@code aside}: one that a crash interrupts is taken again, which changes nothing.
 */
final class BounceFolder {

    /** They hold addresses: they are kept as long as lots are. */
    static final Duration KEPT = Duration.ofDays(30);

    /** So long a file is left alone that could not be taken. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(BounceFolder.class.getName());

    private final Path in;
    private final Path done;
    private final Path aside;
    private final LongSupplier nanos;
    private Map<Path, Seen> seen = new HashMap<>();

    private record Seen(
            long size,
            FileTime changed,
            @Nullable Object key,
            @Nullable Long failedAt) {

        static Seen of(BasicFileAttributes now) {
            return new Seen(now.size(), now.lastModifiedTime(), now.fileKey(), null);
        }

        boolean same(Seen now) {
            return size == now.size() && changed.equals(now.changed()) && Objects.equals(key, now.key());
        }

        Seen failed(long at) {
            return new Seen(size, changed, key, at);
        }

        /** Whether it was tried a short while ago. */
        boolean waits(long now) {
            return failedAt != null && now - failedAt < PAUSE.toNanos();
        }
    }

    /** @param nanos a clock that only measures */
    BounceFolder(Path in, LongSupplier nanos) {
        this.in = in;
        this.done = in.resolve("done");
        this.aside = in.resolve("aside");
        this.nanos = nanos;
    }

    /** A fault with one mail keeps the others from nothing. */
    void look(BounceTaker taker) throws IOException {
        RealFolder.require(done);
        RealFolder.require(aside);
        Map<Path, Seen> now = new HashMap<>();
        for (Path file : files()) {
            Seen found = found(file);
            if (found == null) {
                continue;
            }
            Seen before = seen.get(file);
            if (before == null || !before.same(found)) {
                now.put(file, found);
            } else if (before.waits(nanos.getAsLong())) {
                now.put(file, before);
            } else if (!take(file, taker)) {
                now.put(file, found.failed(nanos.getAsLong()));
            }
        }
        seen = now;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(in, BounceFolder::isMail)) {
            all.forEach(files::add);
        }
        return files;
    }

    private static boolean isMail(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".eml") && !name.startsWith(".");
    }

    /** Null for what is no plain file, or is gone. */
    private static @Nullable Seen found(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.isRegularFile() ? Seen.of(now) : null;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A file that is gone again", e);
            return null;
        }
    }

    /** False for one that is to be tried again. */
    private boolean take(Path file, BounceTaker taker) {
        try {
            Verdict verdict;
            try (InputStream mail = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                verdict = taker.take(mail);
            }
            // Never over another of the same name.
            Path target = (verdict.noted() ? done : aside).resolve(UUID.randomUUID() + ".eml");
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            LOG.log(Level.INFO, "A mail that came back: {0}, {1}", verdict, target.getFileName());
            return true;
        } catch (IOException | RuntimeException e) {
            // Whatever is wrong with this one, or with the database just now, is no reason to read no other.
            LOG.log(Level.WARNING, "A mail that came back could not be taken and is left alone for a minute", e);
            return false;
        }
    }

    /** Erases what was put away so long ago. */
    void eraseOlderThan(Instant now) throws IOException {
        RealFolder.eraseOlder(done, now.minus(KEPT));
        RealFolder.eraseOlder(aside, now.minus(KEPT));
    }
}
