package fr.portailfamille.notice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A delivery report as a mail server writes it, put into the folder for mail that came back. */
public record ReturnedMail(String messageId, String recipient, String action, String status, String words) {

    /** Of an address that is none. */
    public static ReturnedMail noSuchMailbox(String messageId, String recipient) {
        return new ReturnedMail(messageId, recipient, "failed", "5.1.1", "550 5.1.1 No such mailbox");
    }

    public String text() {
        return String.join(
                "\r\n",
                "From: MAILER-DAEMON@relay.example",
                "To: retours@portail.example",
                "Subject: Undelivered Mail Returned to Sender",
                "MIME-Version: 1.0",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=\"part/1\"",
                "",
                "--part/1",
                "Content-Type: text/plain",
                "",
                "Your message could not be delivered.",
                "--part/1",
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; relay.example",
                "",
                "Final-Recipient: rfc822; " + recipient,
                "Action: " + action,
                "Status: " + status,
                "Diagnostic-Code: smtp; " + words,
                "",
                "--part/1",
                "Content-Type: text/rfc822-headers",
                "",
                "Message-ID: " + messageId,
                "",
                "--part/1--",
                "");
    }

    public void putInto(Path folder) throws IOException {
        put(folder, text().getBytes(StandardCharsets.UTF_8));
    }

    /** As a whole: the folder is looked into while it is written. */
    static void put(Path folder, byte[] mail) throws IOException {
        String name = UUID.randomUUID() + ".eml";
        Files.move(Files.write(folder.resolve("." + name), mail), folder.resolve(name));
    }
}
