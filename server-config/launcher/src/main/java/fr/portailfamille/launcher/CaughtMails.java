package fr.portailfamille.launcher;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The mails that the catcher received, oldest first. */
public final class CaughtMails {
    static final String ENVELOPE = "X-Envelope-To";

    private final Path folder;

    public CaughtMails(Path folder) {
        this.folder = folder;
    }

    /** One mail: where it lies, when it came, and its decoded parts. The HTML part may be missing. */
    public record Mail(
            Path file,
            Instant receivedAt,
            String to,
            String from,
            String subject,
            String text,
            Optional<String> html,
            List<String> headers) {}

    public List<Mail> all() {
        return those(file -> true);
    }

    /** Those to one address, in whatever case it is written. Others are not read: there may be thousands. */
    public List<Mail> to(String address) {
        String wanted = ENVELOPE + ": <" + address + ">";
        return those(file -> firstLine(file).equalsIgnoreCase(wanted));
    }

    private List<Mail> those(Predicate<Path> wanted) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .filter(wanted)
                    .map(CaughtMails::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The catcher puts the envelope in front of each mail. */
    private static String firstLine(Path file) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            return Objects.requireNonNullElse(reader.readLine(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The mails to an address once there are so many.
     *
     * @throws Problem when they have not come in time
     */
    public List<Mail> await(String address, int count, Duration patience) {
        Instant end = Instant.now().plus(patience);
        List<Mail> found = to(address);
        while (found.size() < count) {
            if (Instant.now().isAfter(end)) {
                throw new Problem("Only %d of %d mails to %s came in %s s"
                        .formatted(found.size(), count, address, patience.toSeconds()));
            }
            Waiting.aMoment();
            found = to(address);
        }
        return found;
    }

    private static Mail read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), in);
            String name = file.getFileName().toString();
            return new Mail(
                    file,
                    Instant.ofEpochMilli(Long.parseLong(name.substring(0, name.indexOf('-')))),
                    message.getHeader(ENVELOPE, null).replaceAll("[<>]", ""),
                    message.getFrom() == null ? "" : message.getFrom()[0].toString(),
                    Optional.ofNullable(message.getSubject()).orElse(""),
                    part(message, "text/plain").orElse(""),
                    part(message, "text/html"),
                    headers(message));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(file + " is not a mail", e);
        }
    }

    private static List<String> headers(MimeMessage message) throws MessagingException {
        return java.util.Collections.list(message.getAllHeaderLines());
    }

    private static Optional<String> part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return Optional.of(part.getContent().toString());
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                Optional<String> found = part(parts.getBodyPart(i), type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
