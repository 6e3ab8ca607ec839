package fr.portailfamille.notice.post;

import fr.portailfamille.notice.MailAddress;
import fr.portailfamille.notice.letter.MailLogo;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A letter as a MIME message: text and HTML, encoded so that no line is too long, under the notice's own Message-ID. */
final class LetterMessage extends MimeMessage {

    private static final String QUOTED = "Content-Transfer-Encoding: quoted-printable";

    private static final EncodedWords SUBJECTS = EncodedWords.ofText();
    private static final EncodedWords NAMES = EncodedWords.ofNames();

    private static final int HEADERS = 1_024;
    private static final int ROOM = 16_384;

    /** As mail servers want them left out. */
    private static final String[] NOT_SENT = {"Bcc", "Content-Length"};

    private final String subject;
    private final byte[] encoded;
    private Runnable beforeTheEnd = () -> {};

    private LetterMessage(Session session, Letter letter) throws MessagingException, IOException {
        super(session);
        setFrom(sender(session, letter));
        setRecipient(Message.RecipientType.TO, recipient(letter.to()));
        subject = oneLine(letter.mail().subject());
        setHeader("Subject", MimeUtility.fold("Subject: ".length(), SUBJECTS.of(subject)));
        setSentDate(Date.from(letter.date()));
        // Every try bears the same one; the library would draw another each time.
        setHeader("Message-ID", letter.messageId());
        setHeader("MIME-Version", "1.0");
        // Tells out-of-office robots not to answer (RFC 3834, and Exchange's own header).
        setHeader("Auto-Submitted", "auto-generated");
        setHeader("X-Auto-Response-Suppress", "All");
        setHeader("Content-Language", "fr");
        Multipart parts = new Multipart("alternative", ROOM);
        parts.add(quoted(letter.mail().text()), "Content-Type: text/plain; charset=UTF-8", QUOTED);
        addHtml(parts, quoted(letter.mail().html()), letter.logo());
        setHeader("Content-Type", parts.contentType());
        // As octets from here on, which the library sends as they are.
        content = parts.finish();
        modified = false;
        saved = true;
        encoded = encode();
        // Kept once: letters wait by the hundred, some of them with pictures.
        content = null;
    }

    /**
     * Composes and encodes it.
     *
     * @throws MessagingException where sender or recipient are no addresses
     */
    static LetterMessage of(Session session, Letter letter) throws MessagingException {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        // The library looks for its encoders with each header and part, and first where the context says: through the
        // whole of a deployment that costs more than all the rest.
        thread.setContextClassLoader(session.getStreamProvider().getClass().getClassLoader());
        try {
            return new LetterMessage(session, letter);
        } catch (IOException e) {
            throw new MessagingException("The letter could not be encoded", e);
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    /** Once and beforehand: while a mail server waits, nothing is left to be done but to say it. */
    private byte[] encode() throws MessagingException, IOException {
        Octets out = new Octets(content.length + HEADERS);
        super.writeTo(out, NOT_SENT);
        return out.toByteArray();
    }

    /** What is to happen between the body of the mail and its end. */
    void beforeTheEnd(Runnable act) {
        beforeTheEnd = act;
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoredHeaders) throws IOException {
        out.write(encoded);
        beforeTheEnd.run();
    }

    /** The library asks for it with each mail, and would decode it. */
    @Override
    public String getSubject() {
        return subject;
    }

    @Override
    public int getSize() {
        return encoded.length;
    }

    /** The picture goes beside the HTML that shows it, and not beside the text, where it would be an attachment. */
    private void addHtml(Multipart parts, byte[] html, @Nullable MailLogo logo) throws IOException {
        String type = "Content-Type: text/html; charset=UTF-8";
        if (logo == null) {
            parts.add(html, type, QUOTED);
            return;
        }
        Multipart both = new Multipart("related", html.length + 2 * logo.content().length);
        both.add(html, type, QUOTED);
        String name = logo.type().equals("image/png") ? "logo.png" : "logo.jpg";
        both.add(
                encoded(logo.content(), session.getStreamProvider()::outputBase64),
                "Content-Type: " + logo.type() + "; name=" + name,
                "Content-Transfer-Encoding: base64",
                "Content-ID: <" + MailLogo.CONTENT_ID + ">",
                "Content-Disposition: inline; filename=" + name);
        parts.add(both.finish(), "Content-Type: " + both.contentType());
    }

    private byte[] quoted(String words) throws IOException {
        return encoded(words.getBytes(StandardCharsets.UTF_8), session.getStreamProvider()::outputQP);
    }

    private static byte[] encoded(byte[] content, UnaryOperator<OutputStream> encoder) throws IOException {
        Octets encoded = new Octets(content.length + content.length / 2);
        try (OutputStream out = encoder.apply(encoded)) {
            out.write(content);
        }
        return encoded.toByteArray();
    }

    private static InternetAddress recipient(String to) throws MessagingException {
        if (MailAddress.fault(to).isPresent()) {
            throw new MessagingException("Not an address: " + MailAddress.shown(to));
        }
        return new InternetAddress(to, true);
    }

    private static InternetAddress sender(Session session, Letter letter) throws MessagingException {
        String own = letter.fromAddress();
        InternetAddress from = own != null && MailAddress.fault(own).isEmpty()
                ? new InternetAddress(own, true)
                : InternetAddress.getLocalAddress(session);
        if (from == null) {
            throw new MessagingException("The mail session names no sender");
        }
        return new Sender(from.getAddress(), NAMES.of(oneLine(letter.fromName())));
    }

    /** Under a name that is encoded already. A copy, too: what the session gives is shared. */
    private static final class Sender extends InternetAddress {
        private static final long serialVersionUID = 1L;

        private Sender(String address, String encodedName) {
            this.address = address;
            this.encodedPersonal = encodedName;
        }
    }

    /** A line break would end the header and begin another of the writer's choice. */
    private static String oneLine(String words) {
        return words.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
