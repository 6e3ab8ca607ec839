package fr.portailfamille.batch.bounce;

import fr.portailfamille.notice.bounce.Bounces;
import fr.portailfamille.notice.bounce.Verdict;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A mailbox that is read by IMAP. Mails that are noted are deleted there, all others moved to the folder that is named for
 * what is put aside; a mail that a crash interrupts is taken again, which changes nothing.
 */
final class BounceMailbox {

    private static final Logger LOG = System.getLogger(BounceMailbox.class.getName());

    private final Session session;
    private final Path passwordFile;
    private final String folder;
    private final String aside;
    private final int most;

    /**
     * @param session with the store's protocol, host, user and time-outs
     * @param passwordFile read at each look, so that a new password needs no restart
     * @param most how many mails are taken at one look, which may end at any time
     */
    BounceMailbox(Session session, Path passwordFile, String folder, String aside, int most) {
        this.session = session;
        this.passwordFile = passwordFile;
        this.folder = folder;
        this.aside = aside;
        this.most = most;
    }

    void look(BounceTaker taker) throws MessagingException, IOException {
        try (Store store = session.getStore()) {
            store.connect(null, -1, null, Files.readString(passwordFile).strip());
            Folder inbox = store.getFolder(folder);
            inbox.open(Folder.READ_WRITE);
            try {
                take(store, inbox, taker);
            } finally {
                inbox.close(true);
            }
        }
    }

    private void take(Store store, Folder inbox, BounceTaker taker) throws MessagingException {
        Message[] mails = inbox.getMessages(1, Math.min(inbox.getMessageCount(), most));
        inbox.fetch(mails, asked());
        for (Message mail : mails) {
            if (mail.isSet(Flags.Flag.DELETED)) {
                continue;
            }
            Verdict verdict = verdict(mail, taker);
            if (!verdict.noted()) {
                inbox.copyMessages(new Message[] {mail}, putAside(store));
            }
            mail.setFlag(Flags.Flag.DELETED, true);
            LOG.log(Level.INFO, "A mail that came back: {0}", verdict);
        }
    }

    /** What is asked of all mails at once, not of each when its turn comes. */
    private static FetchProfile asked() {
        FetchProfile asked = new FetchProfile();
        asked.add(FetchProfile.Item.FLAGS);
        asked.add(FetchProfile.Item.SIZE);
        return asked;
    }

    private static Verdict verdict(Message mail, BounceTaker taker) throws MessagingException {
        try {
            if (mail.getSize() > Bounces.LARGEST) {
                return Verdict.TOO_LARGE;
            }
            Bounded content = new Bounded();
            mail.writeTo(content);
            return taker.take(new ByteArrayInputStream(content.bytes.toByteArray()));
        } catch (TooLargeException e) {
            return Verdict.TOO_LARGE;
        } catch (IOException e) {
            throw new MessagingException("A mail could not be read from the mailbox", e);
        }
    }

    private Folder putAside(Store store) throws MessagingException {
        Folder there = store.getFolder(aside);
        if (!there.exists() && !there.create(Folder.HOLDS_MESSAGES)) {
            throw new MessagingException("The folder for what is put aside could not be made");
        }
        return there;
    }

    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The size that the server gave is its own word. */
    private static final class Bounded extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (bytes.size() + length > Bounces.LARGEST) {
                throw new TooLargeException();
            }
            bytes.write(from, offset, length);
        }
    }
}
