package fr.portailfamille.notice.bounce;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a delivery report (RFC 3464): a mail of the kind {@code multipart/report} with what became of the mail for each
 * addressee, and the header of the mail that came back. Nothing is looked for deeper down, so that a mail that is packed
 * a thousand times costs no more than any other.
 */
final class ReportReader {

    private static final Set<String> STATUS = Set.of("message/delivery-status", "message/global-delivery-status");

    private static final Set<String> RETURNED =
            Set.of("text/rfc822-headers", "message/rfc822", "message/global-headers", "message/global");

    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,250}>");
    private static final Pattern STATUS_CODE = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");

    /** A report about one mail of ours has three; the rest is somebody else's. */
    private static final int MOST_PARTS = 10;

    private static final int MOST_ADDRESSEES = 50;
    private static final int LONGEST_HEADER = 128 * 1024;

    private final Session session = Session.getInstance(new Properties());

    /** Empty for a mail that is none. */
    Optional<DeliveryReport> read(byte[] mail) throws MessagingException, IOException {
        MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mail));
        if (!kind(message).equals("multipart/report")) {
            return Optional.empty();
        }
        MimeMultipart parts = new MimeMultipart(message.getDataHandler().getDataSource());
        List<HeaderFields> status = List.of();
        String messageId = "";
        for (int i = 0; i < Math.min(parts.getCount(), MOST_PARTS); i++) {
            MimePart part = (MimePart) parts.getBodyPart(i);
            if (status.isEmpty() && STATUS.contains(kind(part))) {
                status = fields(part, MOST_ADDRESSEES + 1);
            } else if (messageId.isEmpty() && RETURNED.contains(kind(part))) {
                messageId = messageId(fields(part, 1), "message-id");
            }
        }
        // Google's servers keep it here too, also where they leave the mail away.
        return report(messageId.isEmpty() ? messageId(status, "x-original-message-id") : messageId, status);
    }

    private static Optional<DeliveryReport> report(String messageId, List<HeaderFields> status) {
        List<DeliveryReport.Fate> fates = status.stream()
                .filter(group -> !group.get("action").isEmpty())
                .map(ReportReader::fate)
                .toList();
        return fates.isEmpty() ? Optional.empty() : Optional.of(new DeliveryReport(messageId, fates));
    }

    private static DeliveryReport.Fate fate(HeaderFields group) {
        Set<String> addresses = new TreeSet<>();
        for (String name : List.of("final-recipient", "original-recipient")) {
            String address = withoutComment(group.typed(name)).replaceAll("[<>]", "");
            if (!address.isEmpty()) {
                addresses.add(address.toLowerCase(Locale.ROOT));
            }
        }
        Matcher status = STATUS_CODE.matcher(group.get("status"));
        return new DeliveryReport.Fate(
                addresses,
                withoutComment(group.get("action")).toLowerCase(Locale.ROOT),
                status.lookingAt() ? status.group() : "",
                group.typed("diagnostic-code"));
    }

    private static String withoutComment(String value) {
        int end = value.indexOf('(');
        return (end < 0 ? value : value.substring(0, end)).strip();
    }

    private static String messageId(List<HeaderFields> groups, String name) {
        return groups.stream()
                .map(group -> MESSAGE_ID.matcher(group.get(name)))
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .orElse("");
    }

    private static List<HeaderFields> fields(MimePart part, int most) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return new ArrayList<>(HeaderFields.read(in, LONGEST_HEADER, most));
        }
    }

    private static String kind(MimePart part) throws MessagingException {
        return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
    }
}
