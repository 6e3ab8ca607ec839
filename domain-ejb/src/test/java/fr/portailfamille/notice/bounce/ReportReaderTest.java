package fr.portailfamille.notice.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.notice.bounce.DeliveryReport.Fate;
import fr.portailfamille.notice.letter.PortalAddress;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P11")
@Timeout(20)
class ReportReaderTest {

    private static final String ID = "<2f0c6f0e-4c2b-4e4e-9d53-000000000001.t7@familles.example>";
    private static final String ANNE = "anne.petit@famille.invalid";

    private final ReportReader reader = new ReportReader();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postfix  | 5.1.1  | 550 5.1.1 <Anne.Petit@famille.invalid>: Recipient address rejected: User unknown in virtual mailbox table",
                "exim     | 5.0.0  | 550 No such user here",
                "exchange | 5.1.10 | 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient apetit@ecole.invalid not found by SMTP address lookup",
                "gmail    | 5.2.2  | 552-5.2.2 The recipient's inbox is out of storage space. 552 5.2.2 Please direct the recipient to clear some space. x1sor1 - gsmtp",
            })
    void reads_the_reports_of_the_usual_servers(String server, String status, String words) throws Exception {
        DeliveryReport report = reader.read(sample(server)).orElseThrow();
        assertThat(report.messageId()).isEqualTo(ID);
        assertThat(PortalAddress.townOf(report.messageId())).contains(7);
        Fate fate = report.of(ANNE).orElseThrow();
        assertThat(fate.failed()).isTrue();
        assertThat(fate.status()).isEqualTo(status);
        assertThat(fate.reason()).isEqualTo(words);
        assertThat(PermanentFault.ofAddress(fate)).isTrue();
        assertThat(report.of("paul.petit@famille.invalid")).isEmpty();
    }

    @Test
    void a_delay_is_no_failure() throws Exception {
        Fate fate =
                reader.read(sample("postfix-delayed")).orElseThrow().of(ANNE).orElseThrow();
        assertThat(fate.failed()).isFalse();
        assertThat(fate.status()).isEqualTo("4.4.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-of-office", "read-receipt"})
    void what_people_and_robots_answer_is_no_report(String answer) throws Exception {
        assertThat(reader.read(sample(answer))).isEmpty();
    }

    @Test
    void the_header_of_the_mail_counts_and_not_what_its_text_says() throws Exception {
        String forged = report("message/rfc822", "Subject: x\r\n\r\nMessage-ID: " + ID, status("5.1.1"));
        assertThat(reader.read(bytes(forged)).orElseThrow().messageId()).isEmpty();
    }

    @Test
    void one_report_may_tell_of_several_addressees() throws Exception {
        String both = "Reporting-MTA: dns; relay.example\r\n\r\n"
                + "Final-Recipient: rfc822; paul@famille.invalid\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\n"
                + "Final-Recipient: rfc822; <Anne.Petit@famille.invalid> (Anne)\r\nAction: FAILED (sorry)\r\nStatus: 5.1.1 (bad mailbox)\r\n";
        DeliveryReport report = reader.read(bytes(report("text/rfc822-headers", "Message-ID: " + ID, both)))
                .orElseThrow();
        assertThat(report.of("paul@famille.invalid").orElseThrow().failed()).isFalse();
        assertThat(report.of(ANNE).orElseThrow()).satisfies(fate -> {
            assertThat(fate.failed()).isTrue();
            assertThat(fate.reason()).isEqualTo("5.1.1");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0\0\0\r\n\r\n\0",
                "Content-Type: multipart/report\r\n\r\nnothing",
                "Content-Type: multipart/report; boundary=\"\"\r\n\r\n--\r\n\r\n--\r\n",
                "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n--b\r\n--b\r\n",
                "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\r\n--b--",
                "Content-Type: multipart/report; boundary=b; charset=klingon\r\n\r\n--b\r\nContent-Type: text/plain; charset=x-none\r\n\r\n\u00ff\r\n--b--",
                "Content-Type: /\r\n\r\n",
                ": : :\r\n:\r\n"
            })
    void what_is_no_mail_ends_in_no_report_or_in_an_exception_that_is_foreseen(String mail) throws IOException {
        Optional<DeliveryReport> report;
        try {
            report = reader.read(mail.getBytes(StandardCharsets.ISO_8859_1));
        } catch (MessagingException e) {
            report = Optional.empty();
        }
        assertThat(report).isEmpty();
    }

    @Test
    void a_report_packed_into_thousands_of_others_costs_nothing() throws Exception {
        StringBuilder deep = new StringBuilder("Content-Type: multipart/report; boundary=b0\r\n\r\n");
        for (int i = 0; i < 10_000; i++) {
            deep.append("--b")
                    .append(i)
                    .append("\r\nContent-Type: multipart/report; boundary=b")
                    .append(i + 1)
                    .append("\r\n\r\n");
        }
        deep.append(report("text/rfc822-headers", "Message-ID: " + ID, status("5.1.1")));
        assertThat(reader.read(bytes(deep.toString()))).isEmpty();
    }

    @Test
    void more_addressees_and_longer_fields_than_any_mail_of_ours_has_are_left_unread() throws Exception {
        String many = ("Final-Recipient: rfc822; x@y.invalid\r\nAction: failed\r\nStatus: 5.1.1\r\n"
                        + "Diagnostic-Code: smtp; 550 " + "é".repeat(200) + "\r\n\r\n")
                .repeat(2_000);
        DeliveryReport report = reader.read(bytes(report("text/rfc822-headers", "Message-ID: " + ID, many)))
                .orElseThrow();
        assertThat(report.fates()).hasSizeLessThanOrEqualTo(51);
    }

    private static String status(String code) {
        return "Reporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; " + ANNE
                + "\r\nAction: failed\r\nStatus: " + code + "\r\n";
    }

    private static String report(String kind, String returned, String status) {
        return "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
                + "--b\r\nContent-Type: message/delivery-status\r\n\r\n" + status
                + "\r\n--b\r\nContent-Type: " + kind + "\r\n\r\n" + returned + "\r\n\r\n--b--\r\n";
    }

    private static byte[] bytes(String mail) {
        return mail.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = ReportReaderTest.class.getResourceAsStream(name + ".eml")) {
            return in.readAllBytes();
        }
    }
}
