package fr.portailfamille.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaughtMailsTest {
    @TempDir
    private Path folder;

    private final int port = Ports.free().smtp();
    private CaughtMails mails;

    @BeforeEach
    void startCatcher() throws IOException {
        // It ends with the tests' process.
        MailCatcher.main(new String[] {Integer.toString(port), folder.toString()});
        mails = new CaughtMails(folder);
    }

    @Test
    void a_mail_is_kept_with_its_text_decoded() throws MessagingException {
        send("famille@exemple.invalid", "Réservation confirmée", "À la cantine, le 3 décembre : c’est noté.");

        List<CaughtMails.Mail> found = mails.await("Famille@exemple.invalid", 1, Duration.ofSeconds(10));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).subject()).isEqualTo("Réservation confirmée");
        assertThat(found.get(0).text()).contains("À la cantine, le 3 décembre : c’est noté.");
        assertThat(found.get(0).html())
                .hasValueSatisfying(html -> assertThat(html).contains("<p>"));
        assertThat(new CaughtMails(folder).all()).hasSize(1);
    }

    @Test
    void only_the_mails_to_the_address_are_given() throws MessagingException {
        send("one@exemple.invalid", "1", "1");
        send("two@exemple.invalid", "2", "2");
        send("one@exemple.invalid", "3", "3");

        assertThat(mails.to("one@exemple.invalid"))
                .extracting(CaughtMails.Mail::subject)
                .containsExactly("1", "3");
    }

    @Test
    void waiting_for_a_mail_that_does_not_come_ends() {
        assertThatThrownBy(() -> mails.await("nobody@exemple.invalid", 1, Duration.ZERO))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("nobody@exemple.invalid");
    }

    private void send(String to, String subject, String text) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(port));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("portail@exemple.invalid"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText("<p>" + text + "</p>", "UTF-8", "html");
        message.setContent(new MimeMultipart("alternative", plain, html));
        Transport.send(message);
    }
}
