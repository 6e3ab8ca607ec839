package fr.portailfamille.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.TooMuchDataException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * A mail server that delivers to nobody: each mail becomes a file, for {@link CaughtMails} to read. Addresses that begin
 * with {@code refuse-} are refused for good, those that begin with {@code later-} the first time they are tried, so that
 * one can see what becomes of such mails. The first two mails to an address that begins with {@code drop-} or
 * {@code hang-} are kept, but their sender does not hear of it: the line is cut, or nothing more is said.
 */
public final class MailCatcher {

    private static final int LARGEST = 64 * 1024 * 1024;
    private static final String DROP = "drop-";
    private static final String HANG = "hang-";
    private static final int MOST_UNANSWERED = 2;

    private MailCatcher() {}

    /** Runs until it is ended. Arguments: the port, and the folder for the mails. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .softwareName("portail mail catcher")
                .insertReceivedHeaders(false)
                .maxMessageSize(LARGEST)
                .messageHandlerFactory(context -> new Catching(folder, (Session) context))
                .build()
                .start();
    }

    /** One mail, from its sender to its end; recipients are judged where mail servers judge them. */
    private static final class Catching implements MessageHandler {

        private final Path folder;
        private final Session line;
        private String to = "";

        private Catching(Path folder, Session line) {
            this.folder = folder;
            this.line = line;
        }

        @Override
        public void from(String from) {}

        @Override
        public void recipient(String recipient) throws RejectException {
            judge(recipient);
            to = recipient;
        }

        @Override
        public String data(InputStream data) throws IOException, TooMuchDataException {
            byte[] mail = data.readNBytes(LARGEST + 1);
            if (mail.length > LARGEST) {
                throw new TooMuchDataException();
            }
            keep(folder, to, mail);
            if (unanswered(to)) {
                if (to.startsWith(HANG)) {
                    awaitEnd();
                }
                line.closeSocket();
            }
            return null;
        }

        /** Until the other side gives up. */
        private void awaitEnd() throws IOException {
            while (line.getRawInput().read() >= 0) {
                // What it says meanwhile gets no answer either.
            }
        }

        @Override
        public void done() {}
    }

    private static final Set<String> POSTPONED = ConcurrentHashMap.newKeySet();
    private static final Map<String, Integer> MAILS_UNANSWERED = new ConcurrentHashMap<>();

    private static void judge(String to) throws RejectException {
        if (to.startsWith("refuse-")) {
            throw new RejectException(550, "5.1.1 No such mailbox here");
        }
        if (to.startsWith("later-") && POSTPONED.add(to)) {
            throw new RejectException(451, "4.2.1 Mailbox busy, try again later");
        }
    }

    private static boolean unanswered(String to) {
        return (to.startsWith(DROP) || to.startsWith(HANG))
                && MAILS_UNANSWERED.merge(to, 1, Integer::sum) <= MOST_UNANSWERED;
    }

    /** The name sorts by arrival; the file appears whole, by a rename. The envelope goes in front of the headers. */
    private static void keep(Path folder, String to, byte[] data) {
        String name = "%013d-%s.eml".formatted(System.currentTimeMillis(), UUID.randomUUID());
        try {
            Path draft = Files.createTempFile(folder, "arriving", ".tmp");
            try (OutputStream out = Files.newOutputStream(draft)) {
                out.write("%s: <%s>\r\n".formatted(CaughtMails.ENVELOPE, to).getBytes(StandardCharsets.UTF_8));
                out.write(data);
            }
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
