package fr.portailfamille.notice.post;

import fr.portailfamille.notice.MailAddress;
import fr.portailfamille.notice.letter.MailLogo;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A letter as a MIME message: text and HTML, encoded so that no line is too long, under the notice's own Message-ID. */
final class LetterMessage extends MimeMessage {

    private static final String UTF_8 = "UTF-8";

    private static final int HEADERS = 1_024;
    private static final int ROOM = 16_384;

    /** As mail servers want them left out. */
    private static final String[] NOT_SENT = {"Bcc", "Content-Length"};

    private final byte[] encoded;
    private Runnable beforeTheEnd = () -> {};

    private LetterMessage(Session session, Letter letter) throws MessagingException, IOException {
        super(session);
        setFrom(sender(session, letter));
        setRecipient(Message.RecipientType.TO, recipient(letter.to()));
        setSubject(oneLine(letter.mail().subject()), UTF_8);
        setSentDate(Date.from(letter.date()));
        // Every try bears the same one; the library would draw another each time.
        setHeader("Message-ID", letter.messageId());
        setHeader("MIME-Version", "1.0");
        // Tells out-of-office robots not to answer (RFC 3834, and Exchange's own header).
        setHeader("Auto-Submitted", "auto-generated");
        setHeader("X-Auto-Response-Suppress", "All");
        setHeader("Content-Language", "fr");
        MimeMultipart parts = new MimeMultipart("alternative");
        parts.addBodyPart(words(letter.mail().text(), "text/plain"));
        parts.addBodyPart(withLogo(words(letter.mail().html(), "text/html"), letter.logo()));
        setHeader("Content-Type", parts.getContentType());
        // As octets from here on, which the library sends as they are.
        content = octets(parts);
        modified = false;
        saved = true;
        encoded = encode();
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

    @Override
    public int getSize() {
        return encoded.length;
    }

    private MimeBodyPart words(String words, String type) throws MessagingException, IOException {
        return part(
                words.getBytes(StandardCharsets.UTF_8),
                type + "; charset=" + UTF_8,
                "quoted-printable",
                session.getStreamProvider()::outputQP);
    }

    /** The picture goes beside the HTML that shows it, and not beside the text, where it would be an attachment. */
    private MimeBodyPart withLogo(MimeBodyPart html, @Nullable MailLogo logo) throws MessagingException, IOException {
        if (logo == null) {
            return html;
        }
        MimeBodyPart picture = part(logo.content(), logo.type(), "base64", session.getStreamProvider()::outputBase64);
        picture.setContentID("<" + MailLogo.CONTENT_ID + ">");
        picture.setDisposition(Part.INLINE);
        picture.setFileName(logo.type().equals("image/png") ? "logo.png" : "logo.jpg");
        MimeMultipart both = new MimeMultipart("related", html, picture);
        return new MimeBodyPart(headers(both.getContentType()), octets(both));
    }

    private static MimeBodyPart part(byte[] content, String type, String encoding, UnaryOperator<OutputStream> encoder)
            throws MessagingException, IOException {
        Octets encoded = new Octets(content.length + content.length / 2);
        try (OutputStream out = encoder.apply(encoded)) {
            out.write(content);
        }
        InternetHeaders headers = headers(type);
        headers.setHeader("Content-Transfer-Encoding", encoding);
        return new MimeBodyPart(headers, encoded.toByteArray());
    }

    private static InternetHeaders headers(String type) {
        InternetHeaders headers = new InternetHeaders();
        headers.setHeader("Content-Type", type);
        return headers;
    }

    private static byte[] octets(MimeMultipart parts) throws MessagingException, IOException {
        Octets out = new Octets(ROOM);
        parts.writeTo(out);
        return out.toByteArray();
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
        try {
            // A copy: what the session gives is shared.
            return new InternetAddress(from.getAddress(), oneLine(letter.fromName()), UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new MessagingException("UTF-8 is always there", e);
        }
    }

    /** A line break would end the header and begin another of the writer's choice. */
    private static String oneLine(String words) {
        return words.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
