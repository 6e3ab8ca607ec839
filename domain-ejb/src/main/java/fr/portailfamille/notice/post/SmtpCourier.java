package fr.portailfamille.notice.post;

import fr.portailfamille.notice.letter.Wording;
import fr.portailfamille.notice.post.Delivery.Delivered;
import fr.portailfamille.notice.post.Delivery.Postponed;
import fr.portailfamille.notice.post.Delivery.Refused;
import fr.portailfamille.notice.post.Delivery.Unreachable;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Speaks SMTP through a mail session. Not for several threads at once. */
final class SmtpCourier implements Courier {

    private static final Logger LOG = System.getLogger(SmtpCourier.class.getName());

    /** What one step may take where the session says nothing; Angus itself would wait for ever. */
    private static final String[][] TIME_OUTS = {
        {"mail.smtp.connectiontimeout", "5000"}, {"mail.smtp.timeout", "15000"}, {"mail.smtp.writetimeout", "15000"}
    };

    private static final Pattern ANSWER = Pattern.compile("([45]\\d\\d)[ -]");
    private static final int SERVICE_CLOSING = 421;
    private static final int NO_ANSWER = -1;
    private static final int LONGEST_REASON = 500;

    /** What the library reports as the server's answer where the line was closed instead. */
    private static final String CUT_OFF = "[EOF]";

    private final Session session;
    private @Nullable Transport line;

    SmtpCourier(Session session) {
        this.session = session;
        for (String[] timeOut : TIME_OUTS) {
            session.getProperties().putIfAbsent(timeOut[0], timeOut[1]);
        }
        session.getProperties().putIfAbsent("mail.smtp.socketFactory", new PromptSockets());
        // Else closing waits for the answer to QUIT, which a hanging server never gives.
        session.getProperties().putIfAbsent("mail.smtp.quitwait", "false");
    }

    @Override
    public Delivery deliver(LetterMessage message, Runnable beforeTheEnd) {
        Transport open;
        try {
            open = connected();
        } catch (MessagingException e) {
            close();
            return new Unreachable(reason(e));
        }
        message.beforeTheEnd(beforeTheEnd);
        try {
            open.sendMessage(message, message.getAllRecipients());
            return new Delivered();
        } catch (MessagingException e) {
            return judged(e);
        } catch (RuntimeException e) {
            // Cut off in the middle of the mail: without its end the server throws it away.
            close();
            throw e;
        }
    }

    private Transport connected() throws MessagingException {
        if (line == null) {
            line = session.getTransport();
            line.connect();
        }
        return line;
    }

    private Delivery judged(MessagingException fault) {
        int code = code(fault);
        if (code >= 500) {
            return new Refused(reason(fault), isOfRecipient(fault));
        }
        if (code == NO_ANSWER || code == SERVICE_CLOSING) {
            close();
        }
        return new Postponed(reason(fault));
    }

    /**
     * The code that the server answered, wherever in the chain it stands; {@link #NO_ANSWER} where there was none. The
     * answer is the message of the exception: its class belongs to the implementation, which deployments do not see.
     */
    private static int code(MessagingException fault) {
        for (Throwable each = fault; each != null; each = next(each)) {
            Matcher answer = ANSWER.matcher(String.valueOf(each.getMessage()));
            if (each instanceof MessagingException && answer.lookingAt()) {
                return Integer.parseInt(answer.group(1));
            }
        }
        return NO_ANSWER;
    }

    /** Many servers answer 550 to a sender or a mail that they do not want; those name no address. */
    private static boolean isOfRecipient(Throwable fault) {
        for (Throwable each = fault; each != null; each = next(each)) {
            if (each instanceof SendFailedException failed && failed.getInvalidAddresses() != null) {
                return failed.getInvalidAddresses().length > 0;
            }
        }
        return false;
    }

    private static @Nullable Throwable next(Throwable fault) {
        return fault instanceof MessagingException messaging && messaging.getNextException() != null
                ? messaging.getNextException()
                : fault.getCause();
    }

    /** The innermost message: that is where the server's own words are. Where it said nothing, ours, which agents read. */
    static String reason(Throwable fault) {
        Throwable last = fault;
        for (Throwable next = next(fault); next != null; next = next(next)) {
            last = next;
        }
        if (last instanceof SocketTimeoutException) {
            return Wording.french().say("fault.silent");
        }
        if (CUT_OFF.equals(last.getMessage())) {
            return Wording.french().say("fault.cut-off");
        }
        String words = last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
        String line = words.strip().replaceAll("\\s+", " ");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line;
    }

    @Override
    public void close() {
        Transport open = line;
        line = null;
        if (open != null) {
            try {
                open.close();
            } catch (MessagingException e) {
                LOG.log(Level.DEBUG, "The connection to the mail server was gone already", e);
            }
        }
    }
}
