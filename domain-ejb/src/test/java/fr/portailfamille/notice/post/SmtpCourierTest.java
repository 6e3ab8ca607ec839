package fr.portailfamille.notice.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.notice.letter.MailLogo;
import fr.portailfamille.notice.letter.RenderedMail;
import fr.portailfamille.notice.post.Delivery.Delivered;
import fr.portailfamille.notice.post.Delivery.Postponed;
import fr.portailfamille.notice.post.Delivery.Refused;
import fr.portailfamille.notice.post.Delivery.Unreachable;
import fr.portailfamille.notice.post.ScriptedSmtpServer.Step;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P11")
@Timeout(30)
class SmtpCourierTest {

    private static final String ID = "<2f0c6f0e-4c2b-4e4e-9d53-000000000001@familles.example>";

    private ScriptedSmtpServer server;
    private Session session;
    private SmtpCourier courier;

    @BeforeEach
    void start() {
        server = new ScriptedSmtpServer();
        session = session(server.port());
        courier = new SmtpCourier(session);
    }

    @AfterEach
    void stop() {
        courier.close();
        server.close();
    }

    @Test
    void many_letters_go_over_one_connection() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(deliver(letter("parent" + i + "@example.invalid"))).isEqualTo(new Delivered());
        }
        assertThat(server.received()).hasSize(20);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void a_logo_goes_beside_the_html_that_shows_it() throws Exception {
        byte[] picture = new byte[150_000];
        new Random(1).nextBytes(picture);
        Letter plain = letter("parent@example.invalid");
        deliver(new Letter(
                plain.messageId(),
                plain.fromName(),
                plain.fromAddress(),
                plain.to(),
                plain.mail(),
                plain.date(),
                new MailLogo("image/png", picture, 300, 100)));
        MimeMultipart parts = (MimeMultipart) parsed(server.received().get(0)).getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
        MimeMultipart related = (MimeMultipart) parts.getBodyPart(1).getContent();
        assertThat(related.getContentType()).startsWith("multipart/related");
        assertThat(related.getBodyPart(0).getContentType()).startsWith("text/html");
        assertThat(related.getBodyPart(1).getHeader("Content-ID")).containsExactly("<logo@portail-famille>");
        assertThat(related.getBodyPart(1).getDisposition()).isEqualTo("inline");
        assertThat(related.getBodyPart(1).getContentType()).startsWith("image/png");
        assertThat(related.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(picture);
    }

    @Test
    void a_letter_bears_the_headers_that_robots_and_clients_need() throws Exception {
        deliver(letter("parent@example.invalid"));
        MimeMessage mail = parsed(server.received().get(0));
        assertThat(mail.getMessageID()).isEqualTo(ID);
        assertThat(mail.getSentDate()).isEqualTo(Instant.parse("2026-11-20T12:00:00Z"));
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getFrom()).containsExactly(new InternetAddress("portail@ville.example"));
        assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo("Mairie d'Êle");
        assertThat(mail.getSubject()).isEqualTo("Accusé de traitement");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).contains("alternative");
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Bonjour é\r\n" + "é".repeat(3000));
        assertThat(parts.getBodyPart(1).getContentType()).contains("text/html").contains("UTF-8");
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>" + "=".repeat(5000) + " 🦊 نور</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Saint-Exemple",
                "Mairie d'Êle (Isère), « accueil »; service <enfance>",
                "\"Ville\" d'Ascq: \\o/ [1]",
                "بلدية نور",
                "Communauté d'agglomération de la Vallée de l'Été et des Près-Verts, service de l'enfance et de la jeunesse"
            })
    void a_town_s_name_arrives_as_it_is(String name) throws Exception {
        Letter letter = letter("parent@example.invalid");
        deliver(new Letter(
                letter.messageId(), name, letter.fromAddress(), letter.to(), letter.mail(), letter.date(), null));
        assertThat(((InternetAddress) parsed(server.received().get(0)).getFrom()[0]).getPersonal())
                .isEqualTo(name);
    }

    @Test
    void no_line_on_the_wire_is_too_long() throws Exception {
        deliver(letter("parent@example.invalid"));
        assertThat(Arrays.stream(server.received().get(0).split("\r\n"))
                        .mapToInt(String::length)
                        .max()
                        .getAsInt())
                .isLessThanOrEqualTo(998);
    }

    @Test
    void the_same_letter_sent_again_is_the_same_mail() throws Exception {
        server.drop(Step.BODY);
        assertThat(deliver(letter("parent@example.invalid"))).isInstanceOf(Postponed.class);
        assertThat(deliver(letter("parent@example.invalid"))).isEqualTo(new Delivered());
        assertThat(server.received()).hasSize(2);
        for (String mail : server.received()) {
            assertThat(parsed(mail).getMessageID()).isEqualTo(ID);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MAIL", "RCPT", "DATA", "BODY"})
    void a_temporary_refusal_at_any_step_postpones(Step step) throws Exception {
        server.answer(step, "451 4.3.0 try again later");
        assertThat(deliver(letter("parent@example.invalid"))).isEqualTo(new Postponed("451 4.3.0 try again later"));
        assertThat(deliver(letter("other@example.invalid"))).isEqualTo(new Delivered());
    }

    @ParameterizedTest
    @EnumSource(names = {"MAIL", "RCPT", "DATA", "BODY"})
    void a_final_refusal_at_any_step_gives_up_with_the_server_s_words(Step step) throws Exception {
        server.answer(step, "550 5.1.1 no such mailbox");
        assertThat(deliver(letter("parent@example.invalid")))
                .isEqualTo(new Refused("550 5.1.1 no such mailbox", step == Step.RCPT));
        assertThat(deliver(letter("other@example.invalid"))).isEqualTo(new Delivered());
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"MAIL", "RCPT", "DATA", "BODY"})
    void an_address_is_at_fault_only_where_the_recipient_was_refused(Step step) throws Exception {
        for (String answer : List.of("550 not wanted here", "551 not local", "553 5.1.1 unknown")) {
            server.answer(step, answer);
            assertThat(deliver(letter("parent@example.invalid")))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.byAddress()).isEqualTo(step == Step.RCPT));
        }
        server.answer(step, "550 5.7.1 relaying denied");
        assertThat(deliver(letter("parent@example.invalid")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.byAddress()).isFalse());
    }

    @ParameterizedTest
    @EnumSource(names = {"MAIL", "RCPT", "DATA", "BODY"})
    void a_lost_line_postpones_and_the_next_letter_gets_a_new_one(Step step) throws Exception {
        server.drop(step);
        assertThat(deliver(letter("parent@example.invalid")))
                .isEqualTo(new Postponed("Le serveur de messagerie a coupé la connexion"));
        assertThat(deliver(letter("other@example.invalid"))).isEqualTo(new Delivered());
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"MAIL", "RCPT", "DATA", "BODY"})
    void a_server_that_falls_silent_is_waited_for_only_so_long(Step step) throws Exception {
        server.hang(step);
        assertThat(deliver(letter("parent@example.invalid")))
                .isEqualTo(new Postponed("Le serveur de messagerie n'a pas répondu à temps"));
        assertThat(deliver(letter("other@example.invalid"))).isEqualTo(new Delivered());
    }

    @Test
    void a_server_that_closes_for_service_is_called_anew() throws Exception {
        server.answer(Step.MAIL, "421 4.3.2 closing").drop(Step.OTHER);
        assertThat(deliver(letter("parent@example.invalid"))).isInstanceOf(Postponed.class);
        assertThat(deliver(letter("other@example.invalid"))).isEqualTo(new Delivered());
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"GREETING", "HELLO"})
    void a_server_that_cannot_be_spoken_to_says_nothing_about_the_letter(Step step) throws Exception {
        server.hang(step);
        assertThat(deliver(letter("parent@example.invalid"))).isInstanceOf(Unreachable.class);
        assertThat(deliver(letter("parent@example.invalid"))).isEqualTo(new Delivered());
    }

    @ParameterizedTest
    @EnumSource(names = {"GREETING", "HELLO"})
    void a_line_lost_before_the_letter_says_nothing_about_it(Step step) throws Exception {
        server.drop(step);
        assertThat(deliver(letter("parent@example.invalid"))).isInstanceOf(Unreachable.class);
        assertThat(deliver(letter("parent@example.invalid"))).isEqualTo(new Delivered());
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {421, 451, 521, 554})
    void a_greeting_that_turns_away_says_nothing_about_the_letter(int code) throws Exception {
        server.answer(Step.GREETING, code + " no service here");
        assertThat(deliver(letter("parent@example.invalid")))
                .isInstanceOfSatisfying(
                        Unreachable.class, server -> assertThat(server.reason()).contains(Integer.toString(code)));
        assertThat(deliver(letter("parent@example.invalid"))).isEqualTo(new Delivered());
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.3.2 closing", "451 4.7.1 not yet", "502 5.5.1 unknown", "550 5.7.1 not you"})
    void a_hello_refused_in_both_forms_says_nothing_about_the_letter(String answer) throws Exception {
        // EHLO, and HELO after it.
        server.answer(Step.HELLO, answer).answer(Step.HELLO, answer);
        assertThat(deliver(letter("parent@example.invalid"))).isEqualTo(new Unreachable(answer));
        assertThat(deliver(letter("parent@example.invalid"))).isEqualTo(new Delivered());
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void a_server_that_goes_after_refusing_the_hello_says_nothing_about_the_letter() throws Exception {
        server.answer(Step.HELLO, "421 4.3.2 closing").drop(Step.HELLO);
        assertThat(deliver(letter("parent@example.invalid"))).isInstanceOf(Unreachable.class);
        assertThat(deliver(letter("parent@example.invalid"))).isEqualTo(new Delivered());
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"451 4.3.0 try the other", "502 5.5.1 unknown command"})
    void a_server_that_knows_no_extensions_is_greeted_without_them(String answer) throws Exception {
        server.answer(Step.HELLO, answer);
        assertThat(deliver(letter("parent@example.invalid"))).isEqualTo(new Delivered());
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void a_refused_connection_is_the_server_s_matter() throws Exception {
        server.close();
        assertThat(deliver(letter("parent@example.invalid"))).isInstanceOf(Unreachable.class);
    }

    @Test
    void no_header_can_be_slipped_in() throws Exception {
        Letter letter = new Letter(
                ID,
                "Mairie\r\nBcc: spy@example.invalid",
                "portail@ville.example\r\nBcc: spy@example.invalid",
                "parent@example.invalid",
                new RenderedMail("Sujet\r\nBcc: spy@example.invalid\r\n\r\nbody", "texte", "html"),
                Instant.EPOCH,
                null);
        assertThat(deliver(letter)).isEqualTo(new Delivered());
        MimeMessage mail = parsed(server.received().get(0));
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
        // The sender's own address was no address: the session's stands in.
        assertThat(mail.getFrom()[0].toString()).endsWith("<session@ville.example>");
    }

    @Test
    void an_address_with_a_line_break_is_no_letter_at_all() throws Exception {
        assertThatThrownBy(() -> deliver(letter("a@example.invalid>\r\nRCPT TO:<spy@example.invalid")))
                .hasMessageContaining("Not an address")
                .isInstanceOf(MessagingException.class);
        assertThat(server.connections()).isZero();
    }

    @Test
    void a_server_that_answers_slowly_is_waited_for() throws Exception {
        server.answerAfter(Duration.ofMillis(120));
        assertThat(deliver(letter("parent@example.invalid"))).isEqualTo(new Delivered());
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void what_must_happen_before_the_end_of_a_mail_happens_before_the_server_can_take_it() throws Exception {
        List<Integer> takenBefore = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            courier.deliver(
                    LetterMessage.of(session, letter("parent@example.invalid")),
                    () -> takenBefore.add(server.received().size()));
        }
        assertThat(takenBefore).containsExactly(0, 1);
    }

    @Test
    void a_mail_that_must_not_end_is_never_taken_and_the_next_gets_a_new_line() throws Exception {
        LetterMessage cut = LetterMessage.of(session, letter("parent@example.invalid"));
        assertThatThrownBy(() -> courier.deliver(cut, () -> {
                    throw new IllegalStateException("no note could be made");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(deliver(letter("other@example.invalid"))).isEqualTo(new Delivered());
        assertThat(server.received()).singleElement().asString().contains("other@example.invalid");
        assertThat(server.connections()).isEqualTo(2);
    }

    private Delivery deliver(Letter letter) throws MessagingException {
        return courier.deliver(LetterMessage.of(session, letter), () -> {});
    }

    @Test
    void an_address_of_254_characters_arrives() throws Exception {
        String address =
                "a".repeat(64) + "@" + "b".repeat(61) + "." + "c".repeat(61) + "." + "d".repeat(57) + ".invalid";
        assertThat(address).hasSize(254);
        assertThat(deliver(letter(address))).isEqualTo(new Delivered());
    }

    private static Letter letter(String to) {
        return new Letter(
                ID,
                "Mairie d'Êle",
                "portail@ville.example",
                to,
                new RenderedMail(
                        "Accusé de traitement",
                        "Bonjour é\r\n" + "é".repeat(3000),
                        "<p>" + "=".repeat(5000) + " 🦊 نور</p>"),
                Instant.parse("2026-11-20T12:00:00Z"),
                null);
    }

    private static Session session(int port) {
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(port));
        properties.setProperty("mail.smtp.timeout", "300");
        properties.setProperty("mail.smtp.localhost", "localhost");
        properties.setProperty("mail.from", "session@ville.example");
        return Session.getInstance(properties);
    }

    private static MimeMessage parsed(String mail) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
    }
}
