package fr.portailfamille.batch.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import fr.portailfamille.notice.bounce.Bounces;
import fr.portailfamille.notice.bounce.Verdict;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("P11")
@Timeout(60)
class BounceMailboxTest {

    private static final String USER = "retours@ville.example";
    private static final String PASSWORD = "mot-de-passe";
    private static final int MOST = 10;

    @TempDir
    private Path folder;

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final List<String> taken = new ArrayList<>();
    private GreenMailUser user;
    private Session session;
    private BounceMailbox mailbox;

    @BeforeEach
    void opens() throws IOException {
        server.start();
        user = server.setUser(USER, USER, PASSWORD);
        Properties properties = new Properties();
        properties.setProperty("mail.store.protocol", "imap");
        properties.setProperty("mail.imap.host", "127.0.0.1");
        properties.setProperty(
                "mail.imap.port", Integer.toString(server.getImap().getPort()));
        properties.setProperty("mail.imap.user", USER);
        properties.setProperty("mail.imap.timeout", "15000");
        session = Session.getInstance(properties);
        mailbox = mailbox(PASSWORD);
    }

    private BounceMailbox mailbox(String password) throws IOException {
        return new BounceMailbox(
                session, Files.writeString(folder.resolve("password"), password + "\n"), "INBOX", "Aside", MOST);
    }

    @AfterEach
    void closes() {
        server.stop();
    }

    private void deliver(String subject, String text) throws MessagingException {
        MimeMessage mail = new MimeMessage(session);
        mail.setSubject(subject);
        mail.setText(text, "UTF-8");
        mail.saveChanges();
        user.deliver(mail);
    }

    private void look() throws MessagingException, IOException {
        mailbox.look(mail -> {
            String text = new String(mail.readAllBytes(), StandardCharsets.UTF_8);
            taken.add(text);
            if (text.contains("Subject: fault")) {
                throw new IllegalStateException("The database is away");
            }
            return text.contains("Subject: good") ? Verdict.NOTED : Verdict.NO_REPORT;
        });
    }

    private List<String> subjects(String name) throws MessagingException {
        try (Store store = session.getStore()) {
            store.connect(USER, PASSWORD);
            Folder there = store.getFolder(name);
            if (!there.exists()) {
                return List.of();
            }
            there.open(Folder.READ_ONLY);
            List<String> subjects = new ArrayList<>();
            for (Message mail : there.getMessages()) {
                subjects.add(mail.getSubject());
            }
            there.close();
            return subjects;
        }
    }

    @Test
    void mails_that_are_noted_are_deleted_and_others_put_aside() throws Exception {
        deliver("good", "one");
        deliver("answer", "two");
        deliver("good", "three");
        look();
        assertThat(taken)
                .hasSize(3)
                .first()
                .asString()
                .contains("Subject: good")
                .contains("one");
        assertThat(subjects("INBOX")).isEmpty();
        assertThat(subjects("Aside")).containsExactly("answer");
        look();
        assertThat(taken).hasSize(3);
    }

    @Test
    void a_mail_that_is_too_large_is_put_aside_unread() throws Exception {
        deliver("good", "x".repeat(Bounces.LARGEST));
        look();
        assertThat(taken).isEmpty();
        assertThat(subjects("INBOX")).isEmpty();
        assertThat(subjects("Aside")).containsExactly("good");
    }

    @Test
    void what_could_not_be_taken_stays_for_the_next_look_and_what_was_is_gone() throws Exception {
        deliver("good", "one");
        deliver("fault", "two");
        assertThatThrownBy(this::look).isInstanceOf(IllegalStateException.class);
        assertThat(subjects("INBOX")).containsExactly("fault");
        assertThat(subjects("Aside")).isEmpty();
    }

    @Test
    void more_than_a_handful_is_read_at_several_looks() throws Exception {
        for (int i = 0; i < MOST + 5; i++) {
            deliver("good", "mail " + i);
        }
        look();
        assertThat(subjects("INBOX")).hasSize(5);
        look();
        assertThat(subjects("INBOX")).isEmpty();
        assertThat(taken).hasSize(MOST + 5).doesNotHaveDuplicates();
    }

    @Test
    void a_wrong_password_is_told_without_the_password() throws Exception {
        mailbox = mailbox("not-the-password");
        assertThatThrownBy(this::look)
                .isInstanceOf(MessagingException.class)
                .asString()
                .doesNotContain("not-the-password");
    }
}
