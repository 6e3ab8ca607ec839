package fr.portailfamille.notice;

import static fr.portailfamille.notice.NoticeIT.await;
import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.TownVaults;
import fr.portailfamille.notice.letter.MailTemplate;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mail that a server took and another gave back later, handed in as files. */
@Tag("container")
@Tag("P11")
@Tag("B7")
@ExtendWith(ArquillianExtension.class)
@Timeout(120)
class BounceIT {

    private static final Path FOLDER = Path.of(System.getenv().getOrDefault("PORTAIL_BOUNCE_DIR", "none"));

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Resource(lookup = "java:jboss/UserTransaction")
    private UserTransaction transaction;

    @Resource(lookup = "java:jboss/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry registry;

    @Inject
    private TownVaults vaults;

    @Inject
    private Outbox outbox;

    private NoticeTown town;

    @BeforeEach
    void opensTown() throws Exception {
        town = new NoticeTown(owner, vaults);
    }

    /** The Message-ID of a mail that left. */
    private String sent(NoticeTown from, String recipient) throws Exception {
        new BoundTransaction(transaction, registry, portal, from.id())
                .commit(() -> outbox.queue(
                        MailTemplate.NEW_SUBSCRIBER, recipient, Map.of("civility", "MME", "lastName", "PETIT")));
        String message = "select message_id from notice where state = 'SENT' and recipient = '" + recipient + "'";
        await(() -> from.value(message) != null);
        return Objects.toString(from.value(message));
    }

    /** Hands it in and waits until it was put where its verdict belongs. */
    private void handIn(byte[] mail, String folder) throws Exception {
        byte[] marked = (new String(mail, StandardCharsets.ISO_8859_1) + "\r\nX-Test: " + UUID.randomUUID())
                .getBytes(StandardCharsets.ISO_8859_1);
        ReturnedMail.put(FOLDER, marked);
        await(() -> holds(FOLDER.resolve(folder), marked));
    }

    private void handIn(ReturnedMail mail, String folder) throws Exception {
        handIn(mail.text().getBytes(StandardCharsets.UTF_8), folder);
    }

    private static boolean holds(Path folder, byte[] content) throws IOException {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            for (Path file : files.toList()) {
                if (Files.size(file) == content.length && java.util.Arrays.equals(Files.readAllBytes(file), content)) {
                    return true;
                }
            }
        }
        return false;
    }

    private long returned() throws Exception {
        return town.count("notice where returned_at is not null");
    }

    @Test
    void a_mail_that_came_back_is_noted_with_its_notice_and_marks_the_address_once() throws Exception {
        String id = sent(town, "Anne.Petit@avis.invalid");
        handIn(ReturnedMail.noSuchMailbox(id, "ANNE.petit@avis.invalid"), "done");
        assertThat(town.value("select returned_reason from notice")).isEqualTo("550 5.1.1 No such mailbox");
        assertThat(town.values("select state || attempts from notice")).containsExactly("SENT1");
        assertThat(town.values("select address_key || ' ' || reason || ' ' || times from undelivered_address"))
                .containsExactly("anne.petit@avis.invalid 550 5.1.1 No such mailbox 1");

        handIn(new ReturnedMail(id, "anne.petit@avis.invalid", "failed", "5.2.2", "552 5.2.2 full"), "done");
        assertThat(town.value("select returned_reason from notice")).isEqualTo("550 5.1.1 No such mailbox");
        assertThat(town.value("select times from undelivered_address")).isEqualTo(1);
    }

    @Test
    void one_that_was_not_wanted_is_noted_and_leaves_the_address_alone() throws Exception {
        String id = sent(town, "anne@avis.invalid");
        handIn(new ReturnedMail(id, "anne@avis.invalid", "failed", "5.7.1", "554 5.7.1 looks like spam"), "done");
        assertThat(returned()).isOne();
        assertThat(town.count("undelivered_address")).isZero();
    }

    @Test
    void delays_strangers_and_forgeries_change_nothing() throws Exception {
        String id = sent(town, "anne@avis.invalid");
        NoticeTown other = new NoticeTown(owner, vaults);
        String its = sent(other, "paul@avis.invalid");
        List<ReturnedMail> nothing = List.of(
                new ReturnedMail(id, "anne@avis.invalid", "delayed", "4.4.1", "timed out"),
                new ReturnedMail(id, "anne@avis.invalid", "relayed", "2.0.0", "250 ok"),
                ReturnedMail.noSuchMailbox(id, "paul@avis.invalid"),
                ReturnedMail.noSuchMailbox(its, "anne@avis.invalid"),
                ReturnedMail.noSuchMailbox(its.replace(".t" + other.id(), ".t" + town.id()), "paul@avis.invalid"),
                ReturnedMail.noSuchMailbox(
                        "<" + UUID.randomUUID() + ".t" + town.id() + "@x.example>", "anne@avis.invalid"),
                ReturnedMail.noSuchMailbox("<" + UUID.randomUUID() + ".t999999999@x.example>", "anne@avis.invalid"),
                ReturnedMail.noSuchMailbox("<x' or true --@x.example>", "anne@avis.invalid"),
                ReturnedMail.noSuchMailbox("", "anne@avis.invalid"));
        for (ReturnedMail mail : nothing) {
            handIn(mail, "aside");
        }
        assertThat(returned()).isZero();
        assertThat(other.count("notice where returned_at is not null")).isZero();
        assertThat(town.count("undelivered_address")).isZero();
        assertThat(other.count("undelivered_address")).isZero();
    }

    @Test
    void hostile_mails_are_put_aside_and_the_next_one_is_read() throws Exception {
        String id = sent(town, "anne@avis.invalid");
        String good = ReturnedMail.noSuchMailbox(id, "anne@avis.invalid").text();
        handIn((good + "x".repeat(50_000_000)).getBytes(StandardCharsets.ISO_8859_1), "aside");
        handIn(
                ("Content-Type: multipart/report; boundary=b\r\n\r\n"
                                + "--b\r\nContent-Type: multipart/report; boundary=b\r\n\r\n".repeat(10_000))
                        .getBytes(StandardCharsets.ISO_8859_1),
                "aside");
        handIn(new byte[] {0, (byte) 0xFF, 0, '\r', '\n', (byte) 0xFE}, "aside");
        handIn("Content-Type: multipart/report; boundary=\"\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), "aside");
        assertThat(returned()).isZero();

        String words = "550 5.1.1 \0 \u202Eunknown\u0007 " + "é".repeat(2000);
        handIn(new ReturnedMail(id, "anne@avis.invalid", "failed", "5.1.1", words), "done");
        assertThat((String) town.value("select returned_reason from notice"))
                .startsWith("550 5.1.1 unknown éé")
                .hasSizeLessThanOrEqualTo(500);
    }
}
