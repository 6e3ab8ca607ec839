package fr.portailfamille.notice;

import fr.portailfamille.notice.letter.MailLogo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A file that is to become a town's logo. Its content decides, not its name and not what the browser says of it. */
final class LogoFile {

    /** What is wrong with a file. */
    enum Fault {
        TOO_HEAVY,
        NO_PICTURE,
        TOO_LARGE
    }

    static final int HEAVIEST = 200 * 1024;
    static final int LARGEST = 600;

    private static final Map<String, String> TYPES = Map.of("png", "image/png", "jpeg", "image/jpeg");

    private LogoFile() {}

    /** Either of both. */
    record Reading(Optional<MailLogo> logo, Optional<Fault> fault) {

        private static Reading refused(Fault fault) {
            return new Reading(Optional.empty(), Optional.of(fault));
        }
    }

    static Reading read(byte[] content) {
        if (content.length > HEAVIEST) {
            return Reading.refused(Fault.TOO_HEAVY);
        }
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            return readers.hasNext() ? read(content, in, readers.next()) : Reading.refused(Fault.NO_PICTURE);
        } catch (IOException | RuntimeException e) {
            // Readers of pictures throw anything for files that were made to break them.
            return Reading.refused(Fault.NO_PICTURE);
        }
    }

    /** The size is asked before anything is unpacked: a small file may hold a picture that fills all memory. */
    private static Reading read(byte[] content, ImageInputStream in, ImageReader reader) throws IOException {
        try {
            String type = TYPES.get(reader.getFormatName().toLowerCase(Locale.ROOT));
            if (type == null) {
                return Reading.refused(Fault.NO_PICTURE);
            }
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width > LARGEST || height > LARGEST) {
                return Reading.refused(Fault.TOO_LARGE);
            }
            reader.read(0);
            return new Reading(Optional.of(new MailLogo(type, content, width, height)), Optional.empty());
        } finally {
            reader.dispose();
        }
    }
}
