package fr.portailfamille.notice.post;

import fr.portailfamille.notice.MailAddress;
import fr.portailfamille.notice.letter.MailLogo;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** A letter as a MIME message: text and HTML, encoded so that no line is too long, under the notice's own Message-ID. */
final class LetterMessage extends MimeMessage {

    private static final String UTF_8 = "UTF-8";

    /** As mail servers want them left out. */
    private static final String[] NOT_SENT = {"Bcc", "Content-Length"};

    private final String messageId;
    private final byte[] encoded;
    private Runnable beforeTheEnd = () -> {};

    LetterMessage(Session session, Letter letter) throws MessagingException {
        super(session);
        messageId = letter.messageId();
        setFrom(sender(session, letter));
        setRecipient(Message.RecipientType.TO, recipient(letter.to()));
        setSubject(oneLine(letter.mail().subject()), UTF_8);
        setSentDate(Date.from(letter.date()));
        // Tells out-of-office robots not to answer (RFC 3834, and Exchange's own header).
        setHeader("Auto-Submitted", "auto-generated");
        setHeader("X-Auto-Response-Suppress", "All");
        setHeader("Content-Language", "fr");
        MimeMultipart parts = new MimeMultipart("alternative");
        parts.addBodyPart(part(letter.mail().text(), "text/plain"));
        parts.addBodyPart(withLogo(part(letter.mail().html(), "text/html"), letter.logo()));
        setContent(parts);
        saveChanges();
        encoded = encode();
    }

    /** Once and beforehand: while a mail server waits, nothing is left to be done but to say it. */
    private byte[] encode() throws MessagingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
        try {
            super.writeTo(out, NOT_SENT);
        } catch (IOException e) {
            throw new MessagingException("The letter could not be encoded", e);
        }
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

    /** Every try bears the same one; the library would draw another each time. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    private static MimeBodyPart part(String words, String type) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setContent(words, type + "; charset=" + UTF_8);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    /** The picture goes beside the HTML that shows it, and not beside the text, where it would be an attachment. */
    private static MimeBodyPart withLogo(MimeBodyPart html, @Nullable MailLogo logo) throws MessagingException {
        if (logo == null) {
            return html;
        }
        MimeBodyPart picture = new MimeBodyPart();
        picture.setDataHandler(new DataHandler(new ByteArrayDataSource(logo.content(), logo.type())));
        picture.setHeader("Content-Transfer-Encoding", "base64");
        picture.setContentID("<" + MailLogo.CONTENT_ID + ">");
        picture.setDisposition(Part.INLINE);
        picture.setFileName(logo.type().equals("image/png") ? "logo.png" : "logo.jpg");
        MimeBodyPart both = new MimeBodyPart();
        both.setContent(new MimeMultipart("related", html, picture));
        return both;
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
