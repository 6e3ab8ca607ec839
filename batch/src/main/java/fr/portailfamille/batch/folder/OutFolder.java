package fr.portailfamille.batch.folder;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;

/**
 * Lots that go out: one file at a time, written under a hidden name and then renamed; taken when it is gone. A hidden mark
 * beside it tells a folder from which a file was taken from one that is not there at the moment, because a disk is not
 * mounted, say: nothing is taken to be taken then.
 */
final class OutFolder {

    private static final String MARK = ".portail-famille";

    private final Path out;

    OutFolder(Path out) {
        this.out = out;
    }

    /** A lot to be laid out. */
    interface Offer {
        String name();

        /** Whether its file was seen complete before. */
        boolean written();

        /** Whether it was acknowledged another way meanwhile. */
        boolean acknowledged();

        void writeTo(OutputStream out) throws IOException;
    }

    /** What stands in the database. */
    interface Offers {
        Optional<? extends Offer> current();

        /** The next one, if something waits; from now on the current one. */
        Optional<? extends Offer> next();

        /** The current one's file lies there complete. */
        void written();

        /** The current one's file was taken. */
        void taken();

        /** There is none any more. */
        void done();
    }

    void look(Offers offers) throws IOException {
        RealFolder.require(out);
        Optional<? extends Offer> current = offers.current();
        if (current.isPresent()) {
            Offer offer = current.get();
            Path file = out.resolve(offer.name());
            boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            if (offer.acknowledged()) {
                Files.deleteIfExists(file);
            } else if (offer.written() && !there && marked()) {
                offers.taken();
                FolderPlaces.reached(FolderPlaces.AFTER_TAKEN);
            } else {
                if (there && offer.written()) {
                    mark();
                } else {
                    layOut(offer, file);
                    FolderPlaces.reached(FolderPlaces.AFTER_LAYING_OUT);
                    offers.written();
                }
                return;
            }
            offers.done();
        }
        Optional<? extends Offer> next = offers.next();
        if (next.isPresent()) {
            FolderPlaces.reached(FolderPlaces.AFTER_OFFER);
            layOut(next.get(), out.resolve(next.get().name()));
            FolderPlaces.reached(FolderPlaces.AFTER_LAYING_OUT);
            offers.written();
        }
    }

    private boolean marked() {
        return Files.isRegularFile(out.resolve(MARK), LinkOption.NOFOLLOW_LINKS);
    }

    private void mark() throws IOException {
        if (!marked()) {
            Files.createFile(out.resolve(MARK));
        }
    }

    /** The mark comes first: without it, the file would be written again. */
    private void layOut(Offer offer, Path file) throws IOException {
        mark();
        Path hidden = out.resolve("." + offer.name() + ".part");
        Files.deleteIfExists(hidden);
        try {
            try (FileChannel channel = FileChannel.open(
                            hidden,
                            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw----")));
                    OutputStream content = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                offer.writeTo(content);
                content.flush();
                channel.force(true);
            }
            Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(out, StandardOpenOption.READ)) {
                folder.force(true);
            }
        } finally {
            Files.deleteIfExists(hidden);
        }
    }
}
